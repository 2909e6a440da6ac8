import type { IndicatorRow, IndicatorValues } from '@concentric/contracts';
import { Box, Button, Collapse } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { Money } from '../fields/fields';
import { formatPeriod } from '../money/format';
import { PlainTable } from '../pages/PlainTable';
import { useValueText } from './IndicatorValue';

/** The rows behind the chart: value, and both parts of every ratio. */
export const ValueTable = ({ values }: { values: IndicatorValues }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const text = useValueText();
  const [open, setOpen] = useState(false);
  return (
    <Box>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {translate('board.rows')}
      </Button>
      <Collapse in={open} unmountOnExit>
        <PlainTable<IndicatorRow>
          rows={values.rows}
          keyOf={(row) => row.from}
          columns={[
            { label: 'board.month', cell: (row) => formatPeriod(row.from.slice(0, 7), locale) },
            { label: 'board.value', right: true, cell: (row) => text(row, values) },
            {
              label: 'board.numerator',
              right: true,
              cell: (row) => <Money minor={row.numerator} currency={values.currency} />,
            },
            {
              label: 'board.denominator',
              right: true,
              cell: (row) => <Money minor={row.denominator} currency={values.currency} />,
            },
          ]}
        />
      </Collapse>
    </Box>
  );
};
