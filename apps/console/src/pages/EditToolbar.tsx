import { SaveButton, Toolbar } from 'react-admin';

/** Nothing is deleted here, so there is only one button. */
export const EditToolbar = () => (
  <Toolbar>
    <SaveButton />
  </Toolbar>
);
