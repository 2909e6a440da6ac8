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

/** What is still on its way, in words; empty when the line is quiet. */
export function openWork(flows: Flows): string[] {
  const published = new Map<string, number>();
  for (const flow of Object.values(flows)) {
    for (const [type, count] of Object.entries(flow.published)) published.set(type, (published.get(type) ?? 0) + count);
  }
  const open: string[] = [];
  for (const [service, flow] of Object.entries(flows)) {
    if (flow.unrelayed > 0) open.push(`${service} has ${flow.unrelayed} message(s) to send`);
    for (const [work, count] of Object.entries(flow.pendingWork)) if (count > 0) open.push(`${service} has ${count} of ${work} to do`);
    for (const [consumer, { types, messages }] of Object.entries(flow.handled)) {
      const wanted = types.reduce((sum, type) => sum + (published.get(type) ?? 0), 0);
      if (messages < wanted) open.push(`${consumer} has handled ${messages} of ${wanted}`);
    }
  }
  return open;
}

const PATIENCE = 120_000;
const SLOWEST_POLL = 50;

/**
 * Waits until everything that has been sent has gone through the given services. Polls tightly at first, because a small
 * day is through in milliseconds, and ever less often while a big one works.
 * @throws DeadLetterError, StuckError
 */
export async function waitUntilQuiet(session: Session, services: readonly ServiceName[] = lineServices, patience = PATIENCE): Promise<void> {
  let [wait, before, movedAt] = [2, '', Date.now()];
  let quiet = false;
  for (;;) {
    const flows = await flowsOf(session, services);
    for (const [service, { deadLetters }] of Object.entries(flows) as [ServiceName, Flow][]) {
      if (deadLetters > 0) throw await deadLetterError(session, service, deadLetters);
    }
    const open = openWork(flows);
    // Services are asked one after the other, not at one instant: only two equal quiet answers say that nothing moves.
    const now = JSON.stringify(flows);
    if (open.length === 0 && quiet && now === before) return;
    quiet = open.length === 0;
    if (now !== before) movedAt = Date.now();
    else if (Date.now() - movedAt > patience) throw new StuckError(open, patience / 1000);
    before = now;
    if (!quiet) {
      await pause(wait);
      wait = Math.min(SLOWEST_POLL, wait * 1.5);
    }
  }
}

async function flowsOf(session: Session, services: readonly ServiceName[]): Promise<Flows> {
  const flows = await Promise.all(services.map((service) => session.get<Flow>(service, '/ops/flow')));
  return Object.fromEntries(services.map((service, index) => [service, flows[index]!]));
}

async function deadLetterError(session: Session, service: ServiceName, count: number): Promise<DeadLetterError> {
  const letters = await session.get<unknown>(service, '/ops/dead-letters').catch((error: unknown) => String(error));
  return new DeadLetterError(service, count, JSON.stringify(letters).slice(0, 2_000));
}
