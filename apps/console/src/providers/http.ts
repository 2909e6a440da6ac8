import type { Problem, SignInAnswer } from '@concentric/contracts';
import { HttpError } from 'react-admin';
import { clearSession, readSession, writeSession, type Session } from './session';

/** Renew a minute before the end, so that no request of a busy page is the unlucky one. */
const RENEW_BEFORE_MS = 60_000;

let renewal: Promise<Session | null> | null = null;

/** Sends a request as the person signed in. Throws HttpError whose `body` is the problem as the service told it. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const session = await liveSession();
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  if (session) headers.set('Authorization', `Bearer ${session.token}`);
  const response = await fetch(path, { ...init, headers }).catch((error: Error) => {
    if (error.name === 'AbortError') throw error;
    throw new HttpError('ra.notification.offline', 0, problemOf(0, 'unreachable'));
  });
  if (!response.ok) throw await asHttpError(response);
  return response;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, { signal });
  return (await response.json()) as T;
}

/** `key` makes a repeated click harmless: the service answers the second time what it answered the first time. */
export async function sendJson<T>(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (method === 'POST') headers['Idempotency-Key'] = key ?? crypto.randomUUID();
  const response = await send(path, { method, headers, body: JSON.stringify(body ?? {}) });
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

/** The session of whoever is signed in, renewed when it is about to end; null when it has ended. */
export async function liveSession(): Promise<Session | null> {
  const session = readSession();
  if (!session || Date.parse(session.expiresAt) - Date.now() > RENEW_BEFORE_MS) return session;
  renewal ??= renew(session).finally(() => (renewal = null));
  return renewal;
}

async function renew(session: Session): Promise<Session | null> {
  const headers = { Authorization: `Bearer ${session.token}`, 'Content-Type': 'application/json' };
  const response = await fetch('/api/organization/refresh', { method: 'POST', headers, body: '{}' }).catch(() => null);
  if (response?.ok) return writeSession((await response.json()) as SignInAnswer);
  if (response) clearSession();
  return response ? null : session;
}

async function asHttpError(response: Response): Promise<HttpError> {
  const problem = (await response.json().catch(() => null)) as Problem | null;
  const told = problem?.code ? problem : problemOf(response.status, `http_${response.status}`);
  return new HttpError(problem?.code ? `problem.${problem.code}` : told.title, response.status, told);
}

function problemOf(status: number, code: string): Problem {
  return { type: 'about:blank', title: 'ra.notification.http_error', status, code, instance: '' };
}
