import { uuid } from '@concentric/contracts';
import { Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { CustomerLink } from '../members/CustomerLink';
import { ActionButton } from '../pages/ActionButton';
import { Loaded, Quiet } from '../pages/Section';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import type { PartnerPerson as Person } from '../providers/rows';

const NameIt = ({ partnerId, partnerName, known }: { partnerId: string; partnerName: string; known: boolean }) => {
  const translate = useTranslate();
  const [typed, setTyped] = useState('');
  const customerId = typed.trim().toLowerCase();
  const valid = uuid.safeParse(customerId).success;
  return (
    <ActionButton
      label={known ? 'person.change' : 'person.name'}
      variant="outlined"
      consequence={translate('person.consequence.name', { partner: partnerName })}
      incomplete={!valid}
      act={(reason) => ({ path: `partners/${partnerId}/person`, method: 'PUT', body: { customerId, reason }, done: 'person.named' })}
    >
      <TextField
        fullWidth
        required
        label={translate('person.customer')}
        helperText={translate(typed !== '' && !valid ? 'person.not_customer' : 'person.customer_help')}
        error={typed !== '' && !valid}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        sx={{ mb: 2 }}
      />
    </ActionButton>
  );
};

/** The whole number, so that it can be compared. */
const Who = ({ customerId }: { customerId: string }) => (
  <CustomerLink id={customerId} otherwise={<code>{customerId}</code>}>
    {customerId}
  </CustomerLink>
);

/** Which customer a partner is in person, so that reviewers see what it earns by purchases of its own. */
export const PartnerPerson = ({ partnerId, partnerName }: { partnerId: string; partnerName: string }) => {
  const translate = useTranslate();
  const mayName = mayDo('partners', 'name_person');
  const isShown = mayDo('partners', 'see_person');
  const query = useBrandApi<Person>('distribution', `partners/${partnerId}/person`, { enabled: isShown });
  const named = query.data?.customerId ?? null;
  const remove = (
    <ActionButton
      label="person.remove"
      consequence={translate('person.consequence.remove', { partner: partnerName })}
      act={(reason) => ({
        path: `partners/${partnerId}/person`,
        method: 'PUT',
        body: { customerId: null, reason },
        done: 'person.removed',
      })}
    />
  );
  return (
    <>
      {isShown ? (
        <Loaded query={query}>
          {({ customerId }) => (customerId ? <Who customerId={customerId} /> : <Quiet>{translate('person.nobody')}</Quiet>)}
        </Loaded>
      ) : (
        <Quiet>{translate('person.not_shown')}</Quiet>
      )}
      {mayName ? (
        <Box sx={{ display: 'flex', gap: 1, mt: 1.5, flexWrap: 'wrap' }}>
          <NameIt partnerId={partnerId} partnerName={partnerName} known={named !== null} />
          {named !== null || !isShown ? remove : null}
        </Box>
      ) : null}
    </>
  );
};
