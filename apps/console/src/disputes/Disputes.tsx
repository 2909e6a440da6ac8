import { Box } from '@mui/material';
import { MoreRows } from '../pages/MoreRows';
import type { DisputeRow } from '../providers/rows';
import { DisputeCard } from './DisputeCard';

/** The disputes of one statement. */
export const Disputes = ({ statementId }: { statementId: string }) => (
  <MoreRows<DisputeRow> path="disputes" filter={{ statementId }} none="dispute.none">
    {(disputes) => (
      <Box sx={{ display: 'grid', gap: 2 }}>
        {disputes.map((dispute) => (
          <DisputeCard key={dispute.id} dispute={dispute} />
        ))}
      </Box>
    )}
  </MoreRows>
);
