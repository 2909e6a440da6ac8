import { Injectable } from '@nestjs/common';
import { idIn, idOut, int, intOrNull, selectIn, type Tx } from '@concentric/service-kit';
import type { WhyPayout } from '@concentric/contracts';

/** How statements are paid, down to what the bank wrote. */
@Injectable()
export class WhyPayoutRepository {
  /** Every item of these statements, oldest first, with its bank lines. */
  async of(tx: Tx, statementIds: readonly string[]): Promise<WhyPayout[]> {
    const items = await selectIn<Record<string, unknown>>(
      tx,
      'SELECT item_id, batch_id, statement_id, state, gross_minor, tax_minor, amount_minor, bank_ref FROM payout_item WHERE statement_id IN (?in) ORDER BY item_id',
      statementIds.map(idIn),
    );
    const lines = await selectIn<Record<string, unknown>>(
      tx,
      'SELECT line_id, file_id, item_id, line_no, status, bank_ref, amount_minor, booked_on, state FROM bank_line WHERE item_id IN (?in) ORDER BY line_id',
      items.map((item) => item.item_id),
    );
    return items.map((item) => {
      const id = idOut(item.item_id as Buffer);
      return {
        id,
        payoutId: idOut(item.batch_id as Buffer),
        statementId: idOut(item.statement_id as Buffer),
        state: item.state as WhyPayout['state'],
        grossMinor: int(item.gross_minor),
        taxMinor: int(item.tax_minor),
        amountMinor: int(item.amount_minor),
        bankRef: item.bank_ref as string | null,
        bankLines: lines.filter((line) => idOut(line.item_id as Buffer) === id).map(toBankLine),
      };
    });
  }
}

function toBankLine(line: Record<string, unknown>): WhyPayout['bankLines'][number] {
  return {
    id: idOut(line.line_id as Buffer),
    fileId: idOut(line.file_id as Buffer),
    lineNo: int(line.line_no),
    status: line.status as string,
    bankRef: line.bank_ref as string,
    amountMinor: intOrNull(line.amount_minor),
    bookedOn: line.booked_on as string,
    state: line.state as WhyPayout['bankLines'][number]['state'],
  };
}
