import { Alert, Box } from '@mui/material';
import { useEffect } from 'react';
import { useResourceContext, useTranslate } from 'react-admin';
import { useFormContext, useFormState, type FieldErrors } from 'react-hook-form';

interface Objection {
  field: string;
  code: string;
}

/** What the service objected to, out of the errors of a form, however deep. */
function objections(errors: FieldErrors, path = ''): Objection[] {
  return Object.entries(errors).flatMap(([name, error]) => {
    if (!error || typeof error !== 'object' || name === 'ref') return [];
    const { type, message } = error;
    if (type === 'server' && typeof message === 'string') return [{ field: path + name, code: message.replace('problem.', '') }];
    return objections(error as FieldErrors, `${path}${name}.`);
  });
}

/**
 * What the service objected to, with what to do about each, also where no single input is to blame. It goes with the
 * next change: until then the form would not be sent again.
 */
export const FormProblems = () => {
  const translate = useTranslate();
  const resource = useResourceContext();
  const { watch, clearErrors } = useFormContext();
  const found = objections(useFormState().errors);
  const isObjected = found.length > 0;
  useEffect(() => {
    if (!isObjected) return undefined;
    const subscription = watch(() => clearErrors());
    return () => subscription.unsubscribe();
  }, [isObjected, watch, clearErrors]);
  if (!isObjected) return null;
  const nameOf = (field: string) => {
    const [name = '', place = ''] = field.split('.');
    const own = translate(`resources.${resource}.fields.${field}`, { _: '' });
    if (own) return own;
    const label = translate(`resources.${resource}.fields.${name}`, { _: name });
    return /^\d+$/.test(place) ? `${label} ${Number(place) + 1}` : label;
  };
  return (
    <Alert severity="error" variant="outlined" sx={{ mt: 1, width: '100%' }}>
      {translate('problem.invalid_input')}
      <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
        {found.map(({ field, code }) => (
          <li key={field}>
            <strong>{nameOf(field)}</strong>: {translate(`problem.${code}`)} — {translate(`remedy.${code}`, { _: '' })}
          </li>
        ))}
      </Box>
    </Alert>
  );
};
