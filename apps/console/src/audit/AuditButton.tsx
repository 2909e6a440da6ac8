import History from '@mui/icons-material/HistoryOutlined';
import { IconButton, Tooltip } from '@mui/material';
import { useState, type MouseEvent } from 'react';
import { useRecordContext, useTranslate } from 'react-admin';
import { SideDrawer } from '../pages/SideDrawer';
import { mayDo } from '../providers/access';
import { useBrand } from '../providers/brand';
import { AuditTimeline } from './AuditTimeline';

/** Stands beside something that has no page of its own and opens its log. */
export const AuditButton = ({ entityType, entityId }: { entityType: string; entityId: string }) => {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  if (!mayDo('audit', 'read')) return null;
  const ask = (event: MouseEvent) => {
    event.stopPropagation();
    setOpen(true);
  };
  return (
    <>
      <Tooltip title={translate('audit.title')}>
        <IconButton size="small" onClick={ask} aria-label={translate('audit.title')}>
          <History fontSize="small" />
        </IconButton>
      </Tooltip>
      <SideDrawer title="audit.title" open={open} onClose={() => setOpen(false)}>
        <AuditTimeline entityType={entityType} entityId={entityId} />
      </SideDrawer>
    </>
  );
};

/** The log of a row, known by its id. */
export const AuditField = ({ of }: { of: string; label?: string }) => {
  const row = useRecordContext();
  return row ? <AuditButton entityType={of} entityId={String(row.id)} /> : null;
};

/** The log of a period, which is known by its brand and month. */
export const PeriodAuditField = (_props: { label?: string }) => {
  const brand = useBrand();
  const row = useRecordContext<{ id: string; period: string }>();
  return row && brand ? <AuditButton entityType="accounting_period" entityId={`${brand.brandId}/${row.period}`} /> : null;
};
