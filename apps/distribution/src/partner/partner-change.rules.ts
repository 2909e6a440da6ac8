import { namedId, type BrandCalendar } from '@concentric/service-kit';
import { partnerInput, partnerName, type FieldError, type PartnerInput, type PartnerType } from '@concentric/contracts';
import type { LoadedNetwork } from '../hierarchy/network.repository';
import type { Edge } from '../hierarchy/network.rules';

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

/**
 * Applies rows in any order to `loaded` (an own copy, changed in place). A row without validFrom means "always" for a
 * new partner and "from `now` on" for a move. Rows whose parent is unknown, or that would make a partner its own
 * ancestor, are rejected; all others stand.
 */
export function applyPartnerRows(rows: readonly unknown[], loaded: LoadedNetwork, brandId: string, calendar: BrandCalendar, now: number): NetworkChange {
  const change: NetworkChange = { partners: new Map(), edges: new Map(), moved: new Set(), accepted: 0, unchanged: 0, rejected: [] };
  const good: { index: number; row: PartnerInput; partnerId: string; parentId: string | null; from: number | null; isNew: boolean }[] = [];
  const stated = new Map<string, PartnerType>();
  rows.forEach((raw, index) => {
    const parsed = partnerInput.safeParse(raw);
    if (!parsed.success) {
      const given = raw as { code?: unknown } | null;
      change.rejected.push({
        index,
        code: typeof given?.code === 'string' ? given.code.slice(0, 64) : '',
        errors: parsed.error.issues.map((issue) => ({
          field: issue.path.join('.') || 'row',
          code: issue.code,
          message: issue.message,
          remedy: 'columns are code, type, name, parentCode, validFrom',
        })),
      });
      return;
    }
    const row = parsed.data;
    const partnerId = namedId(partnerName(brandId, row.code));
    const known = loaded.partners.get(partnerId);
    const type = known?.type ?? stated.get(partnerId);
    if (type && type !== row.type) {
      change.rejected.push({ index, code: row.code, errors: [{ field: 'type', code: 'type_changed', message: `${row.code} is a ${type} already`, remedy: 'a partner keeps its type; use another code' }] });
      return;
    }
    stated.set(partnerId, row.type);
    good.push({
      index,
      row,
      partnerId,
      parentId: row.parentCode ? namedId(partnerName(brandId, row.parentCode)) : null,
      from: row.validFrom === undefined ? null : calendar.parse(row.validFrom),
      isNew: !known,
    });
  });
  // In order of time, so that a file may hold a partner's whole history in any order.
  good.sort((a, b) => (a.from ?? -1) - (b.from ?? -1) || a.index - b.index);
  for (const item of good) applyRow(item, loaded, stated, change, now);
  return change;
}

function applyRow(
  item: { index: number; row: PartnerInput; partnerId: string; parentId: string | null; from: number | null; isNew: boolean },
  loaded: LoadedNetwork,
  stated: Map<string, PartnerType>,
  change: NetworkChange,
  now: number,
): void {
  const { row, partnerId, parentId } = item;
  const reject = (field: string, code: string, message: string, remedy: string) => change.rejected.push({ index: item.index, code: row.code, errors: [{ field, code, message, remedy }] });
  if (parentId !== null && !loaded.partners.has(parentId) && !stated.has(parentId)) {
    reject('parentCode', 'unknown_parent', `no partner has the code ${row.parentCode}`, 'add the parent to the file or correct the code');
    return;
  }
  const placed = loaded.network.edgesOf(partnerId).length > 0;
  const from = item.from ?? (placed ? now : 0);
  if (loaded.network.wouldLoop(partnerId, parentId, from)) {
    reject('parentCode', 'loop', `${row.code} would stand below itself`, 'choose a parent that is not below this partner');
    return;
  }
  const known = loaded.partners.get(partnerId);
  const renamed = !known || known.name !== row.name;
  if (renamed) {
    const partner = { partnerId, code: row.code, type: row.type as PartnerType, name: row.name };
    loaded.partners.set(partnerId, partner);
    change.partners.set(partnerId, partner);
  }
  const edges = loaded.network.move(partnerId, parentId, from);
  for (const edge of edges) change.edges.set(`${edge.childId}/${edge.validFrom}`, edge);
  if (edges.length > 0) change.moved.add(partnerId);
  if (edges.length > 0 || renamed) change.accepted += 1;
  else change.unchanged += 1;
}
