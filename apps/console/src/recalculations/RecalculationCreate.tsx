import { Alert } from '@mui/material';
import { Create, minLength, required, SelectInput, SimpleForm, TextInput, useGetList, useTranslate } from 'react-admin';
import { PageHead } from '../pages/PageHead';
import { FormProblems } from '../problem/FormProblems';
import type { PlanRow } from '../providers/rows';

/** Asks what a plan version would have given for orders of the past. */
export const RecalculationCreate = () => {
  const translate = useTranslate();
  const { data: plans } = useGetList<PlanRow>('plans');
  if (!plans) return null;
  const choices = plans.map(({ id, name, version }) => ({
    id,
    name: `${name} · ${translate('why.version', { version })}`,
  }));
  const date = { type: 'date', validate: required(), slotProps: { inputLabel: { shrink: true } }, fullWidth: true };
  return (
    <>
      <PageHead title="recalculation.propose" intro="intro.recalculation_propose" />
      <Create redirect="show" title={false} sx={{ maxWidth: 760 }}>
        <SimpleForm>
          <SelectInput source="planVersionId" choices={choices} validate={required()} fullWidth />
          <TextInput source="from" {...date} />
          <TextInput source="to" {...date} />
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
