import { payeeState } from '@concentric/contracts';
import { Box, Typography } from '@mui/material';
import { CreateButton, SelectInput, useRecordContext, useTranslate } from 'react-admin';
import { AuditField } from '../audit/AuditButton';
import { InstantField, Word, WordField } from '../fields/fields';
import { ProposalReason } from '../fields/ProposalReason';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { ProposalButtons } from '../pages/ProposalButtons';
import { Column, Rows } from '../pages/Rows';
import { PartnerField } from '../partners/PartnerField';
import { PartnerFilter } from '../partners/PartnerFilter';
import { isPartner, mayDo } from '../providers/access';
import type { PayeeRow } from '../providers/rows';
import { RevealPayee } from './RevealPayee';

const usePayeeFilters = () => {
  const states = useWordChoices('payee_state', payeeState.options);
  const state = <SelectInput key="state" source="state" choices={states} alwaysOn />;
  return isPartner() ? [state] : [state, <PartnerFilter key="partnerId" source="partnerId" alwaysOn />];
};

const Account = () => {
  const row = useRecordContext<PayeeRow>();
  if (!row) return null;
  return (
    <>
      {row.holder}
      <Typography variant="body2" component="div" noWrap sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {row.currency} · {row.account} · {row.bankId}
      </Typography>
    </>
  );
};

const Actions = () => {
  const translate = useTranslate();
  const row = useRecordContext<PayeeRow>();
  if (!row) return null;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {row.state === 'PROPOSED' ? (
        <ProposalButtons
          resource="payees"
          path={`payees/${row.id}/decide`}
          proposedBy={row.proposedBy}
          approving={translate('payee.effect.approve', { partner: row.partnerName, account: row.account })}
          refusing={translate('payee.effect.reject', { partner: row.partnerName })}
        />
      ) : null}
      {mayDo('payees', 'decide') ? <RevealPayee payee={row} /> : null}
    </Box>
  );
};

/** Where partners are paid: proposed by one, approved by another, shown masked. A partner sees and proposes its own. */
export const PayeeList = () => (
  <ConsoleList
    filters={usePayeeFilters()}
    filterDefaultValues={mayDo('payees', 'decide') ? { state: 'PROPOSED' } : {}}
    sort={{ field: 'id', order: 'ASC' }}
    emptyName={isPartner() ? 'my_payee' : 'payees'}
    intro={isPartner() ? 'intro.my_payee' : 'intro.payees'}
    begin={{ label: 'payee.propose', to: '/payees/create', resource: 'payees', action: 'create' }}
    actions={mayDo('payees', 'create') ? <CreateButton label="payee.propose" /> : undefined}
  >
    <Rows<PayeeRow>
      rowClick={false}
      phone={{
        primary: (row) => (isPartner() ? row.account : row.partnerName),
        secondary: (row) => (
          <>
            <Word plain group="payee_state" value={row.state} /> · {row.currency} · {row.holder} <Actions />
          </>
        ),
      }}
    >
      <Column source="partnerName" field={PartnerField} sx={{ minWidth: 160 }} />
      <Column source="account" field={Account} />
      <Column source="state">
        <WordField source="state" group="payee_state" />
      </Column>
      <Column source="proposedAt" field={InstantField} />
      <Column source="reason" field={ProposalReason} sx={{ minWidth: 150 }} />
      <Column label="list.actions" field={Actions} />
      {mayDo('audit', 'read') ? (
        <Column label="audit.column">
          <AuditField of="payee" />
        </Column>
      ) : null}
    </Rows>
  </ConsoleList>
);
