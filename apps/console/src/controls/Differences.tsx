import type { ControlFinding, ControlName } from '@concentric/contracts';
import { Link, useTranslate } from 'react-admin';
import { Money } from '../fields/fields';
import { PlainTable } from '../pages/PlainTable';
import { Quiet } from '../pages/Section';
import { useBrand } from '../providers/brand';
import type { ControlRun } from '../providers/rows';

/** Where what a control names has a page. */
const PAGES: Partial<Record<ControlName, string>> = {
  statement_movement: 'statements',
  statement_opening: 'statements',
  statement_carried: 'statements',
  payout_statement: 'statements',
  payout_batch: 'payouts',
};
/** Controls that compare amounts; the others compare currencies and counts. */
const OF_MONEY: readonly ControlName[] = [
  'transaction_balance',
  'ledger_balance',
  'account_balance',
  'statement_movement',
  'statement_opening',
  'statement_carried',
  'payout_item',
  'payout_batch',
  'payout_ledger',
];

const Subject = ({ finding: { control, subject } }: { finding: ControlFinding }) => {
  const translate = useTranslate();
  const page = PAGES[control];
  if (page) return <Link to={`/${page}/${subject}/show`}>{subject}</Link>;
  return <code>{control === 'payout_ledger' ? translate(`words.account.${subject}`, { _: subject }) : subject}</code>;
};

/** The first places at which the books contradict themselves: what each should be and what it is. */
export const Differences = ({ run }: { run: ControlRun }) => {
  const translate = useTranslate();
  const brand = useBrand();
  const amount = ({ control, subject }: ControlFinding, text: string) => {
    if (!OF_MONEY.includes(control)) return text;
    return <Money minor={Number(text)} currency={control === 'ledger_balance' ? subject : (brand?.currency ?? 'CNY')} />;
  };
  const all = run.controls.reduce((sum, { mismatches }) => sum + mismatches, 0);
  return (
    <>
      <PlainTable
        rows={run.findings}
        keyOf={({ control, subject }) => `${control} ${subject}`}
        columns={[
          { label: 'control.control', cell: ({ control }) => translate(`words.control.${control}`) },
          { label: 'control.subject', cell: (finding) => <Subject finding={finding} /> },
          { label: 'control.expected', right: true, cell: (finding) => amount(finding, finding.expected) },
          { label: 'control.found', right: true, cell: (finding) => amount(finding, finding.found) },
        ]}
      />
      {all > run.findings.length ? <Quiet>{translate('control.first_only', { shown: run.findings.length, all })}</Quiet> : null}
    </>
  );
};
