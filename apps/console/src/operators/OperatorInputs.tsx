import { roleCode, type DepartmentRow, type OperatorRow } from '@concentric/contracts';
import {
  BooleanInput,
  Create,
  Edit,
  FormDataConsumer,
  PasswordInput,
  ReferenceInput,
  SelectArrayInput,
  SelectInput,
  SimpleForm,
  TextInput,
  minLength,
  required,
  useLocale,
} from 'react-admin';
import { PartnerFilter } from '../partners/PartnerFilter';
import { useWordChoices } from '../pages/choices';
import { EditToolbar } from '../pages/EditToolbar';
import { Heading } from '../pages/Heading';
import { FormProblems } from '../problem/FormProblems';
import { useBrands } from '../providers/brand';

const Department = () => {
  const zh = useLocale().startsWith('zh');
  return (
    <ReferenceInput source="departmentId" reference="departments">
      <SelectInput optionText={(row: DepartmentRow) => (zh ? row.name.zh : row.name.en)} fullWidth />
    </ReferenceInput>
  );
};

const Inputs = ({ editing }: { editing?: boolean }) => {
  const scopes = useWordChoices('scope', ['all', 'partner', 'none']);
  const brands = useBrands().map(({ brandId, name }) => ({ id: brandId, name }));
  const ownPassword = [minLength(12)];
  return (
    <>
      <Heading />
      <TextInput source="name" validate={required()} disabled={editing} fullWidth />
      <TextInput source="displayName" validate={required()} fullWidth />
      <PasswordInput
        source="password"
        validate={editing ? ownPassword : [required(), ...ownPassword]}
        helperText={editing ? 'operator.password_edit' : 'operator.password_help'}
        autoComplete="new-password"
        fullWidth
      />
      <SelectArrayInput source="roles" choices={useWordChoices('operator_role', roleCode.options)} validate={required()} fullWidth />
      <SelectArrayInput
        source="brands"
        choices={brands}
        helperText="operator.brands_help"
        format={listOnly}
        parse={allWhenEmpty}
        fullWidth
      />
      <SelectInput source="scope.kind" label="operator.scope" choices={scopes} validate={required()} fullWidth />
      <FormDataConsumer<OperatorRow>>
        {({ formData }) => (formData.scope?.kind === 'partner' ? <PartnerFilter source="scope.partnerId" /> : null)}
      </FormDataConsumer>
      <Department />
      {editing ? <BooleanInput source="disabled" helperText="operator.disabled_help" /> : null}
      <FormProblems />
    </>
  );
};

const listOnly = (brands: OperatorRow['brands'] | undefined) => (Array.isArray(brands) ? brands : []);
const allWhenEmpty = (chosen: string[]) => (chosen.length === 0 ? 'all' : chosen);

/** A scope carries a partner only when it is one partner's. */
const tidied = (data: Partial<OperatorRow>) => ({
  ...data,
  ...(data.scope?.kind !== 'partner' && data.scope ? { scope: { kind: data.scope.kind } } : {}),
});

export const OperatorCreate = () => (
  <Create redirect="list" transform={tidied} sx={{ maxWidth: 720 }}>
    <SimpleForm defaultValues={{ brands: 'all', scope: { kind: 'all' }, roles: [], departmentId: null }}>
      <Inputs />
    </SimpleForm>
  </Create>
);

export const OperatorEdit = () => (
  <Edit mutationMode="pessimistic" transform={tidied} actions={false} sx={{ maxWidth: 720 }}>
    <SimpleForm toolbar={<EditToolbar />}>
      <Inputs editing />
    </SimpleForm>
  </Edit>
);
