import { HttpError, type DataProvider, type GetListParams, type RaRecord } from 'react-admin';
import { formErrorsOf } from '../problem/problem';
import { currentBrand } from './brand';
import { getJson, sendJson } from './http';
import { ENDPOINTS, endpointOf, type Endpoint } from './resources';

type Row = Record<string, unknown>;
interface Page {
  data: Row[];
  total?: number;
  totalIsCapped?: boolean;
  pageInfo?: { hasNextPage: boolean; hasPreviousPage: boolean; nextCursor: string | null };
  totals?: unknown;
}

/** Pages walked to reach one that was never visited, such as a link to page 7. Further ones start at page 1. */
const WALK_LIMIT = 40;
/** The services give so many rows at once. */
const MOST_PER_PAGE = 500;
/** List (resource, filter, sort, size) to the cursors that open its pages; page n is at n - 1. */
const cursors = new Map<string, (string | undefined)[]>();

/** Path of a brand's collection: `/api/commerce/brands/<id>/orders`. */
export async function brandPath(service: string, path: string): Promise<string> {
  const brand = await currentBrand();
  if (!brand) throw new Error('empty.no_brand');
  return `/api/${service}/brands/${brand.brandId}/${path}`;
}

async function pathOf(endpoint: Endpoint): Promise<string> {
  return endpoint.brand ? brandPath(endpoint.service, endpoint.path) : `/api/${endpoint.service}/${endpoint.path}`;
}

const identified = (endpoint: Endpoint, row: Row): RaRecord => ({ ...row, id: String(row[endpoint.id]) });

export function queryOf(values: Record<string, unknown>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
}

async function fetchPage(path: string, params: GetListParams, cursor: string | undefined): Promise<Page> {
  const { field, order } = params.sort ?? {};
  const sort = field && field !== 'id' ? `${order === 'DESC' ? '-' : ''}${field}` : undefined;
  const query = queryOf({ ...params.filter, limit: params.pagination?.perPage ?? 25, sort, cursor });
  return getJson<Page>(`${path}?${query}`, params.signal);
}

async function pageAt(path: string, params: GetListParams): Promise<Page> {
  const wanted = params.pagination?.page ?? 1;
  const key = JSON.stringify([path, params.filter, params.sort, params.pagination?.perPage]);
  const known = cursors.get(key) ?? [undefined];
  cursors.set(key, known);
  let page = wanted - known.length > WALK_LIMIT ? 1 : Math.min(wanted, known.length);
  for (;;) {
    const answer = await fetchPage(path, params, known[page - 1]);
    const next = answer.pageInfo?.nextCursor;
    if (next) known[page] = next;
    if (page >= wanted || !next) return answer;
    page += 1;
  }
}

/** More rows than fit into a page, such as for an export: pages are read one after the other up to as many as asked for. */
async function collect(path: string, params: GetListParams, most: number): Promise<Page> {
  const paged = { ...params, pagination: { page: 1, perPage: MOST_PER_PAGE } };
  const data: Row[] = [];
  let cursor: string | undefined;
  do {
    const answer = await fetchPage(path, paged, cursor);
    data.push(...answer.data);
    cursor = answer.pageInfo?.nextCursor ?? undefined;
  } while (cursor && data.length < most);
  return { data: data.slice(0, most) };
}

async function list(resource: string, asked: GetListParams) {
  const endpoint = endpointOf(resource);
  const params = endpoint.ask ? { ...asked, filter: endpoint.ask(asked.filter ?? {}) } : asked;
  const path = await pathOf(endpoint);
  const most = params.pagination?.perPage ?? 0;
  const ask = () => (most > MOST_PER_PAGE ? collect(path, params, most) : pageAt(path, params));
  const answer = endpoint.whole ? await getJson<Page>(path, params.signal) : await ask();
  const data = answer.data.map((row) => identified(endpoint, row));
  const { total, totalIsCapped = false, totals } = answer;
  const meta = { total, totalIsCapped, totals };
  if (endpoint.whole || !answer.pageInfo) return { data, total: data.length, meta };
  const page = params.pagination?.page ?? 1;
  const pageInfo = { hasNextPage: answer.pageInfo.hasNextPage, hasPreviousPage: page > 1 };
  // A capped total is no number of rows: react-admin would send people back from pages beyond it.
  return totalIsCapped ? { data, pageInfo, meta } : { data, total, pageInfo, meta };
}

async function one(resource: string, id: string) {
  const endpoint = endpointOf(resource);
  const path = await pathOf(endpoint);
  if (endpoint.one !== 'in-list') return identified(endpoint, await getJson<Row>(`${path}/${encodeURIComponent(id)}`));
  const page = await getJson<Page>(endpoint.whole ? path : `${path}?limit=500`);
  const row = page.data.find((candidate) => String(candidate[endpoint.id]) === id);
  if (!row) throw new Error('ra.notification.item_doesnt_exist');
  return identified(endpoint, row);
}

/** Beside the inputs of a form, where the service names fields. */
function asFormErrors(error: unknown): never {
  const errors = formErrorsOf(error);
  if (!errors || !(error instanceof HttpError)) throw error;
  throw new HttpError(error.message, error.status, { errors });
}

const unsupported = () => Promise.reject(new Error('nothing here is deleted'));

/** One thin provider over the services' lists: keyset cursors behind page numbers, totals counted up to a cap. */
export const dataProvider = {
  supportAbortSignal: true,
  getList: list,
  getOne: async (resource, params) => ({ data: await one(resource, String(params.id)) }),
  getMany: async (resource, params) => ({ data: await Promise.all(params.ids.map((id) => one(resource, String(id)))) }),
  getManyReference: (resource, params) => list(resource, { ...params, filter: { ...params.filter, [params.target]: params.id } }),
  create: async (resource, params) => {
    const endpoint = endpointOf(resource);
    const at = endpoint.createAt?.(params.data as Row);
    const path = at ? await brandPath(endpoint.service, at.path) : await pathOf(endpoint);
    const row = await sendJson<Row>(at?.method ?? 'POST', path, at?.body ?? params.data).catch(asFormErrors);
    return { data: { ...row, id: String(row[endpoint.createdId ?? endpoint.id]) } };
  },
  update: async (resource, params) => {
    const endpoint = endpointOf(resource);
    const path = `${await pathOf(endpoint)}/${encodeURIComponent(String(params.id))}`;
    const body = { ...changed(params.data, params.previousData), revision: (params.previousData as Row)['revision'] };
    const row = await sendJson<Row | null>('PATCH', path, body).catch(asFormErrors);
    return { data: row?.[endpoint.id] ? identified(endpoint, row) : (params.data as RaRecord) };
  },
  updateMany: unsupported,
  delete: unsupported,
  deleteMany: unsupported,
} as DataProvider;

/** The services take the fields that change and the revision that was read; anything else is refused by name. */
function changed(data: Row, previous: Row): Row {
  const entries = Object.entries(data).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(previous[name]));
  return Object.fromEntries(entries);
}

export const resourceNames = Object.keys(ENDPOINTS);
