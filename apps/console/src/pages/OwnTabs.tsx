import { Tab, Tabs } from '@mui/material';
import { useListContext, useTranslate } from 'react-admin';
import { NoMatch } from './ConsoleList';
import { EmptyState } from './EmptyState';
import { ownPartnerId } from '../providers/access';

const TABS = ['own', 'all'] as const;
type TabName = (typeof TABS)[number];

/** What is a partner's own, or that of the partners below it as well; neither where another partner was chosen. */
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

/** At the beginning there is nothing, whatever the tab. */
export const NothingOwn = ({ name }: { name: string }) => {
  const { filterValues } = useListContext();
  return Object.keys(filterValues).every((name) => name === 'partnerId') ? <EmptyState name={name} /> : <NoMatch />;
};
