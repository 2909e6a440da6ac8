import { refusal, type ReviewAction, type UnderReview } from './review.rules';

const inReview: UnderReview = { state: 'IN_REVIEW', fingerprint: 'f', submittedBy: 'maker' };
const draft: UnderReview = { state: 'DRAFT', fingerprint: 'f', submittedBy: null };

describe('the review of a statement', () => {
  it.each<[string, ReviewAction, UnderReview, string, string, string | null, string | undefined]>([
    ['a draft is submitted', 'submit', draft, 'maker', 'f', null, undefined],
    ['it is approved by somebody else', 'approve', inReview, 'checker', 'f', 'f', undefined],
    ['it is sent back by somebody else', 'reject', inReview, 'checker', 'f', null, undefined],
    ['inv 40: its submitter may not approve it', 'approve', inReview, 'maker', 'f', 'f', 'same_person'],
    ['inv 40: nor send it back', 'reject', inReview, 'maker', 'f', null, 'same_person'],
    ['it is not submitted twice', 'submit', inReview, 'maker', 'f', null, 'wrong_state'],
    ['a draft is not approved', 'approve', draft, 'checker', 'f', 'f', 'wrong_state'],
    ['inv 34: an approved one is final', 'reject', { ...inReview, state: 'APPROVED' }, 'checker', 'f', null, 'wrong_state'],
    ['inv 34: for everybody', 'submit', { ...inReview, state: 'APPROVED' }, 'maker', 'f', null, 'wrong_state'],
    ['a parked one waits', 'submit', { ...draft, state: 'PARKED' }, 'maker', 'f', null, 'wrong_state'],
    ['one that was not seen', 'submit', draft, 'maker', 'g', null, 'changed_meanwhile'],
    ['one that was not seen, at approval', 'approve', inReview, 'checker', 'g', 'f', 'changed_meanwhile'],
    ['one that the books no longer give', 'approve', inReview, 'checker', 'f', 'g', 'books_disagree'],
    ['one that the books no longer have', 'approve', inReview, 'checker', 'f', '', 'books_disagree'],
  ])('%s', (_, action, statement, actor, shown, rebuilt, code) => {
    expect(refusal(action, statement, actor, shown, rebuilt)?.code).toBe(code);
  });
});
