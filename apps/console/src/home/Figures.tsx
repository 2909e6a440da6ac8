import type { IndicatorKey, IndicatorValues } from '@concentric/contracts';
import { Box, Skeleton, Typography } from '@mui/material';
import { Link, useLocale, useTranslate } from 'react-admin';
import { IndicatorName, useValueText } from '../indicators/IndicatorValue';
import { useLatestYear } from '../indicators/useLatestYear';
import { formatPeriod } from '../money/format';
import { Section } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { queryOf } from '../providers/dataProvider';

const Figure = ({ indicator, from, to, small }: { indicator: IndicatorKey; from: string; to: string; small?: boolean }) => {
  const text = useValueText();
  const { data } = useBrandApi<IndicatorValues>('indicators', `values?${queryOf({ key: indicator, granularity: 'total', from, to })}`);
  const row = data?.rows[0];
  const missing = data !== undefined && row?.value == null;
  return (
    <Box sx={{ mb: 2 }}>
      <Typography variant="body2" color="textSecondary" component="div">
        <IndicatorName indicator={indicator} version={data?.version} />
      </Typography>
      <Box
        sx={{
          fontSize: missing ? '1rem' : small ? '1.15rem' : '2.1rem',
          fontWeight: missing ? 400 : 650,
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        {data ? text(row, data) : <Skeleton width={120} />}
      </Box>
    </Box>
  );
};

/** Quality and profit first and large; quantity smaller and below. */
export const Figures = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const year = useLatestYear();
  return (
    <Section title="home.figures" aside={<Link to="/board">{translate('home.figures_more')}</Link>}>
      {year ? (
        <>
          <Typography variant="caption" color="textSecondary" component="div" sx={{ mb: 1.5 }}>
            {translate('home.figures_of', {
              from: formatPeriod(year.firstPeriod, locale),
              to: formatPeriod(year.lastPeriod, locale),
            })}
          </Typography>
          <Figure indicator="effective_commission_rate" from={year.from} to={year.to} />
          <Figure indicator="net_sales_amount" from={year.from} to={year.to} small />
        </>
      ) : (
        <Skeleton height={120} />
      )}
    </Section>
  );
};
