import { Box } from '@mui/material';
import { Link, useTranslate } from 'react-admin';
import { Fact, Facts, Loaded, Section } from '../pages/Section';
import { Money } from '../fields/fields';
import { useBrandApi } from '../pages/useApi';
import type { PartnerDetail, StatementRow } from '../providers/rows';
import { readSession } from '../providers/session';
import { NewStatements } from '../statements/NewStatements';
import { Waiting } from '../statements/StatementNotices';
import { StatementTable } from '../statements/StatementTable';

const Balance = ({ partnerId }: { partnerId: string }) => {
  const query = useBrandApi<PartnerDetail>('distribution', `partners/${partnerId}`);
  return (
    <Loaded query={query}>
      {({ balances }) => (
        <Facts>
          <Fact label="partner.payable">
            <Box component="span" sx={{ fontSize: '1.6rem' }}>
              <Money minor={balances.payableMinor} currency={balances.currency} strong />
            </Box>
          </Fact>
          <Fact label="partner.pending">
            <Money minor={balances.pendingMinor} currency={balances.currency} />
          </Fact>
        </Facts>
      )}
    </Loaded>
  );
};

/** Somebody who does not open a statement should know as well that it cannot be paid. */
const PayeeMissing = ({ partnerId }: { partnerId: string }) => {
  const { data } = useBrandApi<{ data: StatementRow[] }>('distribution', `statements?partnerId=${partnerId}&waitingFor=payee&limit=1`);
  return data?.data[0] ? <Waiting statement={data.data[0]} /> : null;
};

/** A partner comes for two things: what is mine, and what came of each month. */
export const PartnerHome = () => {
  const translate = useTranslate();
  const scope = readSession()?.operator.scope;
  if (scope?.kind !== 'partner') return null;
  return (
    <Box sx={{ display: 'grid', gap: 3, mt: 3, maxWidth: 760 }}>
      <NewStatements partnerId={scope.partnerId} />
      <PayeeMissing partnerId={scope.partnerId} />
      <Section title="partner.balances" aside={<Link to="/commission-lines">{translate('menu.my_earnings')}</Link>}>
        <Balance partnerId={scope.partnerId} />
      </Section>
      <Section title="menu.my_statements" aside={<Link to="/statements">{translate('list.all')}</Link>}>
        <StatementTable partnerId={scope.partnerId} limit={6} />
      </Section>
    </Box>
  );
};
