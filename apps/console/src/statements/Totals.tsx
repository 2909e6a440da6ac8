import { Box, Card } from '@mui/material';
import { useListContext, useLocale, useTranslate } from 'react-admin';
import { Money } from '../fields/fields';
import { formatCount } from '../money/format';
import { Fact, Facts, Quiet } from '../pages/Section';
import type { StatementTotals } from '../providers/rows';

/** Totals of everything the filter matches, as the service adds them up: the figures that the sum is made of stand before it. */
export const Totals = () => {
  const { meta, filterValues } = useListContext();
  const translate = useTranslate();
  const locale = useLocale();
  const totals = (meta?.totals ?? []) as StatementTotals[];
  return (
    <>
      {totals.map((total) => (
        <Card key={total.currency} sx={{ p: 2, mb: 2 }} data-testid="totals">
          <Facts>
            <Fact label="review.statements">{formatCount(total.statements, locale)}</Fact>
            <Fact label="statement.carried_in">
              <Money minor={total.carriedInMinor} currency={total.currency} />
            </Fact>
            <Fact label="statement.earned">
              <Money minor={total.earnedMinor} currency={total.currency} />
            </Fact>
            <Fact label="statement.reversed">
              <Money minor={total.reversedMinor} currency={total.currency} />
            </Fact>
            <Fact label="statement.adjusted">
              <Money minor={total.adjustedMinor} currency={total.currency} />
            </Fact>
            <Fact label="statement.figure.writtenOff">
              <Money minor={total.writtenOffMinor} currency={total.currency} />
            </Fact>
            <Fact label="review.net_sum">
              <Box component="span" sx={{ fontSize: '1.15rem' }}>
                <Money minor={total.netMinor} currency={total.currency} strong />
              </Box>
            </Fact>
            <Fact label="statement.tax">
              <Money minor={total.taxMinor} currency={total.currency} />
            </Fact>
          </Facts>
          {filterValues['period'] ? null : <Quiet>{translate('review.carried_hint')}</Quiet>}
        </Card>
      ))}
    </>
  );
};
