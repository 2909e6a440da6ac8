import type { DepartmentRow } from '@concentric/contracts';
import { useLocale } from 'react-admin';
import type { OpenWork } from '../home/work';
import { useApi } from '../pages/useApi';
import { mayDo } from '../providers/access';

/** A department as the circle shows it. */
export interface CircleDepartment {
  id: string;
  code: string;
  name: string;
  ring: number;
  emphasis: boolean;
  unstaffed: boolean;
  duties: string[];
  /** Where its work is; null when nothing of it is here yet. */
  to: string | null;
  work: OpenWork[];
}

/** The page a department works in, by its code; the first that the person may see. */
const PLACES: [RegExp, [resource: string, to: string][]][] = [
  [/member/, [['members', '/members']]],
  [/content/, [['touchpoints', '/touchpoints']]],
  [
    /finance/,
    [
      ['statements', '/statements'],
      ['ledger', '/ledger'],
    ],
  ],
  [/channel|store|sales|distribution/, [['partners', '/partner-tree']]],
  [
    /service/,
    [
      ['orders', '/orders'],
      ['members', '/members'],
    ],
  ],
  [/marketing|management/, [['indicators', '/board']]],
  [/product/, [['products', '/products']]],
  [
    /supply/,
    [
      ['refunds', '/refunds'],
      ['orders', '/orders'],
    ],
  ],
  [
    /^it$|information|technology|data/,
    [
      ['imports', '/imports'],
      ['dead-letters', '/dead-letters'],
    ],
  ],
  [/people|human|^hr$/, [['operators', '/operators']]],
];

function placeOf(code: string): string | null {
  const places = PLACES.find(([pattern]) => pattern.test(code))?.[1] ?? [];
  return places.find(([resource]) => mayDo(resource, 'read'))?.[1] ?? null;
}

/** Departments in reading order: ring by ring, as the organisation has placed them. */
export function useDepartments(work: OpenWork[]): CircleDepartment[] | undefined {
  const zh = useLocale().startsWith('zh');
  const { data } = useApi<{ data: DepartmentRow[] }>('/api/organization/departments');
  const rows = data?.data.toSorted((a, b) => a.ring - b.ring || a.position - b.position);
  const codes = rows?.map((row) => row.code) ?? [];
  const ownerOf = (item: OpenWork) => item.departments.find((code) => codes.includes(code));
  return rows?.map((row) => ({
    id: row.id,
    code: row.code,
    name: zh ? row.name.zh : row.name.en,
    ring: row.ring,
    emphasis: row.emphasis,
    unstaffed: row.staff === 0 && row.operators === 0,
    duties: row.duties.map((duty) => (zh ? duty.zh : duty.en)),
    to: placeOf(row.code),
    work: work.filter((item) => ownerOf(item) === row.code),
  }));
}
