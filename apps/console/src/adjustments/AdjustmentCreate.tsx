import { Alert } from '@mui/material';
import { adjustmentKind, type AdjustmentInput } from '@concentric/contracts';
import { Create, FormDataConsumer, minLength, regex, required, SelectInput, SimpleForm, TextInput, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { isExact, readExact } from '../money/typed';
import { useWordChoices } from '../pages/choices';
import { PageHead } from '../pages/PageHead';
import { PartnerFilter } from '../partners/PartnerFilter';
import { FormProblems } from '../problem/FormProblems';
import { useBrand } from '../providers/brand';

const PERIOD = regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'adjustment.not_period');

interface AdjustmentForm extends Omit<AdjustmentInput, 'amountMinor'> {
  amount: string;
}

/** As the service takes it; what was left empty is left out. */
const inputOf = ({ amount, ...form }: AdjustmentForm, currency: string) => ({
  ...Object.fromEntries(Object.entries(form).filter(([, value]) => value !== null && value !== '')),
  amountMinor: readExact(amount, currency),
});

/** Proposes to correct what a partner is owed, or to give up what is carried. Links may name partner, statement and line. */
export const AdjustmentCreate = () => {
  const translate = useTranslate();
  const brand = useBrand();
  const kinds = useWordChoices('adjustment_kind', adjustmentKind.options);
  const [named] = useSearchParams();
  if (!brand) return null;
  const exact = (text: string) => (isExact(text, brand.currency, true) ? undefined : 'adjustment.not_amount');
  const given = Object.fromEntries(
    ['partnerId', 'statementId', 'lineId', 'originPeriod'].flatMap((name) => {
      const value = named.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return (
    <>
      <PageHead title="adjustment.propose" intro="intro.adjustment_propose" />
      <Create redirect="list" title={false} transform={(form: AdjustmentForm) => inputOf(form, brand.currency)} sx={{ maxWidth: 760 }}>
        <SimpleForm defaultValues={{ kind: 'adjust', ...given }}>
          <PartnerFilter source="partnerId" validate={required()} />
          <SelectInput source="kind" choices={kinds} validate={required()} fullWidth />
          <FormDataConsumer<AdjustmentForm>>
            {({ formData }) => (
              <TextInput
                source="amount"
                label={translate('adjustment.amount_in', { currency: brand.currency })}
                validate={[required(), exact]}
                helperText={`adjustment.sign.${formData.kind}`}
                fullWidth
              />
            )}
          </FormDataConsumer>
          <TextInput source="originPeriod" placeholder="2026-01" validate={PERIOD} helperText="adjustment.origin_help" fullWidth />
          <TextInput source="reason" validate={[required(), minLength(5)]} multiline minRows={2} fullWidth />
          <Alert severity="info" sx={{ width: '100%', mt: 2 }}>
            {translate('proposal.somebody_else')}
          </Alert>
          <FormProblems />
        </SimpleForm>
      </Create>
    </>
  );
};
