import { Tab, Tabs } from '@mui/material';
import { useListContext, useTranslate } from 'react-admin';
import { NoMatch } from '../pages/ConsoleList';
import { EmptyState } from '../pages/EmptyState';
import { ownPartnerId } from '../providers/access';

const TABS = ['own', 'all'] as const;
type TabName = (typeof TABS)[number];

/** A partner's own statements, or those of the partners below it as well; neither where another partner was chosen. */
export const OwnTabs = () => {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  const { partnerId, ...others } = filterValues;
  const own = ownPartnerId();
  const choose = (tab: TabName) => setFilters(tab === 'all' ? others : { ...others, partnerId: own });
  const tab = partnerId === own ? 'own' : partnerId === undefined && 'all';
  return (
    <Tabs value={tab} onChange={(_event, value: TabName) => choose(value)} aria-label={translate('own.tabs')}>
      {TABS.map((name) => (
        <Tab key={name} value={name} label={translate(`own.tab.${name}`)} />
      ))}
    </Tabs>
  );
};

/** Before the first settlement there is nothing, whatever the tab. */
export const NothingOwn = () => {
  const { filterValues } = useListContext();
  return Object.keys(filterValues).every((name) => name === 'partnerId') ? <EmptyState name="statements" /> : <NoMatch />;
};
