import { Alert } from '@mui/material';
import { Create, maxLength, required, SimpleForm, TextInput, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { PageHead } from '../pages/PageHead';
import { PartnerFilter } from '../partners/PartnerFilter';
import { FormProblems } from '../problem/FormProblems';
import { ownPartnerId } from '../providers/access';
import { useBrand } from '../providers/brand';

/** Proposes where a partner is to be paid: treasury for any partner, a partner for itself. */
export const PayeeCreate = () => {
  const translate = useTranslate();
  const brand = useBrand();
  const [named] = useSearchParams();
  const own = ownPartnerId();
  if (!brand) return null;
  const partnerId = own ?? named.get('partnerId') ?? undefined;
  return (
    <>
      <PageHead title="payee.propose" intro={own ? 'intro.my_payee_propose' : 'intro.payee_propose'} />
      <Create redirect="list" title={false} sx={{ maxWidth: 760 }}>
        <SimpleForm defaultValues={{ partnerId, currency: brand.currency }}>
          {own ? null : <PartnerFilter source="partnerId" validate={required()} />}
          <TextInput source="currency" validate={required()} fullWidth />
          <TextInput source="holder" validate={[required(), maxLength(140)]} helperText="payee.holder_help" fullWidth />
          <TextInput source="account" validate={[required(), maxLength(60)]} helperText="payee.account_help" fullWidth />
          <TextInput source="bankId" validate={[required(), maxLength(30)]} helperText="payee.bank_help" fullWidth />
          <TextInput source="reason" validate={[required(), maxLength(500)]} multiline minRows={2} fullWidth />
          <Alert severity="info" sx={{ width: '100%', mt: 2 }}>
            {translate('payee.two_people')}
          </Alert>
          <FormProblems />
        </SimpleForm>
      </Create>
    </>
  );
};
