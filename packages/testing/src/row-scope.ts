import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { DataScope } from '@concentric/contracts';
import { namedId, openApiOf } from '@concentric/service-kit';
import type { TestOperators } from './operators';

type Operation = { 'x-permission'?: string; 'x-row-scope'?: 'narrowed' | 'no-rows' };

/** What a route needs to come as far as the rows, and what it answers when there are none; an empty `data` need not be named. */
interface Known {
  query?: string;
  body?: object;
  nothing?: Readonly<Record<string, unknown>>;
}

const NARROW: readonly DataScope[] = [{ kind: 'none' }, { kind: 'partner', partnerId: namedId('a partner that has no rows') }];

/**
 * Asks every route of a service as an operator with its permission who sees no row, and as one of a partner without any.
 * What declares nothing must refuse both, what narrows to the scope must show and do nothing, what holds no rows answers.
 * @param app listens already, and trusts the keys of the operators
 * @param ids values of path parameters that do exist, by name
 * @param known what routes need beyond, by method and path
 * @returns the routes that answer such operators at all, as `GET /path`, so that a spec says which these are
 */
export async function routesOfNarrowScopes(
  app: Parameters<typeof openApiOf>[0],
  operators: TestOperators,
  ids: Readonly<Record<string, string>> = {},
  known: Readonly<Record<string, Known>> = {},
): Promise<Record<'narrowed' | 'no-rows', string[]>> {
  const { paths } = openApiOf(app) as unknown as { paths: Record<string, Record<string, Operation>> };
  const origin = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const declared: Record<'narrowed' | 'no-rows', string[]> = { narrowed: [], 'no-rows': [] };
  const wrong: string[] = [];
  for (const [path, operations] of Object.entries(paths)) {
    const rest = path.split('/').slice(3);
    for (const [verb, { 'x-permission': permission, 'x-row-scope': how }] of Object.entries(operations)) {
      // What asks for no permission is public or about the caller alone.
      if (permission === undefined) continue;
      const method = verb.toUpperCase();
      const route = `${method} /${rest.join('/')}`;
      const { query = '', body, nothing } = known[route] ?? {};
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? namedId('nothing')) + query;
      if (how !== undefined) declared[how].push(route);
      for (const scope of NARROW) {
        const token = await operators.token({ permissions: [permission], scope });
        const response = await fetch(origin + url, {
          method,
          headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const [status, text] = [response.status, await response.text()];
        if (!isRight(how, status, text, nothing)) wrong.push(`${route}, scope ${scope.kind}: ${status} ${text.slice(0, 200)}`);
      }
    }
  }
  if (wrong.length > 0) throw new Error(`These routes answer whom they should not:\n${wrong.join('\n')}`);
  return declared;
}

function isRight(how: Operation['x-row-scope'], status: number, text: string, nothing: Known['nothing']): boolean {
  const isRefusedByGuard = status === 403 && (JSON.parse(text) as { code?: string }).code === 'whole_brand_only';
  if (how === undefined) return isRefusedByGuard;
  if (how === 'no-rows') return status === 200;
  if (status === 403 || status === 404) return !isRefusedByGuard;
  if (status !== 200) return false;
  if (text === '') return true;
  const shown = JSON.parse(text) as Record<string, unknown>;
  return Object.entries(nothing ?? { data: [] }).every(([field, value]) => isDeepStrictEqual(shown[field], value));
}
