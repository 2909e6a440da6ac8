import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

const FONT =
  'Inter, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "WenQuanYi Zen Hei", sans-serif';

const components: RaThemeOptions['components'] = {
  ...defaultLightTheme.components,
  // The place of the keyboard is always to be seen; the colour is that of the text around it.
  MuiCssBaseline: {
    styleOverrides: {
      ':focus-visible:not(.MuiInputBase-input)': { outline: '2px solid currentColor', outlineOffset: 2 },
    },
  },
  MuiButtonBase: {
    styleOverrides: { root: { '&.Mui-focusVisible': { outline: '2px solid currentColor', outlineOffset: 1 } } },
  },
  MuiPaper: {
    styleOverrides: { root: { backgroundImage: 'none' }, rounded: { borderRadius: 12 } },
    defaultProps: { elevation: 0 },
  },
  MuiCard: { defaultProps: { variant: 'outlined' } },
  MuiButton: {
    defaultProps: { disableElevation: true },
    styleOverrides: { root: { textTransform: 'none', fontWeight: 600 } },
  },
  // On a phone the toolbar of a form stands below its fields and not over them.
  RaToolbar: { styleOverrides: { root: { backgroundColor: 'transparent', '&.RaToolbar-mobileToolbar': { position: 'static' } } } },
  RaSimpleList: { styleOverrides: { root: { '& .RaSimpleList-tertiary': { opacity: 1 } } } },
  MuiTab: { styleOverrides: { root: { textTransform: 'none', fontWeight: 600 } } },
  MuiChip: { styleOverrides: { root: { fontWeight: 500 } } },
  MuiTextField: { defaultProps: { variant: 'outlined', margin: 'dense', size: 'small' } },
  MuiFormControl: { defaultProps: { variant: 'outlined', margin: 'dense', size: 'small' } },
  MuiTableCell: {
    styleOverrides: { root: { padding: '10px 12px' }, head: { fontWeight: 600, whiteSpace: 'nowrap' } },
  },
};

const typography: RaThemeOptions['typography'] = {
  fontFamily: FONT,
  h4: { fontSize: '1.75rem', fontWeight: 650, letterSpacing: '-0.01em' },
  h5: { fontSize: '1.35rem', fontWeight: 650, letterSpacing: '-0.01em' },
  h6: { fontSize: '1.05rem', fontWeight: 650 },
  subtitle2: { fontWeight: 600 },
};

/** One accent, a deep teal; everything else is quiet. */
export const lightTheme: RaThemeOptions = {
  ...defaultLightTheme,
  palette: {
    mode: 'light',
    primary: { main: '#0f766e', contrastText: '#ffffff' },
    secondary: { main: '#0f766e', contrastText: '#ffffff' },
    background: { default: '#f6f7f7', paper: '#ffffff' },
    text: { primary: '#17211f', secondary: '#566461' },
    error: { main: '#b3261e' },
    warning: { main: '#a84b00' },
    info: { main: '#0369a1' },
    divider: '#e1e6e5',
  },
  typography,
  components: {
    ...components,
    MuiAppBar: {
      styleOverrides: {
        root: { backgroundColor: '#ffffff', color: '#17211f', borderBottom: '1px solid #e1e6e5', borderRadius: 0 },
      },
    },
  },
  sidebar: { width: 232, closedWidth: 56 },
};

export const darkTheme: RaThemeOptions = {
  ...defaultDarkTheme,
  palette: {
    mode: 'dark',
    primary: { main: '#5cc9bb', contrastText: '#06231f' },
    secondary: { main: '#5cc9bb', contrastText: '#06231f' },
    background: { default: '#101615', paper: '#182120' },
    text: { primary: '#e6edeb', secondary: '#9fb0ac' },
    error: { main: '#f2918b' },
    divider: '#2a3634',
  },
  typography,
  components: {
    ...components,
    MuiAppBar: {
      styleOverrides: {
        root: { backgroundColor: '#182120', color: '#e6edeb', borderBottom: '1px solid #2a3634', borderRadius: 0 },
      },
    },
  },
  sidebar: { width: 232, closedWidth: 56 },
};
