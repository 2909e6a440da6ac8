import { Alert } from '@mui/material';
import { partnerType } from '@concentric/contracts';
import {
  Create,
  FormDataConsumer,
  Link,
  maxLength,
  regex,
  SaveButton,
  SelectInput,
  SimpleForm,
  TextInput,
  Toolbar,
  useLocale,
  useTranslate,
} from 'react-admin';
import { Money } from '../fields/fields';
import { formatCount } from '../money/format';
import { useWordChoices } from '../pages/choices';
import { PageHead } from '../pages/PageHead';
import { Fact, Facts, Loaded } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { FormProblems } from '../problem/FormProblems';
import { useBrand } from '../providers/brand';
import { queryOf } from '../providers/dataProvider';
import type { StatementTotals } from '../providers/rows';
import { DebtorNotice } from './DebtorNotice';

const PERIOD = /^\d{4}-(0[1-9]|1[0-2])$/;

interface PayoutForm {
  period?: string;
  partnerType?: string;
  note?: string;
}

/** What the batch would hold now, as the service adds it up. */
const Preview = ({ form, currency }: { form: PayoutForm; currency: string }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const period = PERIOD.test(form.period ?? '') ? form.period : undefined;
  const query = useBrandApi<{ totals: StatementTotals[] }>(
    'distribution',
    `statements?${queryOf({ state: 'PAYABLE', period, type: form.partnerType, limit: 1 })}`,
  );
  return (
    <Loaded query={query}>
      {({ totals }) => {
        const total = totals.find((one) => one.currency === currency);
        if (!total) {
          return (
            <Alert severity="info" sx={{ width: '100%' }}>
              {translate('payout.nothing_payable')}{' '}
              <Link to={`/statements?filter=${encodeURIComponent('{"state":"CONFIRMED"}')}`}>{translate('payout.see_confirmed')}</Link>
            </Alert>
          );
        }
        return (
          <Alert severity="info" icon={false} sx={{ width: '100%', '& .MuiAlert-message': { width: '100%' } }}>
            <Facts>
              <Fact label="payout.items">{formatCount(total.statements, locale)}</Fact>
              <Fact label="payout.gross">
                <Money minor={total.netMinor} currency={currency} />
              </Fact>
              <Fact label="payout.tax">
                <Money minor={total.taxMinor} currency={currency} />
              </Fact>
              <Fact label="payout.amount">
                <Money minor={total.netMinor - total.taxMinor} currency={currency} strong />
              </Fact>
            </Facts>
            {translate('payout.prepare_effect')}
          </Alert>
        );
      }}
    </Loaded>
  );
};

/** Prepares a batch from statements that are to be paid. Empty fields: all of them. */
export const PayoutCreate = () => {
  const translate = useTranslate();
  const brand = useBrand();
  const types = useWordChoices('partner_type', partnerType.options);
  if (!brand) return null;
  const { currency } = brand;
  const inputOf = ({ period, partnerType: type, note }: PayoutForm) => ({
    currency,
    filter: { ...(period ? { period } : {}), ...(type ? { partnerType: type } : {}) },
    note: note ?? '',
  });
  return (
    <>
      <PageHead title="payout.prepare" intro="intro.payout_prepare" />
      <Create redirect="show" title={false} transform={inputOf} sx={{ maxWidth: 760 }}>
        <SimpleForm
          toolbar={
            <Toolbar>
              <SaveButton label="payout.prepare" alwaysEnable />
            </Toolbar>
          }
        >
          <TextInput
            source="period"
            placeholder="2026-01"
            validate={regex(PERIOD, 'adjustment.not_period')}
            helperText={translate('payout.all_when_empty')}
            fullWidth
          />
          <SelectInput source="partnerType" choices={types} helperText={translate('payout.all_when_empty')} fullWidth />
          <TextInput source="note" validate={maxLength(500)} helperText="payout.note_help" fullWidth />
          <FormDataConsumer<PayoutForm>>{({ formData }) => <Preview form={formData} currency={currency} />}</FormDataConsumer>
          <DebtorNotice />
          <FormProblems />
        </SimpleForm>
      </Create>
    </>
  );
};
