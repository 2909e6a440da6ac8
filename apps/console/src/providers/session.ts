import type { SignedInOperator, SignInAnswer } from '@concentric/contracts';

/** What is kept of a sign-in between page loads. The token is short-lived and renewed while somebody works. */
export interface Session {
  token: string;
  expiresAt: string;
  sessionEndsAt: string;
  operator: SignedInOperator;
}

const KEY = 'concentric.session';

export function readSession(): Session | null {
  const text = localStorage.getItem(KEY);
  if (!text) return null;
  try {
    const session = JSON.parse(text) as Session;
    return Date.parse(session.sessionEndsAt) > Date.now() ? session : null;
  } catch {
    return null;
  }
}

export function writeSession(answer: SignInAnswer): Session {
  localStorage.setItem(KEY, JSON.stringify(answer));
  return answer;
}

export function clearSession(): void {
  localStorage.removeItem(KEY);
}
