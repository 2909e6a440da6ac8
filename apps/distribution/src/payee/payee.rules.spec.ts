import { payeeState, payeeInput } from '@concentric/contracts';
import { payeeRefusal, payeeTransitions, type PayeeAction } from './payee.rules';

const actions = Object.keys(payeeTransitions) as PayeeAction[];
const legal = ['PROPOSED approve', 'PROPOSED reject', 'APPROVED replace'];

describe('payee details', () => {
  it.each(payeeState.options.flatMap((state) => actions.map((action) => [state, action] as const)))('%s: %s', (state, action) => {
    const refused = payeeRefusal(action, { state, proposedBy: 'maker', isOwn: false }, 'checker');
    expect(refused?.code).toBe(legal.includes(`${state} ${action}`) ? undefined : 'wrong_state');
  });

  it.each(['approve', 'reject'] as const)('inv 40: are not decided on by who proposed them: %s', (action) => {
    expect(payeeRefusal(action, { state: 'PROPOSED', proposedBy: 'maker', isOwn: false }, 'maker')?.code).toBe('same_person');
  });

  it.each(['approve', 'reject'] as const)('are not decided on by who owns the partner: %s', (action) => {
    expect(payeeRefusal(action, { state: 'PROPOSED', proposedBy: 'maker', isOwn: true }, 'checker')?.code).toBe('own_partner');
  });

  const given = { currency: 'CNY', holder: '李小明', account: '6222020200112233445', bankId: '102100099996', reason: 'contract' };
  it.each<[string, object, boolean]>([
    ['a domestic account', {}, true],
    ['an IBAN with spaces', { account: 'DE89 3704 0044 0532 0130 00', bankId: 'COBADEFFXXX' }, true],
    ['an IBAN with two digits swapped', { account: 'DE89 3704 0044 0532 0130 01', bankId: 'COBADEFFXXX' }, false],
    ['letters in a domestic account', { account: '62220202O0112233445' }, false],
    ['a short bank code', { bankId: '10210009999' }, false],
    ['a name that is a formula', { holder: '=SUM(A1)' }, false],
    ['a name that XML cannot hold', { holder: 'Li\u0000Ming' }, false],
    ['no reason', { reason: ' ' }, false],
  ])('are taken or refused: %s', (_, change, taken) => {
    expect(payeeInput.safeParse({ ...given, ...change }).success).toBe(taken);
  });
});
