import { Box } from '@mui/material';
import { useLocale } from 'react-admin';
import { Money } from '../fields/fields';
import { formatCount } from '../money/format';
import { Fact, Facts } from '../pages/Section';
import type { Effect } from './effect';

/** What a decision brings about, before it is taken. */
export const EffectPreview = ({ effects }: { effects: readonly Effect[] }) => {
  const locale = useLocale();
  return (
    <Box sx={{ mb: 2 }} data-testid="effect">
      {effects.map(({ currency, pay, carry }) => (
        <Facts key={currency}>
          <Fact label="review.effect.pay">
            {formatCount(pay.statements, locale)} · <Money minor={pay.netMinor} currency={currency} strong />
          </Fact>
          <Fact label="review.effect.tax">
            <Money minor={pay.taxMinor} currency={currency} />
          </Fact>
          <Fact label="review.effect.carry">
            {formatCount(carry.statements, locale)} · <Money minor={carry.netMinor} currency={currency} />
          </Fact>
        </Facts>
      ))}
    </Box>
  );
};
