import { Box } from '@mui/material';
import { Link, useTranslate } from 'react-admin';
import { Fact, Facts, Loaded, Quiet, Section } from '../pages/Section';
import { Money, Period, Word } from '../fields/fields';
import { PlainTable } from '../pages/PlainTable';
import { useBrandApi } from '../pages/useApi';
import type { PartnerDetail, StatementRow } from '../providers/rows';
import { readSession } from '../providers/session';

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

const Latest = ({ partnerId }: { partnerId: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<{ data: StatementRow[] }>('distribution', `statements?partnerId=${partnerId}&limit=6`);
  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 ? (
          <Quiet>{translate('partner.no_statements')}</Quiet>
        ) : (
          <PlainTable<StatementRow>
            rows={data}
            keyOf={(row) => row.id}
            columns={[
              {
                label: 'statement.period',
                cell: (row) => (
                  <Link to={`/statements/${row.id}/show`}>
                    <Period value={row.period} />
                  </Link>
                ),
              },
              { label: 'statement.state', cell: (row) => <Word group="statement_state" value={row.state} /> },
              {
                label: 'statement.net',
                right: true,
                cell: (row) => <Money minor={row.netMinor} currency={row.currency} strong />,
              },
            ]}
          />
        )
      }
    </Loaded>
  );
};

/** A partner comes for two things: what is mine, and what came of each month. */
export const PartnerHome = () => {
  const translate = useTranslate();
  const scope = readSession()?.operator.scope;
  if (scope?.kind !== 'partner') return null;
  return (
    <Box sx={{ display: 'grid', gap: 3, mt: 3, maxWidth: 760 }}>
      <Section title="partner.balances" aside={<Link to="/commission-lines">{translate('menu.my_earnings')}</Link>}>
        <Balance partnerId={scope.partnerId} />
      </Section>
      <Section title="menu.my_statements" aside={<Link to="/statements">{translate('list.all')}</Link>}>
        <Latest partnerId={scope.partnerId} />
      </Section>
    </Box>
  );
};
