import { namedId, type BrandCalendar } from '@concentric/service-kit';
import { partnerInput, partnerName, type FieldError, type PartnerInput, type PartnerType } from '@concentric/contracts';
import type { LoadedNetwork } from '../hierarchy/network.repository';
import { MAX_DEPTH, type Edge } from '../hierarchy/network.rules';

/** A row of a network file that could not be taken, with its place in the file. */
export interface RejectedPartner {
  index: number;
  code: string;
  errors: FieldError[];
}

/** What a set of rows does to a network. */
export interface NetworkChange {
  /** Partners that are new or renamed. */
  partners: Map<string, { partnerId: string; code: string; type: PartnerType; name: string }>;
  edges: Map<string, Edge>;
  /** Partners whose own place moved: they and everybody below them have a new path. */
  moved: Set<string>;
  accepted: number;
  unchanged: number;
  rejected: RejectedPartner[];
}

/** A row that can be read, with its ids. `from` in epoch ms; null: the row names no moment. */
interface Row {
  index: number;
  row: PartnerInput;
  partnerId: string;
  parentId: string | null;
  from: number | null;
}

type Refusal = { row: Row; errors: FieldError[] };

/** Instants that can be written with a year of four digits. */
const LATEST = Date.UTC(9999, 11, 31);

/**
 * Applies rows in any order to `loaded` (an own copy, changed in place). A row without validFrom means "always" for a
 * new partner, and for one whose dated moves are in the same file, so that the same file may come again; otherwise
 * "from `now` on". Rows whose parent is unknown or rejected itself, or that would make a partner its own ancestor, are
 * rejected; all others stand.
 */
export function applyPartnerRows(
  rows: readonly unknown[],
  loaded: LoadedNetwork,
  brandId: string,
  calendar: BrandCalendar,
  now: number,
): NetworkChange {
  const { good, rejected } = readRows(rows, loaded, brandId, calendar);
  // In order of time, so that a file may hold a partner's whole history in any order.
  good.sort((a, b) => (a.from ?? -1) - (b.from ?? -1) || a.index - b.index);
  const refused = new Map<number, Refusal>();
  for (;;) {
    const remaining = good.filter((row) => !refused.has(row.index));
    const trial: LoadedNetwork = { ...loaded, network: loaded.network.copy(), partners: new Map(loaded.partners) };
    const { change, refusals } = apply(remaining, trial, now);
    if (refusals.length === 0) {
      Object.assign(loaded, trial);
      for (const { row, errors } of refused.values()) rejected.push({ index: row.index, code: row.row.code, errors });
      return { ...change, rejected };
    }
    // Others may stand on a row that has just fallen: what is left is tried again without it.
    for (const refusal of refusals) refused.set(refusal.row.index, refusal);
  }
}

function readRows(
  rows: readonly unknown[],
  loaded: LoadedNetwork,
  brandId: string,
  calendar: BrandCalendar,
): { good: Row[]; rejected: RejectedPartner[] } {
  const rejected: RejectedPartner[] = [];
  const good: Row[] = [];
  const stated = new Map<string, PartnerType>();
  rows.forEach((raw, index) => {
    const reject = (code: string, ...errors: FieldError[]) => rejected.push({ index, code, errors });
    const parsed = partnerInput.safeParse(raw);
    if (!parsed.success) {
      const given = raw as { code?: unknown } | null;
      const remedy = 'columns are code, type, name, parentCode, validFrom';
      reject(
        typeof given?.code === 'string' ? given.code.slice(0, 64) : '',
        ...parsed.error.issues.map((issue) => ({ field: issue.path.join('.') || 'row', code: issue.code, message: issue.message, remedy })),
      );
      return;
    }
    const row = parsed.data;
    const partnerId = namedId(partnerName(brandId, row.code));
    const type = loaded.partners.get(partnerId)?.type ?? stated.get(partnerId);
    if (type && type !== row.type) {
      reject(row.code, {
        field: 'type',
        code: 'type_changed',
        message: `${row.code} is a ${type} already`,
        remedy: 'a partner keeps its type; use another code',
      });
      return;
    }
    const from = row.validFrom === undefined ? null : momentOf(row.validFrom, calendar);
    if (from === undefined) {
      reject(row.code, {
        field: 'validFrom',
        code: 'no_such_moment',
        message: `${row.validFrom} does not exist`,
        remedy: 'give a date and time like 2026-01-31 16:00:00',
      });
      return;
    }
    stated.set(partnerId, row.type);
    good.push({ index, row, partnerId, parentId: row.parentCode ? namedId(partnerName(brandId, row.parentCode)) : null, from });
  });
  return { good, rejected };
}

