import { Link, useLocale, useTranslate } from 'react-admin';
import { endOfId } from '../fields/endOfId';
import { formatCount, formatMoney } from '../money/format';
import { filtered } from '../pages/filtered';
import { mayDo } from '../providers/access';
import type { FindingRow } from '../providers/rows';

const PAGES: Record<string, string> = { customerId: 'members', orderId: 'orders', statementId: 'statements', payeeId: 'payees' };

/** Where somebody looks further, by the document that a finding names; which details a partner had before is told by all of them. */
const See = ({ name, id, finding }: { name: string; id: string; finding: FindingRow }) => {
  const translate = useTranslate();
  const page = PAGES[name];
  if (!page) return null;
  const to = page === 'payees' ? filtered(page, { partnerId: finding.partnerId }) : `/${page}/${id}/show`;
  const text = translate(`finding.see.${name}`);
  return <> {mayDo(page, 'read') ? <Link to={to}>{text}</Link> : `${text} ${endOfId(id)}`}</>;
};

/** Why somebody should look, with the figures that say so, each document a link. */
export const FindingText = ({ finding }: { finding: FindingRow }) => {
  const translate = useTranslate();
  const locale = useLocale();
  const figures = Object.entries(finding.figures);
  const said = figures.map(([name, value]) => {
    if (typeof value !== 'number') return [name, value];
    return [name, name.endsWith('Minor') ? formatMoney(value, finding.currency, locale) : formatCount(value, locale)];
  });
  return (
    <>
      <strong>{translate(`words.finding_code.${finding.code}`)}</strong>:{' '}
      {translate(`finding.text.${finding.code}`, Object.fromEntries(said) as Record<string, string>)}
      {figures.map(([name, value]) => (
        <See key={name} name={name} id={String(value)} finding={finding} />
      ))}
    </>
  );
};
