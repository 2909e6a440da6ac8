import { identityType, tier, type MemberRow } from '@concentric/contracts';
import { DateInput, SelectInput, TextInput, useRecordContext, useTranslate } from 'react-admin';
import { Channel, DayField, Word, WordField } from '../fields/fields';
import { Opening } from '../fields/Opening';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import type { ExportColumn } from '../pages/export';
import { Column, Rows } from '../pages/Rows';

const useMemberFilters = () => {
  const translate = useTranslate();
  const tiers = useWordChoices('tier', tier.options);
  const types = useWordChoices('identity', identityType.options);
  const kinds = [
    { id: 'true', name: 'words.member.true' },
    { id: 'false', name: 'words.member.false' },
  ];
  return [
    <SelectInput key="tier" source="tier" choices={tiers} alwaysOn />,
    <SelectInput key="member" source="member" choices={kinds} alwaysOn />,
    <SelectInput key="identityType" source="identityType" choices={types} alwaysOn />,
    <TextInput key="identityValue" source="identityValue" placeholder={translate('member.find')} alwaysOn />,
    <DateInput key="joinedFrom" source="joinedFrom" />,
    <DateInput key="joinedTo" source="joinedTo" />,
  ];
};

const Identities = () => {
  const row = useRecordContext<MemberRow & { id: string }>();
  return (
    <Opening>
      {row?.identities.slice(0, 2).map((identity) => (
        <div key={`${identity.type} ${identity.masked}`}>
          <Word plain group="identity" value={identity.type} /> {identity.masked}
        </div>
      ))}
    </Opening>
  );
};

/** A channel, or the first purchase that made somebody a member. */
const JoinedBy = () => {
  const row = useRecordContext<MemberRow & { id: string }>();
  if (row?.joinChannel === 'purchase') return <Word plain group="join" value="purchase" />;
  return <Channel value={row?.joinChannel} />;
};

/** No identity leaves by an export: whom a row is about is told by the console alone, masked. */
const EXPORTED: ExportColumn<MemberRow>[] = [
  { label: 'resources.bindings.fields.customerId', value: (row) => row.customerId },
  { label: 'resources.members.fields.member', value: (row, { word }) => word('member', String(row.member)) },
  { label: 'resources.members.fields.tier', value: (row, { word }) => word('tier', row.tier) },
  { label: 'resources.members.fields.memberSince', value: (row, { moment }) => moment(row.memberSince) },
  {
    label: 'resources.members.fields.joinChannel',
    value: (row, { word, channel }) => (row.joinChannel === 'purchase' ? word('join', 'purchase') : channel(row.joinChannel)),
  },
  { label: 'resources.members.fields.knownFrom', value: (row, { moment }) => moment(row.knownFrom) },
];

export const MemberList = () => (
  <ConsoleList
    filters={useMemberFilters()}
    sort={{ field: 'joined', order: 'DESC' }}
    emptyName="members"
    intro="intro.members"
    exported={EXPORTED}
    begin={{ label: 'imports.begin', to: '/imports/create', resource: 'imports', action: 'create' }}
  >
    <Rows<MemberRow & { id: string }>
      rowClick="show"
      phone={{
        primary: (row) => row.identities[0]?.masked ?? row.id.slice(0, 8),
        secondary: (row) => <Word plain group="member" value={String(row.member)} />,
        tertiary: (row) => <Word plain group="tier" value={row.tier} />,
      }}
    >
      <Column source="identities" field={Identities} />
      <Column source="tier">
        <WordField source="tier" group="tier" />
      </Column>
      <Column source="memberSince" field={DayField} />
      <Column source="joinChannel" field={JoinedBy} />
      <Column source="knownFrom" field={DayField} />
    </Rows>
  </ConsoleList>
);
