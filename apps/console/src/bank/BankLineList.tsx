import { bankLineState, bankMatch, uuid } from '@concentric/contracts';
import { Button, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link, ReferenceInput, SelectInput, TextInput, useLocale, useRecordContext, useTranslate } from 'react-admin';
import { useReason } from '../audit/reason';
import { DateOnlyField, PlainField, Word, WordField } from '../fields/fields';
import { formatInstant } from '../money/format';
import { useWordChoices } from '../pages/choices';
import { ConsoleList } from '../pages/ConsoleList';
import { decimal } from '../pages/csv';
import type { ExportColumn } from '../pages/export';
import { Column, Figures, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';
import { useBrand } from '../providers/brand';
import type { BankFileRow, BankLineRow } from '../providers/rows';
import { BankAmount } from './BankAmount';
import { BankLineDecision } from './BankLineDecision';
import { BankUpload } from './BankUpload';
import { isOpen } from './open';

const exportedFor = (currency: string): ExportColumn<BankLineRow>[] => [
  { label: 'bank.booked_on', value: (line) => line.bookedOn },
  { label: 'bank.ref', value: (line) => line.bankRef },
  { label: 'bank.item', value: (line) => line.item },
  { label: 'bank.status', value: (line, { word }) => word('bank_status', line.status) },
  { label: 'bank.match', value: (line, { word }) => word('bank_match', line.match) },
  { label: 'bank.state', value: (line, { word }) => word('bank_line_state', line.state) },
  { label: 'commission.amount', value: (line) => (line.amountMinor === null ? line.amountText : decimal(line.amountMinor, currency)) },
  { label: 'bank.reason', value: (line) => line.reason },
  { label: 'bank.decision', value: (line) => line.decisionReason },
];

const Amount = () => {
  const line = useRecordContext<BankLineRow>();
  const brand = useBrand();
  return line ? <BankAmount line={line} currency={brand?.currency ?? 'CNY'} /> : null;
};

const Caption = ({ children }: { children: ReactNode }) => (
  <Typography variant="caption" color="textSecondary" component="div">
    {children}
  </Typography>
);

/** What the line was found to belong to, or why to nothing. */
const Belongs = () => {
  const translate = useTranslate();
  const line = useRecordContext<BankLineRow>();
  const reason = useReason();
  if (!line) return null;
  return (
    <>
      {line.payoutId ? <Link to={`/payouts/${line.payoutId}/show`}>{line.partnerCode}</Link> : line.item.slice(0, 13)}
      {line.statementId ? (
        <>
          {' · '}
          <Link to={`/statements/${line.statementId}/show`}>{translate('why.statement')}</Link>
        </>
      ) : null}
      {line.why ? <Caption>{reason(line.why)}</Caption> : null}
      {line.reason ? <Caption>{line.reason}</Caption> : null}
      {isOpen(line) ? <Caption>{translate(`bank.todo.${line.match}`)}</Caption> : null}
      {line.decisionReason ? <Caption>{translate('bank.decided', { reason: line.decisionReason })}</Caption> : null}
    </>
  );
};

const Decision = () => {
  const line = useRecordContext<BankLineRow>();
  return line ? <BankLineDecision line={line} /> : null;
};

/** Lines of one file, named by when it was taken in. */
const FileFilter = ({ source }: { source: string }) => {
  const locale = useLocale();
  const zone = useBrand()?.zone ?? 'UTC';
  const nameOf = (file: BankFileRow) => `${formatInstant(file.importedAt, zone, locale)} · ${file.sha256.slice(0, 8)}`;
  return (
    <ReferenceInput source={source} reference="bank-files" sort={{ field: 'importedAt', order: 'DESC' }}>
      <SelectInput optionText={nameOf} />
    </ReferenceInput>
  );
};

/** Files of results name a payment by its id; half of one is not asked for. */
const isPayment = (typed?: string) => (!typed || uuid.safeParse(typed).success ? undefined : 'bank.not_payment');

/** Every line of the bank: matched, unmatched, twice or in conflict. Nothing uncertain is booked. */
export const BankLineList = () => {
  const translate = useTranslate();
  const brand = useBrand();
  const filters = [
    <SelectInput key="match" source="match" choices={useWordChoices('bank_match', bankMatch.options)} alwaysOn />,
    <SelectInput key="state" source="state" choices={useWordChoices('bank_line_state', bankLineState.options)} alwaysOn />,
    <FileFilter key="fileId" source="fileId" />,
    <TextInput key="itemId" source="itemId" validate={isPayment} />,
  ];
  return (
    <>
      {mayDo('bank-lines', 'import') ? <BankUpload /> : null}
      <ConsoleList
        filters={filters}
        filterDefaultValues={mayDo('bank-lines', 'confirm') ? { state: 'WAITING' } : {}}
        sort={{ field: 'id', order: 'ASC' }}
        emptyName="bank"
        intro="intro.bank"
        actions={
          <Button component={Link} to="/bank-files" size="small">
            {translate('bank_file.list')}
          </Button>
        }
        exported={exportedFor(brand?.currency ?? 'CNY')}
      >
        <Rows<BankLineRow>
          rowClick={false}
          phone={{
            primary: (line) => line.bankRef || line.item,
            secondary: (line) => (
              <>
                <Word plain group="bank_match" value={line.match} /> · <Word plain group="bank_status" value={line.status} /> <Decision />
              </>
            ),
            tertiary: () => <Amount />,
          }}
        >
          <Column source="bookedOn" field={DateOnlyField} />
          <Column source="bankRef" field={PlainField} />
          <Column source="status">
            <WordField source="status" group="bank_status" plain />
          </Column>
          <Column source="match">
            <WordField source="match" group="bank_match" />
          </Column>
          <Column source="item" field={Belongs} sx={{ minWidth: 200 }} />
          <Column source="state">
            <WordField source="state" group="bank_line_state" />
          </Column>
          <Figures source="amountMinor" field={Amount} />
          <Column label="list.actions" field={Decision} />
        </Rows>
      </ConsoleList>
    </>
  );
};
