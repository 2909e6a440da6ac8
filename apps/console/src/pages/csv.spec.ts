import { csvCell, decimal } from './csv';

describe('a cell of an export', () => {
  it.each([
    ['plain', 'plain'],
    ['a "b", c', '"a ""b"", c"'],
    ['=1+1', "'=1+1"],
    ['@x', "'@x"],
    ['-12.50', '-12.50'],
    ['-1+2', "'-1+2"],
    [null, ''],
  ])('writes %j as %j', (value, expected) => {
    expect(csvCell(value)).toBe(expected);
  });

  it('gives amounts exactly, with the digits of their currency', () => {
    expect(decimal(-1234, 'CNY')).toBe('-12.34');
    expect(decimal(1234, 'JPY')).toBe('1234');
  });
});
