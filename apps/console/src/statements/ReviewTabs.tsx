import { Box, Button, Tab, Tabs, Typography } from '@mui/material';
import { useListContext, useTranslate } from 'react-admin';
import { NoMatch } from '../pages/ConsoleList';

const TABS = ['true', 'false', 'all'] as const;
type TabName = (typeof TABS)[number];

/** Which part of the review is shown: the filter `exceptional`, and no such filter for everything. */
function useTab(): [TabName, (tab: TabName) => void] {
  const { filterValues, setFilters } = useListContext();
  const { exceptional = 'all', ...others } = filterValues;
  return [exceptional as TabName, (tab) => setFilters(tab === 'all' ? others : { ...others, exceptional: tab })];
}

/** What is unusual, what is not, or everything. */
export const ReviewTabs = () => {
  const translate = useTranslate();
  const [tab, choose] = useTab();
  return (
    <Tabs value={tab} onChange={(_event, value: TabName) => choose(value)} aria-label={translate('review.tabs')}>
      {TABS.map((name) => (
        <Tab key={name} value={name} label={translate(`review.tab.${name}`)} />
      ))}
    </Tabs>
  );
};

/** Nothing unusual left: on to the rest. */
export const NothingUnusual = () => {
  const translate = useTranslate();
  const [tab, choose] = useTab();
  if (tab !== 'true') return <NoMatch />;
  return (
    <Box sx={{ p: 4, textAlign: 'center' }}>
      <Typography color="textSecondary" sx={{ mb: 2 }}>
        {translate('review.nothing_unusual')}
      </Typography>
      <Button variant="outlined" onClick={() => choose('false')}>
        {translate('review.see_rest')}
      </Button>
    </Box>
  );
};
