import { ownReason, statementPublished } from '@concentric/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, idIn, idOut, int, iso, Outbox, selectIn, type Tx } from '@concentric/service-kit';
import { StatementMoves } from './statement-moves.service';

const DAY_MS = 86_400_000;

/** Opens approved statements to their partners and tells of it, in one transaction. */
@Injectable()
export class StatementPublication {
  constructor(
    private readonly moves: StatementMoves,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Returns the ids of those it published: what is no longer approved is left as it is. */
  async publish(tx: Tx, brandId: string, statementIds: readonly string[], disputeWindowDays: number): Promise<string[]> {
    const now = this.clock.now();
    const disputeUntil = now + disputeWindowDays * DAY_MS;
    const published = await this.moves.move(tx, brandId, 'publish', statementIds, {
      actorId: 'system',
      reason: ownReason('approved'),
      set: { sql: 'published_at = ?, dispute_until = ?', params: [now, disputeUntil] },
    });
    const rows = await selectIn<Record<string, unknown>>(
      tx,
      'SELECT statement_id, partner_id, partner_code, period_id, currency, net_minor FROM statement WHERE statement_id IN (?in)',
      published.map(idIn),
    );
    await this.outbox.add(
      tx,
      statementPublished,
      rows.map((row) => ({
        brandId,
        statementId: idOut(row.statement_id as Buffer),
        partnerId: idOut(row.partner_id as Buffer),
        partnerCode: row.partner_code as string,
        period: row.period_id as string,
        currency: row.currency as string,
        netMinor: int(row.net_minor),
        publishedAt: iso(now),
        disputeUntil: iso(disputeUntil),
      })),
    );
    return published;
  }
}
