import { Tab, Tabs } from '@mui/material';
import { useListContext, useTranslate } from 'react-admin';

const TABS = ['all', 'true', 'false'] as const;

/** Everything, what is unusual, what is not: the filter by which the review is divided. */
export const ReviewTabs = () => {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  const choose = (value: string) => {
    const { exceptional: _former, ...others } = filterValues;
    setFilters(value === 'all' ? others : { ...others, exceptional: value });
  };
  return (
    <Tabs
      value={(filterValues['exceptional'] as string | undefined) ?? 'all'}
      onChange={(_event, value: string) => choose(value)}
      aria-label={translate('review.tabs')}
    >
      {TABS.map((tab) => (
        <Tab key={tab} value={tab} label={translate(`review.tab.${tab}`)} />
      ))}
    </Tabs>
  );
};
