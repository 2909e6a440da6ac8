import type { IndicatorValues } from '@concentric/contracts';
import { useTheme } from '@mui/material';
import { BarChart } from '@mui/x-charts/BarChart';
import { LineChart } from '@mui/x-charts/LineChart';
import { useLocale, useTranslate } from 'react-admin';
import { formatMoney, formatMoneyShort, formatPeriod, formatRatio } from '../money/format';

/** Months as bars (amounts) or as a line (ratios). A month without data is a gap, never a zero. */
const Chart = ({ values }: { values: IndicatorValues }) => {
  const { palette } = useTheme();
  const locale = useLocale();
  const translate = useTranslate();
  const months = values.rows.map((row) => formatPeriod(row.from.slice(0, 7), locale));
  const data = values.rows.map((row) => row.value);
  const ratio = values.unit === 'ratio';
  const short = (value: number | null) =>
    value === null ? '' : ratio ? formatRatio(value, locale) : formatMoneyShort(value, values.currency, locale);
  const full = (value: number | null) =>
    value === null ? translate('indicator.no_data') : ratio ? formatRatio(value, locale) : formatMoney(value, values.currency, locale);
  const common = {
    height: 240,
    margin: { left: 8, right: 40, top: 16, bottom: 8 },
    colors: [palette.primary.main],
    xAxis: [{ scaleType: 'band' as const, data: months }],
    // From zero, so that a small change does not look like a large one.
    yAxis: [{ valueFormatter: short, width: 72, tickNumber: 5, min: Math.min(0, ...data.map((value) => value ?? 0)) }],
    grid: { horizontal: true },
    hideLegend: true,
  };
  if (ratio) {
    const line = { ...common, xAxis: [{ scaleType: 'point' as const, data: months }] };
    return <LineChart {...line} series={[{ data, valueFormatter: full, connectNulls: false, curve: 'linear' }]} />;
  }
  return <BarChart {...common} series={[{ data, valueFormatter: full }]} />;
};

export default Chart;
