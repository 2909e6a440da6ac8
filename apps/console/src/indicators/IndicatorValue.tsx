import { Box, Tooltip, Typography } from '@mui/material';
import type { IndicatorDefinition, IndicatorRow, IndicatorValues } from '@concentric/contracts';
import { useLocale, useTranslate } from 'react-admin';
import { formatMoney, formatRatio } from '../money/format';
import { useBrandApi } from '../pages/useApi';

export const useDefinitions = (enabled = true) =>
  useBrandApi<{ definitions: IndicatorDefinition[] }>('indicators', 'definitions', { enabled }).data?.definitions;

/** A value as text, or why there is none. */
export function useValueText(): (row: IndicatorRow | undefined, values: IndicatorValues) => string {
  const locale = useLocale();
  const translate = useTranslate();
  return (row, values) => {
    if (!row || row.value === null)
      return translate('indicator.no_data_because', {
        reason: translate(`words.null_reason.${row?.reason ?? 'no_data'}`),
      });
    return values.unit === 'ratio' ? formatRatio(row.value, locale) : formatMoney(row.value, values.currency, locale);
  };
}

interface NamedProps {
  indicator: string;
  version?: number;
}

/** The indicator's name; definition and version are one hover, or one focus, away. */
export const IndicatorName = ({ indicator, version }: NamedProps) => {
  const translate = useTranslate();
  const zh = useLocale().startsWith('zh');
  const definitions = useDefinitions();
  const definition = definitions?.find((entry) => entry.key === indicator && (version === undefined || entry.version === version));
  if (!definition) return <>{translate(`indicator.${indicator}`)}</>;
  const tip = (
    <Box sx={{ p: 0.5 }}>
      <Typography variant="body2">{definition.formula}</Typography>
      <Typography variant="caption">
        {definition.key} · {translate('why.version', { version: definition.version })}
      </Typography>
    </Box>
  );
  return (
    <Tooltip title={tip} arrow>
      <Box component="span" tabIndex={0} sx={{ borderBottom: '1px dotted', borderColor: 'text.disabled', cursor: 'help' }}>
        {zh ? definition.name.zh : definition.name.en}
      </Box>
    </Tooltip>
  );
};
