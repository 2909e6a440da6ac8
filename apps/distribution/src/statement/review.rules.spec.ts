import { statementState } from '@concentric/contracts';
import { needsAnother, refusal, type ReviewAction, type UnderReview } from './review.rules';

const inReview: UnderReview = {
  state: 'IN_REVIEW',
  fingerprint: 'f',
  submittedBy: 'maker',
  approvedBy: null,
  voidProposedBy: null,
  isOwn: false,
  carriesUnapproved: false,
  openFindings: 0,
};
const draft: UnderReview = { ...inReview, state: 'DRAFT', submittedBy: null };

describe('the review of a statement', () => {
  it.each<[string, ReviewAction, UnderReview, string, string, string | null, string | undefined]>([
    ['a draft is submitted', 'submit', draft, 'maker', 'f', null, undefined],
    ['it is approved by somebody else', 'approve', inReview, 'checker', 'f', 'f', undefined],
    ['it is sent back by somebody else', 'reject', inReview, 'checker', 'f', null, undefined],
    ['inv 40: its submitter may not approve it', 'approve', inReview, 'maker', 'f', 'f', 'same_person'],
    ['inv 40: nor send it back', 'reject', inReview, 'maker', 'f', null, 'same_person'],
    ['it is not submitted twice', 'submit', inReview, 'maker', 'f', null, 'wrong_state'],
    ['a draft is not approved', 'approve', draft, 'checker', 'f', 'f', 'wrong_state'],
    ['inv 40: nobody approves twice', 'approve', { ...inReview, approvedBy: 'checker' }, 'checker', 'f', 'f', 'approved_already'],
    ['a second checker approves', 'approve', { ...inReview, approvedBy: 'checker' }, 'second', 'f', 'f', undefined],
    ['one that may become void is not submitted', 'submit', { ...draft, voidProposedBy: 'maker' }, 'maker', 'f', null, 'void_proposed'],
    ['nor approved', 'approve', { ...inReview, voidProposedBy: 'maker' }, 'checker', 'f', 'f', 'void_proposed'],
    ['but may be sent back', 'reject', { ...inReview, voidProposedBy: 'maker' }, 'checker', 'f', null, undefined],
    ['one with open findings is not approved', 'approve', { ...inReview, openFindings: 1 }, 'checker', 'f', 'f', 'findings_open'],
    ['nor one that is being examined', 'approve', { ...inReview, openFindings: null }, 'checker', 'f', 'f', 'findings_pending'],
    ['nobody submits one of their own', 'submit', { ...draft, isOwn: true }, 'maker', 'f', null, 'own_partner'],
    ['nor approves it', 'approve', { ...inReview, isOwn: true }, 'checker', 'f', 'f', 'own_partner'],
    ['nor sends it back', 'reject', { ...inReview, isOwn: true }, 'checker', 'f', null, 'own_partner'],
    [
      'inv 40: one carries in what nobody has approved',
      'approve',
      { ...inReview, carriesUnapproved: true },
      'checker',
      'f',
      'f',
      'carries_unapproved',
    ],
    ['one that was not seen', 'submit', draft, 'maker', 'g', null, 'changed_meanwhile'],
    ['one that was not seen, at approval', 'approve', inReview, 'checker', 'g', 'f', 'changed_meanwhile'],
    ['one that the books no longer give', 'approve', inReview, 'checker', 'f', 'g', 'books_disagree'],
    ['one that the books no longer have', 'approve', inReview, 'checker', 'f', '', 'books_disagree'],
  ])('%s', (_, action, statement, actor, shown, rebuilt, code) => {
    expect(refusal(action, statement, actor, shown, rebuilt)?.code).toBe(code);
  });

  const actions: ReviewAction[] = ['submit', 'approve', 'reject'];
  const from = { submit: 'DRAFT', approve: 'IN_REVIEW', reject: 'IN_REVIEW' };
  it.each(statementState.options.flatMap((state) => actions.map((action) => [state, action] as const)))(
    'inv 34: %s, %s',
    (state, action) => {
      expect(refusal(action, { ...inReview, state }, 'checker', 'f', 'f')?.code).toBe(state === from[action] ? undefined : 'wrong_state');
    },
  );

  it.each<[string, number, string | null, number | null, boolean]>([
    ['no limit', 1_000, null, null, false],
    ['at the limit', 1_000, null, 1_000, false],
    ['above it, first', 1_001, null, 1_000, true],
    ['above it, second', 1_001, 'checker', 1_000, false],
    ['a limit of nothing, and nothing to pay', 0, null, 0, false],
  ])('asks for a second checker: %s', (_, net, approvedBy, limit, expected) => {
    expect(needsAnother(net, approvedBy, limit)).toBe(expected);
  });
});
