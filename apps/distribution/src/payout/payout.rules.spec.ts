import { payoutState, type PayoutState } from '@concentric/contracts';
import { payoutRefusal, payoutTransitions, type PayoutAction, type PayoutActor, type PayoutUnderReview } from './payout.rules';

const actions = Object.keys(payoutTransitions) as PayoutAction[];
/** Where each action is legal, and where it leads (money.md, section 2). */
const legal: Record<PayoutAction, Partial<Record<PayoutState, PayoutState>>> = {
  submit: { DRAFT: 'SUBMITTED' },
  reject: { SUBMITTED: 'DRAFT' },
  approveFirst: { SUBMITTED: 'SUBMITTED' },
  approve: { SUBMITTED: 'APPROVED' },
  makeReady: { APPROVED: 'FILE_READY' },
  release: { FILE_READY: 'SENT' },
  proposeCancel: { DRAFT: 'DRAFT', SUBMITTED: 'SUBMITTED', APPROVED: 'APPROVED', FILE_READY: 'FILE_READY' },
  keep: { DRAFT: 'DRAFT', SUBMITTED: 'SUBMITTED', APPROVED: 'APPROVED', FILE_READY: 'FILE_READY' },
  cancel: { DRAFT: 'CANCELLED', SUBMITTED: 'CANCELLED', APPROVED: 'CANCELLED', FILE_READY: 'CANCELLED' },
  eject: { DRAFT: 'DRAFT', SUBMITTED: 'DRAFT' },
  settle: { SENT: 'SETTLED' },
  settlePart: { SENT: 'PART_SETTLED', SETTLED: 'PART_SETTLED' },
};
const batch = (more: Partial<PayoutUnderReview> = {}): PayoutUnderReview => ({
  state: 'SUBMITTED',
  version: 3,
  items: 2,
  preparedBy: 'preparer',
  submittedBy: 'submitter',
  approvedBy: null,
  cancelProposedBy: null,
  ...more,
});
const by = (actorId: string, more: Partial<PayoutActor> = {}): PayoutActor => ({
  actorId,
  seenVersion: 3,
  checkedStatement: false,
  ...more,
});
const isDecisionOnCancel = (action: PayoutAction) => action === 'cancel' || action === 'keep';

describe('a payout batch', () => {
  it.each(payoutState.options.flatMap((state) => actions.map((action) => [state, action] as const)))('%s: %s', (state, action) => {
    const to = legal[action][state];
    const refused = payoutRefusal(
      action,
      batch({ state, cancelProposedBy: isDecisionOnCancel(action) ? 'preparer' : null }),
      by('checker'),
    );
    expect(refused?.code).toBe(to === undefined ? 'wrong_state' : undefined);
    if (to !== undefined) expect(payoutTransitions[action].to ?? state).toBe(to);
  });

  it.each<[string, PayoutAction, Partial<PayoutUnderReview>, PayoutActor, string | undefined]>([
    ['is acted on as it was seen', 'approve', {}, by('checker', { seenVersion: 2 }), 'changed_meanwhile'],
    ['is not submitted empty', 'submit', { state: 'DRAFT', items: 0 }, by('preparer'), 'nothing_to_pay'],
    [
      'inv 40: is not submitted by the checker of a statement in it',
      'submit',
      { state: 'DRAFT' },
      by('other', { checkedStatement: true }),
      'checker_of_statement',
    ],
    ['inv 40: is not approved by who prepared it', 'approve', {}, by('preparer'), 'same_person'],
    ['inv 40: nor by who submitted it', 'approve', {}, by('submitter'), 'same_person'],
    ['inv 40: nor twice by one person', 'approve', { approvedBy: 'checker' }, by('checker'), 'same_person'],
    ['inv 40: nor by the checker of a statement in it', 'approve', {}, by('checker', { checkedStatement: true }), 'checker_of_statement'],
    ['is approved a second time by another', 'approve', { approvedBy: 'checker' }, by('other'), undefined],
    ['inv 40: is not sent back by who submitted it', 'reject', {}, by('submitter'), 'same_person'],
    ['inv 40: is not released by who prepared it', 'release', { state: 'FILE_READY' }, by('preparer'), 'same_person'],
    ['is released by who approved it', 'release', { state: 'FILE_READY', approvedBy: 'checker' }, by('checker'), undefined],
    [
      'is not released while it may be cancelled',
      'release',
      { state: 'FILE_READY', cancelProposedBy: 'preparer' },
      by('checker'),
      'cancel_proposed',
    ],
    ['nor approved', 'approve', { cancelProposedBy: 'preparer' }, by('checker'), 'cancel_proposed'],
    ['is proposed to be cancelled once', 'proposeCancel', { cancelProposedBy: 'preparer' }, by('submitter'), 'cancel_proposed'],
    ['is not cancelled by one person', 'cancel', { cancelProposedBy: 'preparer' }, by('preparer'), 'same_person'],
    ['is not cancelled unless proposed', 'cancel', {}, by('checker'), 'cancel_not_proposed'],
  ])('%s', (_, action, more, actor, code) => {
    expect(payoutRefusal(action, batch(more), actor)?.code).toBe(code);
  });
});
