import type { periodList, statementDecisionResult, statementRow } from '@concentric/contracts';
import type { z } from 'zod';
import { piecesOf } from '../history/calendar.rules';
import type { Session } from '../target/api';

type StatementRow = z.infer<typeof statementRow>;
type Decision = z.infer<typeof statementDecisionResult>;

const BULK = 500;

/**
 * Submits and approves what is to be paid of every closed period but the latest, by two people. Of the latest a part is
 * submitted and the rest left as it is, so that both find work; what is carried forward waits for its turn anyway, and
 * what is exceptional for somebody who looks at it.
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
  for (const period of closed) {
    const drafts = rows.filter((row) => row.period === period && row.state === 'DRAFT' && row.outcome === 'pay' && row.findings === 0);
    const chosen = period === latest ? drafts.filter((_, index) => index % 3 === 0) : drafts;
    await decide(maker, 'submit', base, period, chosen);
    if (period === latest) continue;
    const inReview = rows.filter((row) => row.period === period && row.state === 'IN_REVIEW');
    await decide(checker, 'approve', base, period, [...chosen, ...inReview]);
  }
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
