import { Injectable } from '@nestjs/common';
import { idIn, idOut, int, intOrNull, selectIn, type Operator, type Tx } from '@concentric/service-kit';
import type { WhyPayout } from '@concentric/contracts';
import { seesWholeBrand } from '../statement/published.rules';

type WhyBankLine = WhyPayout['bankLines'][number];

/** How statements are paid, down to what the bank wrote. */
@Injectable()
export class WhyPayoutRepository {
  /** Every item of these statements, oldest first, with its bank lines as far as the operator may see them. */
  async of(tx: Tx, statementIds: readonly string[], operator: Operator): Promise<WhyPayout[]> {
    const items = await selectIn<Record<string, unknown>>(
      tx,
      'SELECT item_id, batch_id, statement_id, state, gross_minor, tax_minor, amount_minor, bank_ref FROM payout_item WHERE statement_id IN (?in) ORDER BY item_id',
      statementIds.map(idIn),
    );
    const lines = await selectIn<Record<string, unknown>>(
      tx,
      'SELECT line_id, file_id, item_id, line_no, status, bank_ref, amount_minor, amount_text, booked_on, match_kind, reason, why, state FROM bank_line WHERE item_id IN (?in) ORDER BY line_id',
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
        bankLines: bankLinesFor(operator, lines.filter((line) => idOut(line.item_id as Buffer) === id).map(toBankLine)),
      };
    });
  }
}

/** A partner sees by what it was paid or not, neither what waits, contradicts or was put aside, nor what the treasury is told of it. */
function bankLinesFor(operator: Operator, lines: readonly WhyBankLine[]): WhyBankLine[] {
  if (seesWholeBrand(operator)) return [...lines];
  return lines.filter(({ state }) => state === 'BOOKED').map((line) => ({ ...line, why: '' }));
}

function toBankLine(line: Record<string, unknown>): WhyBankLine {
  return {
    id: idOut(line.line_id as Buffer),
    fileId: idOut(line.file_id as Buffer),
    lineNo: int(line.line_no),
    status: line.status as string,
    bankRef: line.bank_ref as string,
    amountMinor: intOrNull(line.amount_minor),
    amountText: line.amount_text as string,
    bookedOn: line.booked_on as string,
    match: line.match_kind as WhyBankLine['match'],
    reason: line.reason as string,
    why: line.why as string,
    state: line.state as WhyBankLine['state'],
  };
}
