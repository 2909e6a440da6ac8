import { Alert } from '@mui/material';
import { Create, maxLength, regex, required, SimpleForm, TextInput, useGetList, useTranslate } from 'react-admin';
import { PageHead } from '../pages/PageHead';
import { FormProblems } from '../problem/FormProblems';
import { useBrand } from '../providers/brand';
import type { PlanRow } from '../providers/rows';
import { isExact } from '../money/typed';
import { inputOf, type PlanForm } from './plan-form';
import { RuleInputs } from './RuleInputs';

const CODE = regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'plan.code_help');
const percent = (text: string) => (isExact(text) ? undefined : 'plan.not_percent');

/** Writes a plan, or the next version of one, as a draft that somebody else puts in force. */
export const PlanCreate = () => {
  const translate = useTranslate();
  const brand = useBrand();
  const { data: plans } = useGetList<PlanRow>('plans');
  if (!brand || !plans) return null;
  const roles = plans.flatMap(({ rules }) => rules.map(({ role }) => role));
  return (
    <>
      <PageHead title="plan.write" intro="intro.plan_write" />
      <Create redirect="list" title={false} transform={(form: PlanForm) => inputOf(form, brand.currency)} sx={{ maxWidth: 1200 }}>
        <SimpleForm>
          <TextInput source="code" validate={[required(), CODE]} helperText="plan.code_help" fullWidth />
          <TextInput source="name" validate={[required(), maxLength(100)]} fullWidth />
          <TextInput
            source="validFrom"
            type="datetime-local"
            validate={required()}
            helperText={translate('plan.starts_help', { zone: brand.zone })}
            slotProps={{ inputLabel: { shrink: true } }}
            sx={{ width: 320 }}
          />
          <TextInput source="budgetPpm" validate={[required(), percent]} helperText="plan.budget_help" sx={{ width: 320 }} />
          <RuleInputs roles={roles} />
          <Alert severity="info" sx={{ width: '100%', mt: 2 }}>
            {translate('plan.two_people')}
          </Alert>
          <FormProblems />
        </SimpleForm>
      </Create>
    </>
  );
};
