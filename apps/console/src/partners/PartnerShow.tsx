import { Link, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { AuditSection } from '../audit/AuditSection';
import { LineTable } from '../commission/LineTable';
import { Day, Money, Word } from '../fields/fields';
import { filtered } from '../pages/filtered';
import { Columns, Fact, Facts, Loaded, Quiet, Section } from '../pages/Section';
import { PageHead } from '../pages/PageHead';
import { PlainTable } from '../pages/PlainTable';
import { useBrandApi } from '../pages/useApi';
import { isPartner, mayDo } from '../providers/access';
import type { CommissionLine, PartnerDetail } from '../providers/rows';
import { StatementTable } from '../statements/StatementTable';
import { OwnersChange } from './OwnersChange';
import { PartnerOwners } from './PartnerOwners';
import { PartnerPerson } from './PartnerPerson';
import { PayoutBlock } from './PayoutBlock';

const History = ({ partner }: { partner: PartnerDetail }) => {
  const translate = useTranslate();
  return (
    <PlainTable
      rows={partner.history}
      keyOf={(edge) => edge.validFrom}
      columns={[
        { label: 'partner.parent', cell: (edge) => edge.parentName ?? translate('partner.brand_itself') },
        { label: 'partner.from', cell: (edge) => <Day value={edge.validFrom} /> },
        {
          label: 'partner.to',
          cell: (edge) => (edge.validTo ? <Day value={edge.validTo} /> : translate('member.still')),
        },
      ]}
    />
  );
};

const Earnings = ({ partnerId }: { partnerId: string }) => {
  const translate = useTranslate();
  const query = useBrandApi<{ data: CommissionLine[] }>('distribution', `commission-lines?partnerId=${partnerId}&limit=20`);
  return (
    <Loaded query={query}>
      {({ data }) => (data.length === 0 ? <Quiet>{translate('commission.none')}</Quiet> : <LineTable lines={data} of="partner" />)}
    </Loaded>
  );
};

const Balances = ({ partner }: { partner: PartnerDetail }) => (
  <Facts>
    <Fact label="partner.pending">
      <Money minor={partner.balances.pendingMinor} currency={partner.balances.currency} />
    </Fact>
    <Fact label="partner.payable">
      <Money minor={partner.balances.payableMinor} currency={partner.balances.currency} strong />
    </Fact>
  </Facts>
);

const Place = ({ partner }: { partner: PartnerDetail }) => {
  const translate = useTranslate();
  return (
    <Facts>
      <Fact label="partner.code">{partner.code}</Fact>
      <Fact label="partner.type">
        <Word plain group="partner_type" value={partner.type} />
      </Fact>
      <Fact label="partner.children">{partner.children}</Fact>
      <Fact label="partner.chain">
        {partner.chain.length === 0 ? translate('partner.brand_itself') : null}
        {partner.chain.map((above, index) => (
          <span key={above.id}>
            {index > 0 ? ' → ' : ''}
            <Link to={`/partners/${above.id}/show`}>{above.name}</Link>
          </span>
        ))}
      </Fact>
    </Facts>
  );
};

export const PartnerShow = () => {
  const { id = '' } = useParams();
  const translate = useTranslate();
  const query = useBrandApi<PartnerDetail>('distribution', `partners/${id}`);
  const more = (path: string) => <Link to={filtered(path, { partnerId: id })}>{translate('list.all')}</Link>;
  return (
    <Loaded query={query}>
      {(partner) => (
        <>
          <PageHead title={partner.name}>
            <PayoutBlock partnerId={id} partnerName={partner.name} />
          </PageHead>
          <Columns>
            <Section title="partner.place">
              <Place partner={partner} />
            </Section>
            <Section title="partner.balances">
              <Balances partner={partner} />
            </Section>
          </Columns>
          <Columns template="minmax(0, 1fr)">
            {mayDo('statements', 'read') ? (
              <Section title="partner.statements" aside={more('statements')}>
                <StatementTable partnerId={id} limit={50} />
              </Section>
            ) : null}
            {mayDo('commission-lines', 'read') ? (
              <Section title="partner.earnings" aside={more('commission-lines')}>
                <Earnings partnerId={id} />
              </Section>
            ) : null}
            {mayDo('partners', 'see_person') || mayDo('partners', 'name_person') ? (
              <Section title="person.title" aside={<Quiet>{translate('person.about')}</Quiet>}>
                <PartnerPerson partnerId={id} partnerName={partner.name} />
              </Section>
            ) : null}
            {isPartner() ? null : (
              <Section title="owners.title" aside={<Quiet>{translate('owners.about')}</Quiet>}>
                <PartnerOwners partnerId={id} partnerName={partner.name} />
              </Section>
            )}
            <Section title="partner.history">
              <History partner={partner} />
            </Section>
            <AuditSection entityType="partner" entityId={id} detail={(row) => <OwnersChange row={row} />} />
          </Columns>
        </>
      )}
    </Loaded>
  );
};
