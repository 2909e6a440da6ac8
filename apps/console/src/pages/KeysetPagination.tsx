import Next from '@mui/icons-material/ChevronRight';
import Previous from '@mui/icons-material/ChevronLeft';
import { Box, IconButton, MenuItem, Select, Typography } from '@mui/material';
import { useListContext, useLocale, useTranslate } from 'react-admin';
import { formatCount } from '../money/format';

const SIZES = [10, 25, 50, 100];

/** Previous and next over keyset pages. Beyond the cap the total is told as `10,000+`. */
export const KeysetPagination = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const { data, page, perPage, setPage, setPerPage, hasNextPage, hasPreviousPage, meta, isPending } = useListContext();
  if (isPending || !data || data.length === 0) return null;
  const count = (value: number) => formatCount(value, locale);
  const begin = (page - 1) * perPage + 1;
  const total = meta?.total == null ? null : `${count(meta.total)}${meta.totalIsCapped ? '+' : ''}`;
  const range = { begin: count(begin), end: count(begin + data.length - 1), total };
  return (
    <Box
      component="nav"
      aria-label={translate('list.pages')}
      sx={{ display: 'flex', alignItems: 'center', justifyContent: 'flex-end', gap: 1, p: 1 }}
    >
      <Select
        size="small"
        variant="standard"
        disableUnderline
        value={perPage}
        onChange={(event) => setPerPage(Number(event.target.value))}
        inputProps={{ 'aria-label': translate('ra.navigation.page_rows_per_page') }}
        sx={{ fontSize: 14, mr: 1 }}
      >
        {SIZES.map((size) => (
          <MenuItem key={size} value={size}>
            {translate('list.rows', { size })}
          </MenuItem>
        ))}
      </Select>
      <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: 'tabular-nums' }} data-testid="range">
        {translate(total === null ? 'list.range' : 'list.range_of', range)}
      </Typography>
      <IconButton
        size="small"
        disabled={!hasPreviousPage}
        onClick={() => setPage(page - 1)}
        aria-label={translate('ra.navigation.previous')}
      >
        <Previous />
      </IconButton>
      <IconButton size="small" disabled={!hasNextPage} onClick={() => setPage(page + 1)} aria-label={translate('ra.navigation.next')}>
        <Next />
      </IconButton>
    </Box>
  );
};
