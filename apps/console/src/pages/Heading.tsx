import { Typography } from '@mui/material';
import { useGetResourceLabel, useResourceContext } from 'react-admin';

/** The app bar shows the title of a list or form to the eye; a screen reader is given it as the heading of the page. */
export const Heading = () => {
  const resource = useResourceContext();
  const labelOf = useGetResourceLabel();
  return (
    <Typography component="h1" sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}>
      {resource ? labelOf(resource, 2) : null}
    </Typography>
  );
};
