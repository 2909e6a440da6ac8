import type { ServiceName, SignInAnswer } from '@concentric/contracts';
import { ApiError } from '@concentric/replay';
import type { Installation } from './installation';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly contentType: string;
  /** Seconds after which to come again, where the answer says so. */
  readonly retryAfter: number | null;
}

/** Signs in and sends requests as they are, also wrong ones. */
export class RawCaller {
  private constructor(
    private readonly installation: Installation,
    readonly token: string,
  ) {}

  /** Raises ApiError: while a database is away, nobody can sign in. */
  static async signIn(installation: Installation, name: string): Promise<RawCaller> {
    const response = await fetch(`${installation.urls.organization}/api/organization/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password: installation.adminPassword }),
    });
    if (!response.ok) throw new ApiError(`sign-in of ${name}`, response.status, undefined, await response.text());
    return new RawCaller(installation, ((await response.json()) as SignInAnswer).token);
  }

  async send(method: string, service: ServiceName, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.installation.urls[service]}/api/${service}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    const wait = response.headers.get('retry-after');
    const retryAfter = wait === null ? null : Number(wait);
    return {
      status: response.status,
      contentType,
      retryAfter,
      body: contentType.includes('json') && !contentType.includes('ndjson') && text !== '' ? (JSON.parse(text) as Answer['body']) : {},
    };
  }

  json(method: string, service: ServiceName, path: string, body: unknown): Promise<Answer> {
    return this.send(method, service, path, JSON.stringify(body));
  }
}
