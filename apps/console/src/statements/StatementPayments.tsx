import { Box, Typography } from '@mui/material';
import { Link, useTranslate } from 'react-admin';
import { useReason } from '../audit/reason';
import { BankAmount } from '../bank/BankAmount';
import { DateOnly, Money, Word } from '../fields/fields';
import { filtered } from '../pages/filtered';
import { Loaded, Quiet } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import type { WhyStatement } from '../providers/rows';

type Payout = WhyStatement['payouts'][number];
type BankLine = Payout['bankLines'][number];

/** What the bank said about a payment. Where that does not fit it comes first, and why: it must not read as if it were paid. */
const Said = ({ line, itemId, currency }: { line: BankLine; itemId: string; currency: string }) => {
  const translate = useTranslate();
  const reason = useReason(currency);
  const name = `${translate('bank.line')} ${line.lineNo}`;
  return (
    <Typography variant="body2" component="div" color="textSecondary">
      {mayDo('bank-lines', 'read') ? <Link to={filtered('bank-lines', { itemId })}>{name}</Link> : name}:{' '}
      {line.match === 'matched' ? null : <Word group="bank_match" value={line.match} />}{' '}
      <Word plain group="bank_status" value={line.status} /> · {line.bankRef || '–'} · <DateOnly value={line.bookedOn} /> ·{' '}
      <BankAmount line={line} currency={currency} /> · <Word plain group="bank_line_state" value={line.state} />
      {line.reason ? ` · ${line.reason}` : null}
      {line.why ? ` · ${reason(line.why)}` : null}
    </Typography>
  );
};

/** A payment and what the bank said about it; the same on the page of a statement and in the explanation of a line. */
export const Payment = ({ payout, currency }: { payout: Payout; currency: string }) => {
  const translate = useTranslate();
  const amount = <Money minor={payout.amountMinor} currency={currency} strong />;
  return (
    <Box>
      <Word group="payout_item_state" value={payout.state} />{' '}
      {mayDo('payouts', 'read') ? <Link to={`/payouts/${payout.payoutId}/show`}>{amount}</Link> : amount}
      {payout.taxMinor === 0 ? null : (
        <>
          {' '}
          · {translate('payout.gross')} <Money minor={payout.grossMinor} currency={currency} /> · {translate('payout.tax')}{' '}
          <Money minor={payout.taxMinor} currency={currency} />
        </>
      )}
      {payout.bankLines.map((line) => (
        <Said key={line.id} line={line} itemId={payout.id} currency={currency} />
      ))}
    </Box>
  );
};

/** How a statement is paid: each attempt, from the batch to the line of the bank. */
export const StatementPayments = ({ statementId }: { statementId: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<WhyStatement>('distribution', `statements/${statementId}/why`);
  return (
    <Loaded query={query}>
      {({ payouts, statement }) => (
        <Box sx={{ display: 'grid', gap: 1.5 }} data-testid="payments">
          {payouts.length === 0 ? <Quiet>{translate(`statement.unpaid.${statement.outcome}`)}</Quiet> : null}
          {payouts.map((payout) => (
            <Payment key={payout.id} payout={payout} currency={statement.currency} />
          ))}
        </Box>
      )}
    </Loaded>
  );
};
