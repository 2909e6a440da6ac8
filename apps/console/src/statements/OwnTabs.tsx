import { Tab, Tabs } from '@mui/material';
import { useListContext, useTranslate } from 'react-admin';
import { ownPartnerId } from '../providers/access';

const TABS = ['own', 'all'] as const;
type TabName = (typeof TABS)[number];

/** A partner's own statements, or those of the partners below it as well. */
export const OwnTabs = () => {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  const { partnerId, ...others } = filterValues;
  const choose = (tab: TabName) => setFilters(tab === 'all' ? others : { ...others, partnerId: ownPartnerId() });
  return (
    <Tabs value={partnerId ? 'own' : 'all'} onChange={(_event, value: TabName) => choose(value)} aria-label={translate('own.tabs')}>
      {TABS.map((name) => (
        <Tab key={name} value={name} label={translate(`own.tab.${name}`)} />
      ))}
    </Tabs>
  );
};