/** Epoch ms, what lies before 1970 being "always"; undefined for the 30th of February and the like. */
function momentOf(text: string, calendar: BrandCalendar): number | undefined {
  try {
    const at = Math.max(0, calendar.parse(text));
    return at < LATEST ? at : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Applies rows in order of time and tells which may not stand; when there are any, what was changed is of no use. Rows of
 * one moment happen together: one that is in the way of another may have left by the time all of them are applied.
 */
function apply(rows: readonly Row[], loaded: LoadedNetwork, now: number): { change: Omit<NetworkChange, 'rejected'>; refusals: Refusal[] } {
  const change: Omit<NetworkChange, 'rejected'> = { partners: new Map(), edges: new Map(), moved: new Set(), accepted: 0, unchanged: 0 };
  const refusals: Refusal[] = [];
  const stated = new Set(rows.map(({ partnerId }) => partnerId));
  const dated = new Set(rows.filter(({ from }) => from !== null).map(({ partnerId }) => partnerId));
  const applyRow = (item: Row): FieldError | null => {
    const placed = loaded.network.edgesOf(item.partnerId).length > 0;
    const from = item.from ?? (placed && !dated.has(item.partnerId) ? now : 0);
    const refused = refusalOf(item, from, loaded, stated);
    if (!refused) place(item, from, loaded, change);
    return refused;
  };
  for (let start = 0; start < rows.length;) {
    const moment = rows[start]!.from;
    let end = start;
    while (end < rows.length && rows[end]!.from === moment) end += 1;
    let waiting = rows.slice(start, end);
    while (waiting.length > 0) {
      const refused = waiting.flatMap((row) => {
        const error = applyRow(row);
        return error ? [{ row, errors: [error] }] : [];
      });
      if (refused.length === waiting.length) {
        refusals.push(...refused);
        break;
      }
      waiting = refused.map(({ row }) => row);
    }
    start = end;
  }
  return { change, refusals };
}

function refusalOf(
  { row, partnerId, parentId }: Row,
  from: number,
  { network, partners }: LoadedNetwork,
  stated: ReadonlySet<string>,
): FieldError | null {
  const field = 'parentCode';
  if (parentId !== null && !partners.has(parentId) && !stated.has(parentId)) {
    return {
      field,
      code: 'unknown_parent',
      message: `no partner has the code ${row.parentCode}`,
      remedy: 'add the parent to the file or correct the code',
    };
  }
  const code = network.refusal(partnerId, parentId, from);
  if (code === 'loop')
    return { field, code, message: `${row.code} would stand below itself`, remedy: 'choose a parent that is not below this partner' };
  if (code === 'too_deep')
    return {
      field,
      code,
      message: `the chain of ${row.code} would be longer than ${MAX_DEPTH} partners`,
      remedy: 'choose a parent that stands higher',
    };
  return null;
}

function place(
  { row, partnerId, parentId }: Row,
  from: number,
  { network, partners }: LoadedNetwork,
  change: Omit<NetworkChange, 'rejected'>,
): void {
  const renamed = partners.get(partnerId)?.name !== row.name;
  if (renamed) {
    const partner = { partnerId, code: row.code, type: row.type as PartnerType, name: row.name };
    partners.set(partnerId, partner);
    change.partners.set(partnerId, partner);
  }
  const edges = network.move(partnerId, parentId, from);
  for (const edge of edges) change.edges.set(`${edge.childId}/${edge.validFrom}`, edge);
  if (edges.length > 0) change.moved.add(partnerId);
  if (edges.length > 0 || renamed) change.accepted += 1;
  else change.unchanged += 1;
}
