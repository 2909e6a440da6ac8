import type { SignInAnswer } from '@concentric/contracts';
import type { AuthProvider } from 'react-admin';
import { mayDo } from './access';
import { forgetBrands } from './brand';
import { liveSession, send } from './http';
import { clearSession, readSession, writeSession } from './session';

const signedOut = () => Promise.reject(new Error('ra.auth.auth_check_error'));

export const authProvider: AuthProvider = {
  login: async ({ username, password }: { username: string; password: string }) => {
    clearSession();
    forgetBrands();
    const response = await send('/api/organization/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: username, password }),
    });
    writeSession((await response.json()) as SignInAnswer);
  },
  logout: () => {
    clearSession();
    forgetBrands();
    return Promise.resolve();
  },
  // A page opened after a long pause must lead to the sign-in, and not to a home without anything in it.
  checkAuth: async () => {
    if (!(await liveSession())) await signedOut();
  },
  checkError: (error: { status?: number }) => (error.status === 401 ? signedOut() : Promise.resolve()),
  getIdentity: async () => {
    const operator = readSession()?.operator;
    if (!operator) return signedOut();
    return { id: operator.id, fullName: operator.displayName };
  },
  getPermissions: () => Promise.resolve(readSession()?.operator.permissions ?? []),
  canAccess: ({ resource, action }) => Promise.resolve(mayDo(resource, action)),
};
