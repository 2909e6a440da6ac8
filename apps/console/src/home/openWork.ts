import { useQueries } from '@tanstack/react-query';
import { filtered } from '../pages/filtered';
import { isPartner, mayDo, SERVICES } from '../providers/access';
import { brandPath } from '../providers/dataProvider';
import { getJson } from '../providers/http';
import { readSession } from '../providers/session';
import { financeSources } from './financeWork';
import { FINANCE, type OpenWork, type Source } from './work';

interface Answer {
  total?: number;
  totalIsCapped?: boolean;
}

const CHANNEL = ['channel-operations', 'channel', 'store-operations', 'marketing'];
const DATA = ['it', 'information-technology', 'operations'];

function sources(): Source[] {
  const held = readSession()?.operator.permissions ?? [];
  const list = (service: string, path: string) => () => brandPath(service, path);
  return [
    ...financeSources(),
    {
      key: 'held_orders',
      to: '/held-orders',
      departments: CHANNEL,
      late: true,
      allowed: mayDo('held-orders', 'read'),
      path: list('distribution', 'held-orders?limit=1'),
    },
    {
      key: 'refunds_not_taken_back',
      to: '/held-refunds',
      departments: FINANCE,
      late: true,
      allowed: mayDo('held-refunds', 'read'),
      path: list('distribution', 'held-refunds?limit=1'),
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
