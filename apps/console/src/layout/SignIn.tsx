import { Box, Button, Card, FormControl, InputLabel, MenuItem, OutlinedInput, Select, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useLocaleState, useLocales, useLogin, useTranslate } from 'react-admin';
import { problemText } from '../problem/problem';
import { Rings } from './Rings';

const Field = ({ name, type }: { name: 'username' | 'password'; type: string }) => {
  const translate = useTranslate();
  return (
    <FormControl fullWidth>
      <InputLabel htmlFor={name}>{translate(`ra.auth.${name}`)}</InputLabel>
      <OutlinedInput
        id={name}
        name={name}
        type={type}
        required
        label={translate(`ra.auth.${name}`)}
        autoComplete={name === 'password' ? 'current-password' : 'username'}
        autoFocus={name === 'username'}
      />
    </FormControl>
  );
};

const LanguageChoice = () => {
  const translate = useTranslate();
  const locales = useLocales();
  const [locale, setLocale] = useLocaleState();
  return (
    <Select
      variant="standard"
      disableUnderline
      value={locale}
      inputProps={{ 'aria-label': translate('sign_in.language') }}
      onChange={(event) => setLocale(event.target.value)}
      sx={{ fontSize: 14 }}
    >
      {locales.map((option) => (
        <MenuItem key={option.locale} value={option.locale}>
          {option.name}
        </MenuItem>
      ))}
    </Select>
  );
};

export const SignIn = () => {
  const translate = useTranslate();
  const login = useLogin();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    login({ username: data.get('username'), password: data.get('password') })
      .catch((reason: unknown) => setError(problemText(reason, translate)))
      .finally(() => setBusy(false));
  };

  return (
    <Box sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', bgcolor: 'background.default', p: 2 }}>
      <Box sx={{ width: '100%', maxWidth: 380 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 3 }}>
          <Rings size={56} />
          <Box>
            <Typography variant="h5" component="h1">
              {translate('app.name')}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {translate('app.promise')}
            </Typography>
          </Box>
        </Box>
        <Card component="form" onSubmit={submit} sx={{ p: 3, display: 'grid', gap: 1.5 }}>
          <Field name="username" type="text" />
          <Field name="password" type="password" />
          {error ? (
            <Typography role="alert" variant="body2" color="error">
              {error}
            </Typography>
          ) : null}
          <Button type="submit" variant="contained" size="large" disabled={busy} sx={{ mt: 1 }}>
            {translate('ra.auth.sign_in')}
          </Button>
        </Card>
        <Box sx={{ mt: 2, textAlign: 'right' }}>
          <LanguageChoice />
        </Box>
      </Box>
    </Box>
  );
};
