import { serviceRank, type ServiceName } from '@concentric/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Session } from '../target/api';

/** How much has gone through one service, as its ops endpoint tells it. */
export interface Flow {
  readonly published: Readonly<Record<string, number>>;
  readonly unrelayed: number;
  readonly handled: Readonly<Record<string, { readonly types: readonly string[]; readonly messages: number }>>;
  readonly deadLetters: number;
  readonly pendingWork: Readonly<Record<string, number>>;
}

export type Flows = Readonly<Partial<Record<ServiceName, Flow>>>;

/** Every service, in the direction in which facts travel. */
export const allServices = (Object.keys(serviceRank) as ServiceName[]).sort((a, b) => serviceRank[a] - serviceRank[b]);
/** Services through which every order goes. */
export const lineServices: readonly ServiceName[] = ['commerce', 'membership', 'distribution', 'indicators'];

/** A fact could not be handled: figures would be wrong, so the run ends. */
export class DeadLetterError extends Error {
  constructor(service: ServiceName, count: number, letters: string) {
    super(`${count} message(s) ended in the dead letters of ${service}; the figures would be incomplete.\n${letters}`);
    this.name = 'DeadLetterError';
  }
}

/** Nothing has moved for a long time although work is left. */
export class StuckError extends Error {
  constructor(obstacles: readonly string[], seconds: number) {
    super(`the line has not moved for ${seconds} s; still open: ${obstacles.join('; ')}`);
    this.name = 'StuckError';
  }
}

/** Something that is still on its way, and the service that has to act on it. */
export interface OpenWork {
  readonly service: ServiceName;
  readonly what: string;
}

/** What is still on its way; empty when the line is quiet. */
export function openWork(flows: Flows): OpenWork[] {
  const published = new Map<string, number>();
  for (const flow of Object.values(flows)) {
    for (const [type, count] of Object.entries(flow.published)) published.set(type, (published.get(type) ?? 0) + count);
  }
  const open: OpenWork[] = [];
  for (const [service, flow] of Object.entries(flows) as [ServiceName, Flow][]) {
    if (flow.unrelayed > 0) open.push({ service, what: `${service} has ${flow.unrelayed} message(s) to send` });
    for (const [work, count] of Object.entries(flow.pendingWork))
      if (count > 0) open.push({ service, what: `${service} has ${count} of ${work} to do` });
    for (const [consumer, { types, messages }] of Object.entries(flow.handled)) {
      const wanted = types.reduce((sum, type) => sum + (published.get(type) ?? 0), 0);
      if (messages < wanted) open.push({ service, what: `${consumer} has handled ${messages} of ${wanted}` });
    }
  }
  return open;
}

const PATIENCE = 120_000;
const SLOWEST_POLL = 50;
/** How long a service may think about one question. */
const QUESTION = 2_000;

/**
 * Waits until everything that has been sent has gone through the given services, each given after those it hears from.
 * Follows the facts from service to service, because a question costs as much as a small order; each is answered when its
 * service is done, or after a while.
 * @throws DeadLetterError, StuckError
 */
export async function waitUntilQuiet(
  session: Session,
  services: readonly ServiceName[] = lineServices,
  patience = PATIENCE,
): Promise<void> {
  const watch = new Watch(session, services, patience);
  for (;;) {
    await watch.follow();
    // What was quiet a moment ago may have been woken since: only the same answer twice says that nothing moves.
    const before = watch.state();
    if ((await watch.askAll()).length === 0 && watch.state() === before) return;
  }
}

/**
 * As `waitUntilQuiet`, for the services of the line, with every service asked once: enough while only the line itself is at
 * work. Facts travel one way, so a service that is done after all those it hears from stays done; the one fact that goes
 * back (the network, for row filters) makes no other.
 * @throws DeadLetterError, StuckError
 */
export async function waitUntilThrough(session: Session): Promise<void> {
  await new Watch(session, lineServices, PATIENCE).follow();
}

class Watch {
  private readonly flows: Partial<Record<ServiceName, Flow>> = {};
  private movedAt = Date.now();
  private wait = 2;

  constructor(
    private readonly session: Session,
    private readonly services: readonly ServiceName[],
    private readonly patience: number,
  ) {}

  /** Waits for one service after the other, going back to those that a later one has given work again. */
  async follow(): Promise<void> {
    for (let place = 1; place <= this.services.length;) {
      const before = this.state();
      const asked = this.services.slice(0, place);
      const busy = new Set(this.openAmong(asked).map(({ service }) => service));
      await this.ask(busy.size > 0 ? [...busy] : asked.slice(-1));
      const open = this.openAmong(asked);
      if (open.length === 0) {
        place += 1;
        continue;
      }
      if (this.state() !== before) this.movedAt = Date.now();
      else if (Date.now() - this.movedAt > this.patience)
        throw new StuckError(
          open.map(({ what }) => what),
          this.patience / 1000,
        );
      await pause(this.wait);
      this.wait = Math.min(SLOWEST_POLL, this.wait * 1.5);
    }
  }

  async askAll(): Promise<OpenWork[]> {
    await this.ask(this.services);
    return openWork(this.flows);
  }

  state(): string {
    return JSON.stringify(this.services.map((service) => this.flows[service] ?? null));
  }

  /** Tells a service what the others have published, so that it can say when it has handled all of it. */
  private askOne(service: ServiceName): Promise<Flow> {
    const published: Record<string, number> = {};
    for (const [other, flow] of Object.entries(this.flows) as [ServiceName, Flow][]) {
      if (other !== service) for (const [type, count] of Object.entries(flow.published)) published[type] = (published[type] ?? 0) + count;
    }
    return this.session.post<Flow>(service, '/ops/flow/wait', { published, waitMs: Math.min(QUESTION, this.patience) });
  }

  private openAmong(services: readonly ServiceName[]): OpenWork[] {
    return openWork(Object.fromEntries(services.flatMap((service) => (this.flows[service] ? [[service, this.flows[service]]] : []))));
  }

  private async ask(services: readonly ServiceName[]): Promise<void> {
    const flows = await Promise.all(services.map((service) => this.askOne(service)));
    for (const [index, flow] of flows.entries()) {
      const service = services[index]!;
      if (flow.deadLetters > 0) throw await deadLetterError(this.session, service, flow.deadLetters);
      this.flows[service] = flow;
    }
  }
}

async function deadLetterError(session: Session, service: ServiceName, count: number): Promise<DeadLetterError> {
  const letters = await session.get<unknown>(service, '/ops/dead-letters').catch((error: unknown) => String(error));
  return new DeadLetterError(service, count, JSON.stringify(letters).slice(0, 2_000));
}
