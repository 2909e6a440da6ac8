import { useMediaQuery, type Theme } from '@mui/material';

/** Is the page as narrow as on a phone? */
export const useIsPhone = (): boolean => useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
