import { askByIdentity } from './resources';

describe('asking for a member by identity', () => {
  it('takes a value without a kind for a phone number', () => {
    expect(askByIdentity({ tier: 'T1', identityValue: ' 13800000000 ' })).toEqual({
      tier: 'T1',
      identityType: 'phone',
      identityValue: '13800000000',
    });
  });

  it('keeps the kind that was chosen', () => {
    const filter = { identityType: 'email', identityValue: 'a@b.example' };
    expect(askByIdentity(filter)).toEqual(filter);
  });

  it('does not ask by a kind alone', () => {
    expect(askByIdentity({ identityType: 'email', identityValue: ' ' })).toEqual({});
    expect(askByIdentity({ identityType: 'phone', tier: 'T1' })).toEqual({ tier: 'T1' });
  });
});
