import type { periodList, statementDecisionResult, statementRow } from '@concentric/contracts';
import type { z } from 'zod';
import { piecesOf } from '../history/calendar.rules';
import type { Session } from '../target/api';

type StatementRow = z.infer<typeof statementRow>;
type Decision = z.infer<typeof statementDecisionResult>;

const BULK = 500;

/**
 * Submits and approves the statements of every closed period but the latest, by two people. Of the latest a part is
 * submitted and the rest left as it is, so that both find work; what is exceptional waits for somebody who looks at it,
 * and so does what carries it in.
 */
export async function approveSample(maker: Session, checker: Session, brandId: string): Promise<void> {
  const base = `/brands/${brandId}`;
  const { data } = await maker.get<z.infer<typeof periodList>>('distribution', `${base}/periods`);
  const closed = data
    .filter(({ state }) => state === 'CLOSED')
    .map(({ period }) => period)
    .sort();
  const latest = closed.at(-1);
  const rows: StatementRow[] = [];
  for await (const row of maker.rows<StatementRow>('distribution', `${base}/statements.ndjson`)) rows.push(row);
  const waiting = new Set<string>();
  for (const period of closed) {
    const ofPeriod = rows.filter((row) => row.period === period);
    const plain = ofPeriod.filter((row) => row.findings === 0 && !waiting.has(keyOf(row)));
    const drafts = plain.filter(({ state }) => state === 'DRAFT');
    await decide(maker, 'submit', base, period, period === latest ? drafts.filter((_, index) => index % 3 === 0) : drafts);
    if (period === latest) continue;
    const undecided = plain.filter(({ state }) => state === 'DRAFT' || state === 'IN_REVIEW');
    await decide(checker, 'approve', base, period, undecided);
    for (const row of ofPeriod) {
      const isLeft = ['PARKED', 'DRAFT', 'IN_REVIEW'].includes(row.state) && !undecided.includes(row);
      if (isLeft && row.outcome === 'carry') waiting.add(keyOf(row));
      else waiting.delete(keyOf(row));
    }
  }
}

function keyOf({ partnerId, currency }: StatementRow): string {
  return `${partnerId} ${currency}`;
}

async function decide(
  session: Session,
  action: 'submit' | 'approve',
  base: string,
  period: string,
  rows: readonly StatementRow[],
): Promise<void> {
  for (const piece of piecesOf(rows, BULK)) {
    const items = piece.map(({ id, fingerprint }) => ({ statementId: id, fingerprint }));
    const { refused } = await session.post<Decision>('distribution', `${base}/statements/${action}`, { items });
    const [first] = refused;
    if (first)
      throw new Error(
        `${refused.length} statements of ${period} were not ${action === 'submit' ? 'submitted' : 'approved'}: ${first.message}`,
      );
  }
}
