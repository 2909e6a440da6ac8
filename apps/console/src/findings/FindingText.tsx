import { Link, useLocale, useTranslate } from 'react-admin';
import { formatCount, formatMoney } from '../money/format';
import type { FindingRow } from '../providers/rows';

/** Where somebody looks further, by the document that a finding names. */
const PAGES: Record<string, string> = { customerId: 'members', orderId: 'orders', statementId: 'statements' };

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
      {figures.map(([name, value]) =>
        PAGES[name] ? (
          <span key={name}>
            {' '}
            <Link to={`/${PAGES[name]}/${String(value)}/show`}>{translate(`finding.see.${name}`)}</Link>
          </span>
        ) : null,
      )}
    </>
  );
};
