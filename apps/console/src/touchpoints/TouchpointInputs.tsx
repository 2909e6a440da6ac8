import { BooleanInput, Create, Edit, NumberInput, SelectInput, SimpleForm, TextInput, required } from 'react-admin';
import { useWordChoices } from '../pages/choices';
import { EditToolbar } from '../pages/EditToolbar';
import { Heading } from '../pages/Heading';
import { DOMAINS } from './TouchpointList';
import { FormProblems } from '../problem/FormProblems';

const Inputs = ({ editing }: { editing?: boolean }) => (
  <>
    <Heading />
    <TextInput source="code" validate={required()} disabled={editing} fullWidth />
    <TextInput source="name" validate={required()} fullWidth />
    <SelectInput source="domain" choices={useWordChoices('domain', DOMAINS)} validate={required()} fullWidth />
    <NumberInput source="priority" min={0} max={10000} defaultValue={100} helperText="touchpoint.priority_help" fullWidth />
    {editing ? <BooleanInput source="retired" helperText="touchpoint.retired_help" /> : null}
    <FormProblems />
  </>
);

export const TouchpointCreate = () => (
  <Create redirect="list" sx={{ maxWidth: 640 }}>
    <SimpleForm>
      <Inputs />
    </SimpleForm>
  </Create>
);

export const TouchpointEdit = () => (
  <Edit mutationMode="pessimistic" actions={false} sx={{ maxWidth: 640 }}>
    <SimpleForm toolbar={<EditToolbar />}>
      <Inputs editing />
    </SimpleForm>
  </Edit>
);
