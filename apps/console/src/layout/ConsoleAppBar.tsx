import { Box, MenuItem, Select } from '@mui/material';
import { AppBar, LoadingIndicator, LocalesMenuButton, TitlePortal, ToggleThemeButton, useTranslate } from 'react-admin';
import { chooseBrand, useBrand, useBrands } from '../providers/brand';

const BrandSwitcher = () => {
  const translate = useTranslate();
  const brands = useBrands();
  const brand = useBrand();
  if (!brand) return null;
  if (brands.length < 2) return <Box sx={{ display: { xs: 'none', md: 'block' }, fontSize: 14, mr: 1 }}>{brand.name}</Box>;
  return (
    <Select
      size="small"
      variant="outlined"
      value={brand.brandId}
      inputProps={{ 'aria-label': translate('brand.choose') }}
      onChange={(event) => chooseBrand(event.target.value)}
      sx={{ mr: 1, minWidth: { xs: 90, md: 160 }, color: 'inherit' }}
    >
      {brands.map(({ brandId, name }) => (
        <MenuItem key={brandId} value={brandId}>
          {name}
        </MenuItem>
      ))}
    </Select>
  );
};

/** One component for the whole session: an app bar made inline would lose the page title with each render. */
export const ConsoleAppBar = () => (
  <AppBar
    color="inherit"
    elevation={0}
    toolbar={
      <>
        <BrandSwitcher />
        <LocalesMenuButton />
        <ToggleThemeButton />
        <LoadingIndicator />
      </>
    }
  >
    <TitlePortal sx={{ fontWeight: 600 }} />
  </AppBar>
);
