import More from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Alert, Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { rateText } from '@concentric/money';
import { useLocaleState, useTranslate } from 'react-admin';
import { DateOnly, Money, Word } from '../fields/fields';
import { formatMoney } from '../money/format';
import { Loaded } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import type { WhyStatement } from '../providers/rows';
import { belowZero } from './below-zero';
import { FigureDocuments } from './FigureDocuments';

type Part = WhyStatement['parts'][number];

/** Those that the net amount is made of, with the sign that each has in it; the others move the account. */
const NET: Partial<Record<Part['figure'], '+' | '−'>> = {
  carriedIn: '+',
  earned: '+',
  reversed: '−',
  adjusted: '+',
  writtenOff: '−',
};

/** A figure of nothing, made of nothing, only takes the place of the others. */
const saysSomething = ({ figureMinor, documentsMinor, documents }: Part): boolean =>
  figureMinor !== 0 || documentsMinor !== 0 || documents > 0;

const Line = ({ sign, label, strong, children }: { sign?: string; label: string; strong?: boolean; children: ReactNode }) => (
  <Box sx={{ display: 'flex', gap: 1, width: '100%', alignItems: 'baseline', fontWeight: strong ? 600 : undefined }}>
    <Box sx={{ width: 16, textAlign: 'center' }} aria-hidden>
      {sign}
    </Box>
    <Box sx={{ flexGrow: 1 }}>{label}</Box>
    <Box>{children}</Box>
  </Box>
);

const Figure = ({ why, part }: { why: WhyStatement; part: Part }) => {
  const translate = useTranslate();
  const { currency } = why.statement;
  return (
    <Accordion
      disableGutters
      variant="outlined"
      slotProps={{ transition: { unmountOnExit: true } }}
      sx={{ border: 0, borderBottom: 1, borderColor: 'divider', '&::before': { display: 'none' } }}
    >
      <AccordionSummary expandIcon={<More />} sx={{ px: 0, font: 'inherit' }}>
        <Line sign={NET[part.figure]} label={translate(`statement.figure.${part.figure}`)}>
          <Typography component="span" variant="caption" color="textSecondary" sx={{ mr: 2 }}>
            {translate('statement.documents', { smart_count: part.documents })}
          </Typography>
          <Money minor={part.figureMinor} currency={currency} />
        </Line>
      </AccordionSummary>
      <AccordionDetails sx={{ px: { xs: 0, md: 3 } }}>
        {part.documentsMinor === part.figureMinor ? null : (
          <Alert severity="error" sx={{ mb: 1 }}>
            {translate('statement.disagrees')} <Money minor={part.documentsMinor} currency={currency} />
          </Alert>
        )}
        <FigureDocuments why={why} figure={part.figure} />
      </AccordionDetails>
    </Accordion>
  );
};

/** By which rule a statement's tax comes about. */
const TaxRule = ({ why: { taxRule, statement } }: { why: WhyStatement }) => {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  if (!taxRule) return null;
  const amount = (minor: number) => formatMoney(minor, statement.currency, locale);
  return (
    <Typography variant="caption" color="textSecondary" component="div" sx={{ pl: 3 }}>
      {translate('why.tax_rule', {
        rate: rateText(taxRule.ratePpm),
        deduct: amount(taxRule.deductMinor),
        exempt: amount(taxRule.exemptMinor),
      })}{' '}
      <DateOnly value={taxRule.validFrom} />
    </Typography>
  );
};

/** Somebody whose account is above zero wonders about a statement below it. */
const BelowZero = ({ statement }: { statement: WhyStatement['statement'] }) => {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const why = belowZero(statement);
  if (!why) return null;
  return (
    <Alert severity="info" sx={{ mt: 1 }} data-testid="below-zero">
      {translate(`statement.below_zero.${why}`, { amount: formatMoney(statement.carriedInMinor, statement.currency, locale) })}
    </Alert>
  );
};

/** How a statement comes to its amount: every figure opens to the rows that it is the sum of. */
export const StatementFigures = ({ statementId }: { statementId: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<WhyStatement>('distribution', `statements/${statementId}/why`);
  return (
    <Loaded query={query}>
      {(why) => {
        const { statement } = why;
        const money = (minor: number, strong = false) => <Money minor={minor} currency={statement.currency} strong={strong} />;
        const figures = (ofNet: boolean) =>
          why.parts
            .filter((part) => part.figure in NET === ofNet && saysSomething(part))
            .map((part) => <Figure key={part.figure} why={why} part={part} />);
        return (
          <Box data-testid="figures">
            {figures(true)}
            <Box sx={{ py: 1.5, pr: 4 }}>
              <Line sign="=" label={translate('statement.net')} strong>
                {money(statement.netMinor, true)}
              </Line>
              {statement.taxMinor === 0 && !why.taxRule ? null : (
                <Line sign="−" label={translate('statement.tax')}>
                  {money(statement.taxMinor)}
                </Line>
              )}
              <TaxRule why={why} />
              <Line label={translate('statement.outcome')}>
                <Word plain group="outcome" value={statement.outcome} />
              </Line>
              <BelowZero statement={statement} />
            </Box>
            <Typography variant="subtitle2" component="h3" sx={{ mt: 2 }}>
              {translate('statement.account')}
            </Typography>
            <Box sx={{ py: 1, pr: 4 }}>
              <Line label={translate('statement.opening')}>{money(statement.openingMinor)}</Line>
            </Box>
            {figures(false)}
            <Box sx={{ py: 1, pr: 4 }}>
              <Line label={translate('statement.closing')} strong>
                {money(statement.closingMinor, true)}
              </Line>
            </Box>
          </Box>
        );
      }}
    </Loaded>
  );
};
