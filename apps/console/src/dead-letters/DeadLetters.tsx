import { Box, Button, Card, Chip, Tab, Tabs, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '../pages/EmptyState';
import { PageHead } from '../pages/PageHead';
import { Loaded } from '../pages/Section';
import { useApi } from '../pages/useApi';
import { useTellProblem } from '../problem/useTellProblem';
import { SERVICES } from '../providers/access';
import { sendJson } from '../providers/http';
import { readSession } from '../providers/session';
import { Letter, type DeadLetter } from './Letter';

const Letters = ({ service }: { service: string }) => {
  const translate = useTranslate();
  const notify = useNotify();
  const tellProblem = useTellProblem();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const path = `/api/${service}/ops/dead-letters`;
  const query = useApi<{ data: DeadLetter[] }>(`${path}?limit=100`);

  const replay = async (id: string) => {
    setBusy(true);
    try {
      await sendJson('POST', id === 'all' ? `${path}/replay` : `${path}/${id}/replay`, {});
      notify('dead.replayed', { type: 'success' });
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: ['api'] });
    }
  };

  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 ? (
          <EmptyState name="dead" />
        ) : (
          <>
            <Box sx={{ display: 'flex', justifyContent: 'flex-end', mb: 1 }}>
              <Button disabled={busy} onClick={() => void replay('all')}>
                {translate('dead.replay_all')}
              </Button>
            </Box>
            {data.map((letter) => (
              <Letter key={letter.id} service={service} letter={letter} busy={busy} onReplay={() => void replay(letter.id)} />
            ))}
          </>
        )
      }
    </Loaded>
  );
};

/** Events that a consumer gave up on, by service: look at one, mend the cause, hand it in again. */
export const DeadLetters = () => {
  const translate = useTranslate();
  const [search, setSearch] = useSearchParams();
  const held = readSession()?.operator.permissions ?? [];
  const mine = SERVICES.filter((service) => held.includes(`${service}.ops.manage`));
  const wanted = search.get('service');
  const service = mine.find((name) => name === wanted) ?? mine[0];
  if (!service) return <Typography sx={{ mt: 3 }}>{translate('ra.message.access_denied')}</Typography>;
  return (
    <>
      <PageHead title="dead.title" intro="intro.dead" />
      <Tabs value={service} onChange={(_event, next: string) => setSearch({ service: next })} variant="scrollable" sx={{ mt: 2 }}>
        {mine.map((name) => (
          <Tab key={name} value={name} label={<ServiceTab service={name} />} />
        ))}
      </Tabs>
      <Card sx={{ p: 2, mt: 2 }}>
        <Letters key={service} service={service} />
      </Card>
    </>
  );
};

const ServiceTab = ({ service }: { service: string }) => {
  const translate = useTranslate();
  const { data } = useApi<{ total: number }>(`/api/${service}/ops/dead-letters?limit=100`);
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 1, alignItems: 'center' }}>
      {translate(`service.${service}`)}
      {data?.total ? <Chip size="small" color="error" label={data.total} /> : null}
    </Box>
  );
};
