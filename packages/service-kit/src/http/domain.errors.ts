import type { FieldError } from '@concentric/contracts';

export type { FieldError };

export interface DomainErrorOptions {
  /** Stable, snake case; clients branch on it and translate by it. */
  code: string;
  status: number;
  /** One sentence that is the same for every occurrence of the code. */
  title: string;
  detail?: string;
  errors?: readonly FieldError[];
  /** Seconds after which trying again makes sense; sent as Retry-After. */
  retryAfter?: number;
}

/**
 * An error in words of the domain with a stable code. Features create them in their `*.errors.ts`; the one
 * problem filter translates them to RFC 9457 answers. Services never throw HTTP exceptions.
 */
export class DomainError extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(options: DomainErrorOptions) {
    super(options.detail === undefined ? options.title : `${options.title}: ${options.detail}`);
    this.name = 'DomainError';
    this.code = options.code;
    this.status = options.status;
    this.title = options.title;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }
}

/** 404 `<what>_not_found`, also for what exists but is not the caller's to see. `what` is snake case. */
export function notFound(what: string, id?: string): DomainError {
  const words = what.replaceAll('_', ' ');
  return new DomainError({
    code: `${what}_not_found`,
    status: 404,
    title: `There is no such ${words}`,
    ...(id === undefined ? {} : { detail: `${words} ${id.slice(0, 100)}` }),
  });
}

/** 404: the brand does not exist, or the caller's token does not name it. */
export function unknownBrand(brandId: string): DomainError {
  return new DomainError({
    code: 'unknown_brand',
    status: 404,
    title: 'There is no such brand, or it is not yours',
    detail: brandId.slice(0, 100),
  });
}

/** 409: the input is fine, the state of things does not allow it. */
export function conflict(code: string, title: string, detail?: string): DomainError {
  return new DomainError({ code, status: 409, title, ...(detail === undefined ? {} : { detail }) });
}

/** Why the rules of a document do not allow what somebody wants to do to it. */
export interface Refusal {
  code: string;
  message: string;
}

/** A refusal of the rules as an answer: 403 where another person may do it (`same_person`, `own_partner`), else 409. */
export function refusedByRules(title: string, { code, message }: Refusal): DomainError {
  return new DomainError({ code, status: ['same_person', 'own_partner'].includes(code) ? 403 : 409, title, detail: message });
}

/** 409 `changed_meanwhile`: the revision sent is not the current one. */
export function changedMeanwhile(what: string, current: number): DomainError {
  return conflict(
    'changed_meanwhile',
    'Somebody else changed this meanwhile',
    `${what} is at revision ${current}: read it again and repeat the change`,
  );
}

/** 400 `invalid_input` with every field that is wrong. */
export function invalid(errors: readonly FieldError[]): DomainError {
  return new DomainError({ code: 'invalid_input', status: 400, title: 'The input is not valid', errors });
}

/** 403: known who you are, not allowed. */
export function forbidden(code: string, title: string, detail?: string): DomainError {
  return new DomainError({ code, status: 403, title, ...(detail === undefined ? {} : { detail }) });
}
