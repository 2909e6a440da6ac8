import {
  adjustmentKind,
  adjustmentSource,
  adjustmentState,
  bankColumns,
  bankLineState,
  bankMatch,
  bankStatus,
  disputeState,
  findingCode,
  heldAction,
  heldOrderRow,
  heldRefundRow,
  identityType,
  importKind,
  importState,
  lineState,
  orderStatus,
  partnerType,
  payeeState,
  payoutItemState,
  payoutItemWait,
  payoutState,
  periodState,
  recalculationState,
  refundState,
  roleCode,
  statementState,
  statementWait,
  tier,
} from '@concentric/contracts';
import { messages as en } from './messages.en';
import { messages as zh } from './messages.zh';

type Tree = { [key: string]: Tree | string };

function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [inner, text] of leaves(value, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}

const english = leaves(en as unknown as Tree);
const chinese = leaves(zh as unknown as Tree);
/** Written the same in both languages. */
const SAME = /^(words\.tier\.T[1-4])$/;

describe('messages', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()].filter((key) => !chinese.has(key))).toEqual([]);
    expect([...chinese.keys()].filter((key) => !english.has(key))).toEqual([]);
  });

  it('are Chinese in Chinese', () => {
    const left = [...chinese].filter(
      ([key, text]) => !/\p{Script=Han}/u.test(text) && text.replace(/%\{\w+\}|[\s、–%{}]/gu, '') !== '' && !SAME.test(key),
    );
    expect(left).toEqual([]);
  });

  it.each([
    ['adjustment_kind', adjustmentKind],
    ['adjustment_source', adjustmentSource],
    ['adjustment_state', adjustmentState],
    ['bank_line_state', bankLineState],
    ['bank_match', bankMatch],
    ['bank_status', bankStatus],
    ['dispute_state', disputeState],
    ['finding_code', findingCode],
    ['held_action', heldAction],
    ['held_reason', heldOrderRow.shape.reason],
    ['identity', identityType],
    ['import_kind', importKind],
    ['import_state', importState],
    ['line_state', lineState],
    ['operator_role', roleCode],
    ['order_status', orderStatus],
    ['partner_type', partnerType],
    ['payee_state', payeeState],
    ['payout_item_state', payoutItemState],
    ['payout_item_wait', payoutItemWait],
    ['payout_state', payoutState],
    ['period_state', periodState],
    ['recalculation_state', recalculationState],
    ['refund_hold', heldRefundRow.shape.reason],
    ['refund_state', refundState],
    ['statement_state', statementState],
    ['statement_wait', statementWait],
    ['tier', tier],
  ])('name every value of %s', (group, { options }) => {
    expect(options.filter((value) => !english.has(`words.${group}.${value}`))).toEqual([]);
  });

  it.each([
    ['remedy', heldOrderRow.shape.reason],
    ['refund_remedy', heldRefundRow.shape.reason],
  ])('say what to do about every reason of held.%s', (group, { options }) => {
    expect(options.filter((reason) => !english.has(`held.${group}.${reason}`))).toEqual([]);
  });

  it('say what each column of bank results holds', () => {
    expect(bankColumns.filter((name) => !english.has(`bank_column.${name}`))).toEqual([]);
  });

  it('use the same variables in both languages', () => {
    const variables = (text: string) => [...new Set(text.match(/%\{\w+\}/g) ?? [])].sort();
    const allowed = new Set(['%{smart_count}', '%{name}', '%{recordRepresentation}']);
    const differing = [...english].filter(([key, text]) => {
      const theirs = variables(chinese.get(key) ?? '');
      const ours = variables(text);
      return [...ours, ...theirs].some((name) => !allowed.has(name) && !(ours.includes(name) && theirs.includes(name)));
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});
