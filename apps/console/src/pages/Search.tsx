import { SearchInput, useTranslate } from 'react-admin';

/** The search field of a list; says what it looks in. `alwaysOn` is read by the filter form. */
export const Search = ({ source, hint }: { source: string; hint?: string; alwaysOn?: boolean }) => {
  const translate = useTranslate();
  const label = translate(hint ?? 'ra.action.search');
  return <SearchInput source={source} placeholder={label} slotProps={{ htmlInput: { 'aria-label': label } }} sx={{ minWidth: 260 }} />;
};
