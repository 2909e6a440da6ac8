import type { AuditRow } from '@concentric/contracts';
import { Typography } from '@mui/material';
import { Fragment } from 'react';
import { useTranslate } from 'react-admin';
import { Who } from '../fields/Who';

const idsOf = (side: AuditRow['before']) => (side?.operatorIds as string[] | undefined) ?? [];

const Names = ({ label, ids }: { label: string; ids: readonly string[] }) => {
  const translate = useTranslate();
  if (ids.length === 0) return null;
  return (
    <Typography variant="body2">
      {translate(label)}{' '}
      {ids.map((id, n) => (
        <Fragment key={id}>
          {n > 0 ? ', ' : ''}
          <Who id={id} />
        </Fragment>
      ))}
    </Typography>
  );
};

/** Of an entry in a partner's log: which colleagues were named as its owners then, and which no longer. */
export const OwnersChange = ({ row: { before, after } }: { row: AuditRow }) => (
  <>
    <Names label="owners.added" ids={idsOf(after).filter((id) => !idsOf(before).includes(id))} />
    <Names label="owners.removed" ids={idsOf(before).filter((id) => !idsOf(after).includes(id))} />
  </>
);
