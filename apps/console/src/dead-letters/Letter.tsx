import { Box, Button, Collapse, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Instant } from '../fields/fields';
import { Loaded } from '../pages/Section';
import { useApi } from '../pages/useApi';

/** An event that a consumer gave up on. */
export interface DeadLetter {
  id: string;
  consumer: string;
  type: string;
  errorName: string;
  errorMessage: string;
  attempts: number;
  deadAt: string;
  body?: string;
  errorStack?: string;
}

const block = {
  fontSize: 12,
  p: 2,
  bgcolor: 'action.hover',
  borderRadius: 2,
  overflow: 'auto',
  maxHeight: 320,
  m: 0,
  mt: 1,
};

const Whole = ({ service, id }: { service: string; id: string }) => {
  const query = useApi<DeadLetter>(`/api/${service}/ops/dead-letters/${id}`);
  return (
    <Loaded query={query}>
      {(letter) => (
        <>
          <Box component="pre" sx={block}>
            {pretty(letter.body)}
          </Box>
          {letter.errorStack ? (
            <Box component="pre" sx={block}>
              {letter.errorStack}
            </Box>
          ) : null}
        </>
      )}
    </Loaded>
  );
};

function pretty(body: string | undefined): string {
  try {
    return JSON.stringify(JSON.parse(body ?? 'null'), null, 2);
  } catch {
    return body ?? '';
  }
}

interface LetterProps {
  service: string;
  letter: DeadLetter;
  busy: boolean;
  onReplay: () => void;
}

export const Letter = ({ service, letter, busy, onReplay }: LetterProps) => {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <Box component="article" sx={{ borderTop: 1, borderColor: 'divider', py: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <Box sx={{ flex: 1, minWidth: 240 }}>
          <Typography variant="subtitle2">{letter.consumer}</Typography>
          <Typography variant="body2" color="error">
            {letter.errorName}: {letter.errorMessage}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            {letter.type} · <Instant value={letter.deadAt} /> · {translate('dead.attempts', { smart_count: letter.attempts })}
          </Typography>
        </Box>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {translate('ra.action.show')}
        </Button>
        <Button size="small" variant="outlined" disabled={busy} onClick={onReplay}>
          {translate('dead.replay')}
        </Button>
      </Box>
      <Collapse in={open} unmountOnExit>
        <Whole service={service} id={letter.id} />
      </Collapse>
    </Box>
  );
};
