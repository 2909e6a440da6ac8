import { rateText } from '@concentric/money';
import { CreateButton, useRecordContext, useLocale, useTranslate } from 'react-admin';
import { DateOnly, DateOnlyField, Money, MoneyField, PlainField, Word, WordField } from '../fields/fields';
import { ProposalReason } from '../fields/ProposalReason';
import { formatDate } from '../money/format';
import { ConsoleList } from '../pages/ConsoleList';
import { ProposalButtons } from '../pages/ProposalButtons';
import { Column, Figures, Rows } from '../pages/Rows';
import { mayDo } from '../providers/access';
import type { WithholdingRule } from '../providers/rows';

const Types = () => {
  const translate = useTranslate();
  const rule = useRecordContext<WithholdingRule>();
  return <>{rule?.partnerTypes.map((type) => translate(`words.partner_type.${type}`)).join(translate('list.separator'))}</>;
};

const Rate = () => {
  const rule = useRecordContext<WithholdingRule>();
  return <>{rule ? rateText(rule.ratePpm) : null}</>;
};

const Decision = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const rule = useRecordContext<WithholdingRule>();
  if (rule?.state !== 'PROPOSED') return null;
  return (
    <ProposalButtons
      resource="withholding-rules"
      path={`withholding-rules/${rule.id}/decide`}
      proposedBy={rule.proposedBy}
      approving={translate('withholding.effect.approve', { date: formatDate(rule.validFrom, locale), rate: rateText(rule.ratePpm) })}
      refusing={translate('withholding.effect.refuse')}
    />
  );
};

/** What is withheld from whom, from which date on. A rule ends where the next of its kind of partner begins. */
export const WithholdingList = () => (
  <ConsoleList
    emptyName="withholding"
    intro="intro.withholding"
    pagination={false}
    begin={{ label: 'withholding.propose', to: '/withholding-rules/create', resource: 'withholding-rules', action: 'create' }}
    actions={mayDo('withholding-rules', 'create') ? <CreateButton label="withholding.propose" /> : undefined}
  >
    <Rows<WithholdingRule>
      rowClick={false}
      phone={{
        primary: () => <Types />,
        secondary: (rule) => (
          <>
            <DateOnly value={rule.validFrom} /> · <Word plain group="rule_state" value={rule.state} /> · {rateText(rule.ratePpm)}{' '}
            <Decision />
          </>
        ),
        tertiary: (rule) => <Money minor={rule.exemptMinor} currency={rule.currency} />,
      }}
    >
      <Column source="partnerTypes" field={Types} />
      <Column source="validFrom" field={DateOnlyField} />
      <Column source="currency" field={PlainField} />
      <Figures source="exemptMinor" field={MoneyField} />
      <Figures source="deductMinor" field={MoneyField} />
      <Figures source="ratePpm" field={Rate} />
      <Column source="state">
        <WordField source="state" group="rule_state" />
      </Column>
      <Column source="reason" field={ProposalReason} sx={{ minWidth: 180 }} />
      <Column label="list.actions" field={Decision} />
    </Rows>
  </ConsoleList>
);
