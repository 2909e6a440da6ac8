import { Chip, Typography } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import { Instant } from '../fields/fields';
import { formatCount } from '../money/format';
import { PlainTable } from '../pages/PlainTable';
import type { ControlRun } from '../providers/rows';

/** What each control looks at, by the number of its invariant, and whether the books agreed with it. */
export const ControlTable = ({ run }: { run: ControlRun }) => {
  const translate = useTranslate();
  const locale = useLocale();
  return (
    <PlainTable
      rows={run.controls}
      keyOf={({ name }) => name}
      columns={[
        { label: 'control.number', cell: ({ invariant }) => invariant },
        {
          label: 'control.control',
          cell: ({ name }) => (
            <>
              {translate(`words.control.${name}`)}
              <Typography variant="caption" color="textSecondary" component="div">
                {translate(`control.about.${name}`)}
              </Typography>
            </>
          ),
        },
        {
          label: 'control.result',
          cell: ({ mismatches }) => (
            <>
              <Chip
                size="small"
                variant="outlined"
                color={mismatches > 0 ? 'error' : 'success'}
                label={
                  mismatches > 0
                    ? translate('control.mismatches', { smart_count: mismatches, count: formatCount(mismatches, locale) })
                    : translate('control.agrees')
                }
              />
              <Typography variant="caption" color="textSecondary" component="div">
                <Instant value={run.checkedAt} />
              </Typography>
            </>
          ),
        },
      ]}
    />
  );
};
