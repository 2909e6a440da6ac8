import { DomainError } from '@concentric/service-kit';

/** The same for an unknown name, a wrong password and a disabled operator: nobody learns which names exist. */
export const signInRefused = () =>
  new DomainError({ code: 'sign_in_refused', status: 401, title: 'Name and password do not match, or the operator may not sign in' });

export const sessionEnded = () =>
  new DomainError({ code: 'session_ended', status: 401, title: 'This session has ended', detail: 'Sign in again' });
