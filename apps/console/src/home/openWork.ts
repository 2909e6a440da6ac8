import { useQueries } from '@tanstack/react-query';
import { isPartner, mayDo, SERVICES } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { getJson } from '../providers/http';
import { readSession } from '../providers/session';

/** Work that waits, as one service counts it. */
export interface OpenWork {
  /** Text `work.<key>`. */
  key: string;
  service?: string;
  to: string;
  /** Codes of departments that it belongs to, best first. */
  departments: string[];
  count: number;
  /** There are more than could be counted. */
  capped: boolean;
  /** Something is wrong, not only waiting. */
  late?: boolean;
}

type Source = Omit<OpenWork, 'count' | 'capped'> & { allowed: boolean; path: () => Promise<string> };
interface Answer {
  total?: number;
  totalIsCapped?: boolean;
}

const FINANCE = ['finance'];
const CHANNEL = ['channel-operations', 'channel', 'store-operations', 'marketing'];
const DATA = ['it', 'information-technology', 'operations'];
const filtered = (path: string, filter: object) => `/${path}?filter=${encodeURIComponent(JSON.stringify(filter))}`;

function sources(): Source[] {
  const held = readSession()?.operator.permissions ?? [];
  const list = (service: string, path: string) => () => brandPath(service, path);
  return [
    {
      key: 'submit',
      to: filtered('statements', { state: 'DRAFT' }),
      departments: FINANCE,
      allowed: mayDo('statements', 'submit'),
      path: list('distribution', 'statements?state=DRAFT&limit=1'),
    },
    {
      key: 'approve',
      to: filtered('statements', { state: 'IN_REVIEW' }),
      departments: FINANCE,
      allowed: mayDo('statements', 'approve'),
      path: list('distribution', 'statements?state=IN_REVIEW&limit=1'),
    },
    {
      key: 'held_orders',
      to: '/held-orders',
      departments: CHANNEL,
      late: true,
      allowed: mayDo('held-orders', 'read'),
      path: list('distribution', 'held-orders?limit=1'),
    },
    {
      key: 'held_refunds',
      to: filtered('refunds', { state: 'held' }),
      departments: ['customer-service', 'service', ...FINANCE],
      late: true,
      allowed: mayDo('refunds', 'read'),
      path: list('commerce', 'refunds?state=held&limit=1'),
    },
    {
      key: 'imports_running',
      to: filtered('imports', { state: 'running' }),
      departments: DATA,
      allowed: mayDo('imports', 'read'),
      path: list('commerce', 'imports?state=running&limit=1'),
    },
    {
      key: 'imports_failed',
      to: filtered('imports', { state: 'failed' }),
      departments: DATA,
      late: true,
      allowed: mayDo('imports', 'read'),
      path: list('commerce', 'imports?state=failed&limit=1'),
    },
    ...SERVICES.map((service) => ({
      key: 'dead_letters',
      service,
      to: `/dead-letters?service=${service}`,
      departments: DATA,
      late: true,
      allowed: held.includes(`${service}.ops.manage`),
      path: () => Promise.resolve(`/api/${service}/ops/dead-letters?limit=1`),
    })),
  ];
}

/** Everything that waits for somebody with these permissions; nothing is added up here. */
export function useOpenWork(): { work: OpenWork[]; isPending: boolean } {
  const asked = isPartner() ? [] : sources().filter(({ allowed }) => allowed);
  const answers = useQueries({
    queries: asked.map((source) => ({
      queryKey: ['open-work', source.key, source.service ?? ''],
      queryFn: async ({ signal }: { signal: AbortSignal }) => getJson<Answer>(await source.path(), signal),
      refetchInterval: 60_000,
    })),
  });
  const work = asked.flatMap((source, index) => {
    const answer = answers[index]?.data;
    const count = answer?.total ?? 0;
    const { allowed: _allowed, path: _path, ...rest } = source;
    return count > 0 ? [{ ...rest, count, capped: answer?.totalIsCapped ?? false }] : [];
  });
  return { work, isPending: answers.some((answer) => answer.isPending) };
}
