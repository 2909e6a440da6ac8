import { Alert } from '@mui/material';
import { partnerType, type WithholdingRuleInput } from '@concentric/contracts';
import { Create, required, SelectArrayInput, SimpleForm, TextInput, useTranslate } from 'react-admin';
import { isExact, readExact } from '../money/typed';
import { useWordChoices } from '../pages/choices';
import { PageHead } from '../pages/PageHead';
import { FormProblems } from '../problem/FormProblems';
import { useBrand } from '../providers/brand';

type Figure = 'exemptMinor' | 'deductMinor' | 'ratePpm';
type WithholdingForm = Omit<WithholdingRuleInput, Figure> & Record<Figure, string>;

const percent = (text: string) => (isExact(text) ? undefined : 'plan.not_percent');

/** Proposes what is withheld from a date on; somebody else puts it in force. */
export const WithholdingCreate = () => {
  const translate = useTranslate();
  const brand = useBrand();
  const types = useWordChoices('partner_type', partnerType.options);
  if (!brand) return null;
  const { currency } = brand;
  const amount = (text: string) => (isExact(text, currency) ? undefined : 'plan.not_amount');
  const inputOf = (form: WithholdingForm) => ({
    ...form,
    exemptMinor: readExact(form.exemptMinor, currency),
    deductMinor: readExact(form.deductMinor, currency),
    ratePpm: readExact(form.ratePpm),
  });
  return (
    <>
      <PageHead title="withholding.propose" intro="intro.withholding_propose" />
      <Create redirect="list" title={false} transform={inputOf} sx={{ maxWidth: 760 }}>
        <SimpleForm defaultValues={{ currency, exemptMinor: '0', deductMinor: '0' }}>
          <SelectArrayInput source="partnerTypes" choices={types} validate={required()} fullWidth />
          <TextInput source="validFrom" type="date" validate={required()} slotProps={{ inputLabel: { shrink: true } }} fullWidth />
          <TextInput source="exemptMinor" validate={[required(), amount]} helperText="withholding.exempt_help" fullWidth />
          <TextInput source="deductMinor" validate={[required(), amount]} helperText="withholding.deduct_help" fullWidth />
          <TextInput source="ratePpm" validate={[required(), percent]} helperText="withholding.rate_help" fullWidth />
          <TextInput source="reason" validate={required()} multiline minRows={2} fullWidth />
          <Alert severity="info" sx={{ width: '100%', mt: 2 }}>
            {translate('proposal.somebody_else')}
          </Alert>
          <FormProblems />
        </SimpleForm>
      </Create>
    </>
  );
};
