import {
  ArrayInput,
  BooleanInput,
  Create,
  Edit,
  NumberInput,
  SelectInput,
  SimpleForm,
  SimpleFormIterator,
  TextInput,
  required,
} from 'react-admin';
import { EditToolbar } from '../pages/EditToolbar';
import { Heading } from '../pages/Heading';
import { FormProblems } from '../problem/FormProblems';

const RINGS = [1, 2, 3, 4].map((id) => ({ id, name: `department.ring_${id}` }));

/** A whole sentence has to be readable in it. */
const DUTY = { width: { xs: '100%', sm: 290 } };

const Inputs = ({ editing }: { editing?: boolean }) => (
  <>
    <Heading />
    <TextInput source="code" validate={required()} disabled={editing} fullWidth />
    <TextInput source="name.zh" label="department.name_zh" validate={required()} fullWidth />
    <TextInput source="name.en" label="department.name_en" validate={required()} fullWidth />
    <SelectInput source="ring" choices={RINGS} validate={required()} helperText="department.ring_help" fullWidth />
    <NumberInput source="position" defaultValue={100} min={0} max={1000} fullWidth />
    <NumberInput source="staff" defaultValue={0} min={0} helperText="department.staff_help" fullWidth />
    <BooleanInput source="emphasis" defaultValue={false} helperText="department.emphasis_help" />
    <ArrayInput source="duties" defaultValue={[]}>
      <SimpleFormIterator inline>
        <TextInput source="zh" label="department.name_zh" validate={required()} helperText={false} sx={DUTY} />
        <TextInput source="en" label="department.name_en" validate={required()} helperText={false} sx={DUTY} />
      </SimpleFormIterator>
    </ArrayInput>
    <FormProblems />
  </>
);

export const DepartmentCreate = () => (
  <Create redirect="list" sx={{ maxWidth: 720 }}>
    <SimpleForm>
      <Inputs />
    </SimpleForm>
  </Create>
);

export const DepartmentEdit = () => (
  <Edit mutationMode="pessimistic" actions={false} sx={{ maxWidth: 720 }}>
    <SimpleForm toolbar={<EditToolbar />}>
      <Inputs editing />
    </SimpleForm>
  </Edit>
);
