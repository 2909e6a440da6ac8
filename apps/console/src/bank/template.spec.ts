import { bankTemplate } from './template';

describe('the template of bank results', () => {
  it('is a header line with one way to give the amount', () => {
    expect(bankTemplate()).toBe('item,status,bank_ref,amount,booked_on,reason\r\n');
  });
});
