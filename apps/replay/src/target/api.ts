import type { Problem, ServiceName, SignInAnswer } from '@concentric/contracts';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';

/** Where each service answers, without a trailing slash; all the same in the all-in-one shape. */
export type ServiceUrls = Readonly<Record<ServiceName, string>>;

/** A service refused or could not answer. */
export class ApiError extends Error {
  constructor(
    readonly what: string,
    readonly status: number,
    readonly problem: Partial<Problem> | undefined,
    text: string,
  ) {
    const errors = problem?.errors?.slice(0, 5).map(({ field, message, remedy }) => `${field}: ${message}${remedy ? ` (${remedy})` : ''}`);
    const detail = problem?.title
      ? [problem.code, problem.title, problem.detail, ...(errors ?? [])].filter(Boolean).join(' · ')
      : text.slice(0, 300);
    super(`${what} answered ${status}: ${detail}`);
    this.name = 'ApiError';
  }
}

/** A service could not be reached at all. */
export class UnreachableError extends Error {
  constructor(what: string, error: unknown) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    super(`${what} got no answer (${cause})`);
    this.name = 'UnreachableError';
  }
}

const ATTEMPTS = 10;
/** Milliseconds before the second attempt; each further one waits twice as long. */
const FIRST_PAUSE = 100;

/** Signs in again this long before a token ends. */
const MARGIN = 60_000;

/** One operator's session with every service. Keeps itself signed in for as long as a long run takes. */
export class Session {
  private token = '';
  private expiresAt = 0;

  constructor(
    private readonly urls: ServiceUrls,
    readonly name: string,
    private readonly password: string,
  ) {}

  async get<T>(service: ServiceName, path: string): Promise<T> {
    return (await this.send('GET', service, path)).json() as Promise<T>;
  }

  async post<T>(service: ServiceName, path: string, body: unknown): Promise<T> {
    const response = await this.send('POST', service, path, body);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async patch<T>(service: ServiceName, path: string, body: unknown): Promise<T> {
    return (await (await this.send('PATCH', service, path, body)).json()) as T;
  }

  async put<T>(service: ServiceName, path: string, body: unknown): Promise<T> {
    return (await this.send('PUT', service, path, body)).json() as Promise<T>;
  }

  /** Rows of an NDJSON answer, one at a time. */
  async *rows<T>(service: ServiceName, path: string): AsyncGenerator<T> {
    const { body } = await this.send('GET', service, path);
    if (!body) return;
    for await (const line of createInterface({ input: Readable.fromWeb(body as ReadableStream), crlfDelay: Infinity })) {
      if (line !== '') yield JSON.parse(line) as T;
    }
  }

  /** Hands in a CSV file. */
  async upload(service: ServiceName, path: string, csv: string): Promise<void> {
    await (await this.send('POST', service, path, csv, 'text/csv')).body?.cancel();
  }

  private async send(method: string, service: ServiceName, path: string, body?: unknown, type = 'application/json'): Promise<Response> {
    if (Date.now() > this.expiresAt - MARGIN) await this.signIn();
    const response = await this.reach(service, path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        // Every intake is idempotent by its own numbers too; the key is what writing money asks for.
        ...(method === 'GET' ? {} : { 'content-type': type, 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: type === 'application/json' ? JSON.stringify(body) : String(body) }),
    });
    if (!response.ok) throw await failure(`${method} /api/${service}${path}`, response);
    return response;
  }

  /**
   * A kept connection may be closed in the moment it is used again, and a database that decides a very busy day may be too
   * late with its answer. Writes carry a key, so sending once more changes nothing.
   */
  private async reach(service: ServiceName, path: string, request: RequestInit): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await fetch(`${this.urls[service]}/api/${service}${path}`, request);
        if (response.status !== 503 || attempt === ATTEMPTS) return response;
        await response.body?.cancel();
      } catch (error) {
        if (attempt === ATTEMPTS) throw new UnreachableError(`${request.method} /api/${service}${path}`, error);
      }
      await pause(FIRST_PAUSE * 2 ** (attempt - 1));
    }
  }

  private async signIn(): Promise<void> {
    const response = await this.reach('organization', '/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: this.name, password: this.password }),
    });
    if (!response.ok) throw await failure(`sign-in of ${this.name}`, response);
    const { token, expiresAt } = (await response.json()) as SignInAnswer;
    this.token = token;
    this.expiresAt = Date.parse(expiresAt);
  }
}

async function failure(what: string, response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    return new ApiError(what, response.status, JSON.parse(text) as Partial<Problem>, text);
  } catch {
    return new ApiError(what, response.status, undefined, text);
  }
}
