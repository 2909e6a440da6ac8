import type { colleagueList } from '@concentric/contracts';
import { Autocomplete, Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import { Who } from '../fields/Who';
import { ActionButton } from '../pages/ActionButton';
import { Loaded, Quiet } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import type { PartnerOwners as Owners } from '../providers/rows';

type Colleague = z.infer<typeof colleagueList>['data'][number];

const Choose = ({ owners, partnerName }: { owners: Owners; partnerName: string }) => {
  const translate = useTranslate();
  const { data } = useBrandApi<z.infer<typeof colleagueList>>('organization', 'colleagues');
  const [chosen, setChosen] = useState<string[] | null>(null);
  const colleagues = (data?.data ?? []).filter(({ id, isPartner }) => !isPartner || owners.operatorIds.includes(id));
  const isNamed = (id: string) => (chosen ?? owners.operatorIds).includes(id);
  // Who is no colleague of this brand any more stays named.
  const others = owners.operatorIds.filter((id) => !colleagues.some((colleague) => colleague.id === id));
  return (
    <ActionButton
      label="owners.name"
      variant="outlined"
      consequence={translate('owners.consequence', { partner: partnerName })}
      incomplete={chosen === null}
      act={(reason) => ({
        path: `partners/${owners.partnerId}/owners`,
        method: 'PUT',
        body: { operatorIds: [...others, ...(chosen ?? [])], seen: owners.operatorIds, reason },
        done: 'owners.named',
      })}
    >
      <Autocomplete<Colleague, true>
        multiple
        options={colleagues}
        value={colleagues.filter(({ id }) => isNamed(id))}
        getOptionLabel={({ displayName }) => displayName}
        getOptionKey={({ id }) => id}
        onChange={(_event, picked) => setChosen(picked.map(({ id }) => id))}
        noOptionsText={translate('list.no_match')}
        openText={translate('ra.action.open')}
        closeText={translate('ra.action.close')}
        clearText={translate('ra.action.clear_input_value')}
        renderInput={(params) => <TextField {...params} label={translate('owners.colleagues')} />}
        sx={{ mb: 2 }}
      />
    </ActionButton>
  );
};

/** Which colleagues own a partner, and so keep out of decisions about it. */
export const PartnerOwners = ({ partnerId, partnerName }: { partnerId: string; partnerName: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<Owners>('distribution', `partners/${partnerId}/owners`);
  return (
    <Loaded query={query}>
      {(owners) => (
        <>
          {owners.operatorIds.length === 0 ? (
            <Quiet>{translate('owners.nobody')}</Quiet>
          ) : (
            <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
              {owners.operatorIds.map((id) => (
                <li key={id}>
                  <Who id={id} />
                </li>
              ))}
            </Box>
          )}
          {mayDo('partners', 'name_person') ? (
            <Box sx={{ mt: 1.5 }}>
              <Choose owners={owners} partnerName={partnerName} />
            </Box>
          ) : null}
        </>
      )}
    </Loaded>
  );
};
