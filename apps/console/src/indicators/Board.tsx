import { Box, Card, CircularProgress, MenuItem, TextField } from '@mui/material';
import type { IndicatorKey, IndicatorValues } from '@concentric/contracts';
import { lazy, Suspense } from 'react';
import { FormDataConsumer, SimpleForm, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { useChannelChoices } from '../pages/choices';
import { PageHead } from '../pages/PageHead';
import { Loaded, Section } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { PartnerFilter } from '../partners/PartnerFilter';
import { mayDo } from '../providers/access';
import { useBrand } from '../providers/brand';
import { queryOf } from '../providers/dataProvider';
import { IndicatorName, useValueText } from './IndicatorValue';
import { ValueTable } from './ValueTable';
import { useLatestYear } from './useLatestYear';

const Chart = lazy(() => import('./Chart'));
const KEYS: IndicatorKey[] = ['effective_commission_rate', 'net_sales_amount'];

interface Cut {
  from: string;
  to: string;
  channel: string;
  partnerId: string;
}

const Total = ({ indicator, cut }: { indicator: IndicatorKey; cut: Cut }) => {
  const text = useValueText();
  const query = useBrandApi<IndicatorValues>('indicators', `values?${queryOf({ key: indicator, granularity: 'total', ...cut })}`);
  return (
    <Box sx={{ fontSize: '1.6rem', fontWeight: 650, fontVariantNumeric: 'tabular-nums' }}>
      <Loaded query={query}>{(values) => text(values.rows[0], values)}</Loaded>
    </Box>
  );
};

const Months = ({ indicator, cut }: { indicator: IndicatorKey; cut: Cut }) => {
  const query = useBrandApi<IndicatorValues>('indicators', `values?${queryOf({ key: indicator, granularity: 'month', ...cut })}`);
  return (
    <Loaded query={query}>
      {(values) => (
        <Suspense fallback={<CircularProgress size={24} />}>
          {values.rows.some((row) => row.value !== null) ? <Chart values={values} /> : null}
          <ValueTable values={values} />
        </Suspense>
      )}
    </Loaded>
  );
};

const PartnerChoice = ({ value, onChange }: { value: string; onChange: (partnerId: string) => void }) => (
  <SimpleForm defaultValues={{ partnerId: value }} toolbar={false} sx={{ p: '0 !important', minWidth: 260 }}>
    <PartnerFilter source="partnerId" />
    <FormDataConsumer<{ partnerId?: string }>>
      {({ formData }) => {
        const chosen = formData.partnerId ?? '';
        if (chosen !== value) queueMicrotask(() => onChange(chosen));
        return null;
      }}
    </FormDataConsumer>
  </SimpleForm>
);

export const Board = () => {
  const translate = useTranslate();
  const brand = useBrand();
  const channels = useChannelChoices();
  const [search, setSearch] = useSearchParams();
  const year = useLatestYear();
  if (!brand || !year) return <CircularProgress sx={{ m: 4 }} />;
  const cut: Cut = {
    from: search.get('from') ?? year.from,
    to: search.get('to') ?? year.to,
    channel: search.get('channel') ?? '',
    partnerId: search.get('partnerId') ?? '',
  };
  const change = (next: Partial<Cut>) => {
    setSearch(queryOf({ ...cut, ...next }), { replace: true });
  };
  const date = (name: 'from' | 'to') => (
    <TextField
      type="date"
      label={translate(`board.${name}`)}
      value={cut[name]}
      onChange={(event) => event.target.value && change({ [name]: event.target.value })}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
  return (
    <>
      <PageHead title="board.title" intro="intro.board" />
      <Card sx={{ p: 2, mt: 3, display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'center' }}>
        {date('from')}
        {date('to')}
        <TextField
          select
          label={translate('board.channel')}
          value={cut.channel}
          onChange={(event) => change({ channel: event.target.value })}
          slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
          sx={{ minWidth: 160 }}
        >
          <MenuItem value="">{translate('board.every_channel')}</MenuItem>
          {channels.map((channel) => (
            <MenuItem key={channel.id} value={channel.id}>
              {channel.name}
            </MenuItem>
          ))}
        </TextField>
        {mayDo('partners', 'list') ? <PartnerChoice value={cut.partnerId} onChange={(partnerId) => change({ partnerId })} /> : null}
      </Card>
      <Box sx={{ display: 'grid', gap: 3, mt: 3 }}>
        {KEYS.map((indicator) => (
          <Section key={indicator} title={`indicator.${indicator}`} heading={<IndicatorName indicator={indicator} />}>
            <Total indicator={indicator} cut={cut} />
            <Months indicator={indicator} cut={cut} />
          </Section>
        ))}
      </Box>
    </>
  );
};
