import Yes from '@mui/icons-material/Check';
import { Box, Chip, Typography, type ChipProps } from '@mui/material';
import { useFieldValue, useLocale, useRecordContext, useTranslate } from 'react-admin';
import { formatCount, formatDate, formatInstant, formatInstantDate, formatMoney, formatPeriod } from '../money/format';
import { useBrand } from '../providers/brand';
import { Opening } from './Opening';

export interface FieldProps {
  source: string;
  label?: string;
  textAlign?: 'left' | 'right';
  emptyText?: string;
}

const Nothing = () => (
  <Typography component="span" variant="body2" color="textDisabled">
    –
  </Typography>
);

/** Any amount on screen: tabular figures, the sign always visible, negative amounts told apart by more than colour. */
export const Money = ({ minor, currency, strong }: { minor: number | null | undefined; currency: string; strong?: boolean }) => {
  const locale = useLocale();
  if (minor == null) return <Nothing />;
  const sx = { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', fontWeight: strong ? 600 : undefined };
  return (
    <Box component="span" sx={{ ...sx, color: minor < 0 ? 'error.main' : undefined }}>
      {formatMoney(minor, currency, locale)}
    </Box>
  );
};

/** Amount of a record; its currency stands beside it in every row. */
export const MoneyField = ({ source }: FieldProps) => {
  const value = useFieldValue({ source }) as number | null;
  const record = useRecordContext<{ currency: string }>();
  return record ? <Money minor={value} currency={record.currency} /> : null;
};

const Time = ({ at, children }: { at: string; children: string }) => (
  <Box component="time" dateTime={at} sx={{ whiteSpace: 'nowrap' }}>
    {children}
  </Box>
);

export const Instant = ({ value }: { value: string | null | undefined }) => {
  const locale = useLocale();
  const brand = useBrand();
  if (!value || brand === undefined) return <Nothing />;
  return <Time at={value}>{formatInstant(value, brand?.zone ?? 'UTC', locale)}</Time>;
};

/** The day of an instant in the brand's zone, where the hour would be noise. */
export const Day = ({ value }: { value: string | null | undefined }) => {
  const locale = useLocale();
  const brand = useBrand();
  if (!value || brand === undefined) return <Nothing />;
  return <Time at={value}>{formatInstantDate(value, brand?.zone ?? 'UTC', locale)}</Time>;
};

export const DayField = ({ source }: FieldProps) => <Day value={useFieldValue({ source }) as string | null} />;

export const InstantField = ({ source }: FieldProps) => <Instant value={useFieldValue({ source }) as string | null} />;

/** A business date, which has no zone. */
export const DateOnly = ({ value }: { value: string | null | undefined }) => {
  const locale = useLocale();
  return value ? <Time at={value}>{formatDate(value, locale)}</Time> : <Nothing />;
};

export const DateOnlyField = ({ source }: FieldProps) => <DateOnly value={useFieldValue({ source }) as string | null} />;

export const Period = ({ value }: { value: string }) => <Time at={value}>{formatPeriod(value, useLocale())}</Time>;

export const PeriodField = ({ source }: FieldProps) => {
  const value = useFieldValue({ source }) as string | null;
  return value ? <Period value={value} /> : <Nothing />;
};

export const CountField = ({ source }: FieldProps) => {
  const locale = useLocale();
  const value = useFieldValue({ source }) as number | null;
  return value == null ? <Nothing /> : <>{formatCount(value, locale)}</>;
};

const TONES: Record<string, ChipProps['color']> = {
  completed: 'success',
  paid: 'success',
  applied: 'success',
  active: 'success',
  MATURED: 'success',
  APPROVED: 'success',
  CLOSED: 'success',
  SEALED: 'success',
  CONFIRMED: 'success',
  PAID: 'success',
  SETTLED: 'success',
  BOOKED: 'success',
  RESOLVED: 'success',
  matched: 'success',
  PUBLISHED: 'info',
  PAYABLE: 'info',
  IN_PAYOUT: 'info',
  SENT: 'info',
  PROPOSED: 'warning',
  SUBMITTED: 'warning',
  WAITING: 'warning',
  UNKNOWN: 'warning',
  PARKED: 'warning',
  PART_SETTLED: 'warning',
  unmatched: 'warning',
  DISPUTED: 'error',
  FAILED: 'error',
  RETURNED: 'error',
  conflict: 'error',
  IN_REVIEW: 'warning',
  waiting: 'warning',
  running: 'info',
  queued: 'info',
  CLOSING: 'info',
  held: 'error',
  failed: 'error',
  cancelled: 'error',
  REVERSED: 'error',
  REVERSE: 'error',
};

/** A word from a closed list, translated, with a tone that never stands alone. */
export const Word = ({ group, value, plain }: { group: string; value: string | null | undefined; plain?: boolean }) => {
  const translate = useTranslate();
  if (!value) return <Nothing />;
  const label = translate(`words.${group}.${value}`, { _: value });
  if (plain) return <>{label}</>;
  return <Chip size="small" variant="outlined" color={TONES[value] ?? 'default'} label={label} />;
};

export const WordField = ({ source, group, plain }: FieldProps & { group: string; plain?: boolean }) => (
  <Word group={group} plain={plain} value={useFieldValue({ source }) as string | null} />
);

/** The brand's own name for a channel, as it was declared. */
export const Channel = ({ value }: { value: string | null | undefined }) => {
  const brand = useBrand();
  if (!value) return <Nothing />;
  return <>{brand?.channels.find((channel) => channel.code === value)?.name ?? value}</>;
};

export const ChannelField = ({ source }: FieldProps) => <Channel value={useFieldValue({ source }) as string | null} />;

/** Free text of a record, a dash when there is none. */
export const PlainField = ({ source }: FieldProps) => {
  const value = useFieldValue({ source }) as string | null;
  return value == null || value === '' ? <Nothing /> : <>{value}</>;
};

/** Text of a record that opens its page. */
export const OpeningField = ({ source }: FieldProps) => <Opening>{useFieldValue({ source }) as string | null}</Opening>;

/** A tick for yes and a dash for no: a cross would read as if something were wrong. */
export const YesField = ({ source }: FieldProps) => {
  const translate = useTranslate();
  return useFieldValue({ source }) ? <Yes fontSize="small" titleAccess={translate('ra.boolean.true')} /> : <Nothing />;
};
