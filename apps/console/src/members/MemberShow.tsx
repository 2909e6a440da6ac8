import type { MemberDetail } from '@concentric/contracts';
import { Alert } from '@mui/material';
import { Link, useLocale, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { Channel, Day, Instant, Word } from '../fields/fields';
import { formatCount } from '../money/format';
import { OrderLink } from '../orders/OrderLink';
import { Columns, Fact, Facts, Loaded, Quiet, Section } from '../pages/Section';
import { PageHead } from '../pages/PageHead';
import { PlainTable } from '../pages/PlainTable';
import { useBrandApi } from '../pages/useApi';
import { mayDo } from '../providers/access';
import { Identities } from './Identities';
import { Purchases } from './Purchases';
import { ServedBy } from './ServedBy';

const Tiers = ({ member }: { member: MemberDetail }) => {
  const translate = useTranslate();
  const locale = useLocale();
  if (member.tiers.length === 0) return <Quiet>{translate('member.no_tier')}</Quiet>;
  return (
    <PlainTable
      rows={member.tiers.toReversed()}
      keyOf={(tier) => `${tier.from} ${tier.tier}`}
      columns={[
        { label: 'member.tier', cell: (tier) => <Word group="tier" value={tier.tier} /> },
        { label: 'member.from', cell: (tier) => <Day value={tier.from} /> },
        { label: 'member.to', cell: (tier) => (tier.to ? <Day value={tier.to} /> : translate('member.still')) },
        { label: 'member.reason', cell: (tier) => <Word plain group="tier_reason" value={tier.reason} /> },
        { label: 'member.growth', right: true, cell: (tier) => formatCount(tier.growthValue, locale) },
      ]}
    />
  );
};

const Status = ({ member }: { member: MemberDetail }) => {
  const locale = useLocale();
  return (
    <Facts>
      <Fact label="member.status">
        <Word group="member" value={String(member.member)} />
      </Fact>
      <Fact label="member.tier">
        <Word group="tier" value={member.tier} />
      </Fact>
      <Fact label="member.growth_now">{member.growthValue === null ? '–' : formatCount(member.growthValue, locale)}</Fact>
      <Fact label="member.since">
        <Day value={member.memberSince} />
      </Fact>
      <Fact label="member.join_channel">
        {member.joinChannel === 'purchase' ? <Word plain group="join" value="purchase" /> : <Channel value={member.joinChannel} />}
      </Fact>
      <Fact label="member.known">
        <Day value={member.knownFrom} />
      </Fact>
    </Facts>
  );
};

const Merges = ({ member }: { member: MemberDetail }) => {
  const translate = useTranslate();
  return (
    <PlainTable
      rows={member.merges}
      keyOf={(merge) => merge.mergeId}
      columns={[
        { label: 'member.merged_at', cell: (merge) => <Instant value={merge.occurredAt} /> },
        {
          label: 'member.merged_from',
          cell: (merge) => <Link to={`/members/${merge.fromCustomerId}/show`}>{merge.fromCustomerId.slice(0, 8)}</Link>,
        },
        {
          label: 'member.merged_by',
          cell: (merge) => (merge.orderId ? <OrderLink id={merge.orderId}>{translate('member.an_order')}</OrderLink> : '–'),
        },
      ]}
    />
  );
};

/** The customer page: know somebody in ten seconds. */
export const MemberShow = () => {
  const { id = '' } = useParams();
  const translate = useTranslate();
  const query = useBrandApi<MemberDetail>('membership', `members/${id}`);
  return (
    <Loaded query={query}>
      {(member) => (
        <>
          <PageHead title={member.identities[0]?.masked ?? translate('member.anonymous')} intro="intro.member" />
          {member.mergedInto ? (
            <Alert severity="info" sx={{ mt: 2 }}>
              {translate('member.lives_on')} <Link to={`/members/${member.mergedInto}/show`}>{member.mergedInto.slice(0, 8)}</Link>
            </Alert>
          ) : null}
          <Columns template="minmax(0, 3fr) minmax(0, 2fr)">
            <Section title="member.who">
              <Status member={member} />
            </Section>
            <Section title="member.identities">
              <Identities member={member} />
            </Section>
          </Columns>
          <Columns template="minmax(0, 1fr) minmax(0, 1fr)">
            <Section title="member.tier_history">
              <Tiers member={member} />
            </Section>
            {mayDo('bindings', 'read') ? (
              <Section title="member.served_by">
                <ServedBy customerId={member.customerId} />
              </Section>
            ) : null}
          </Columns>
          <Columns template="minmax(0, 1fr)">
            <Section title="member.purchases">
              <Purchases member={member} />
            </Section>
            {member.merges.length > 0 ? (
              <Section title="member.merges">
                <Merges member={member} />
              </Section>
            ) : null}
          </Columns>
        </>
      )}
    </Loaded>
  );
};
