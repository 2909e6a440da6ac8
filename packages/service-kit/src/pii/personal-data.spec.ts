import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { mask, normaliseIdentity } from './identity.rules';
import { PersonalData, SealBrokenError } from './personal-data';

const brand = '018f0000-0000-7000-8000-000000000001';
const otherBrand = '018f0000-0000-7000-8000-000000000002';
const key = randomBytes(32).toString('base64');
const data = new PersonalData(key);

describe('identities', () => {
  it.each<[string, string[]]>([
    [
      '13812345678',
      [
        '+8613812345678',
        '+86 138 1234 5678',
        '0086-138-1234-5678',
        ' 138 1234 5678 ',
        '86 13812345678',
        '１３８１２３４５６７８',
        '(+86)13812345678',
      ],
    ],
    ['+15551234567', ['+1 (555) 123-4567', '001 555 123 4567']],
  ])('match however the phone %s is written', (canonical, spellings) => {
    for (const spelling of [canonical, ...spellings]) {
      expect(normaliseIdentity('phone', spelling)).toBe(canonical);
      expect(data.index('phone', spelling, brand)).toBe(data.index('phone', canonical, brand));
    }
  });

  it('match emails in any case, and nothing else in any case', () => {
    expect(data.index('email', ' Wang.Fang@Example.COM ', brand)).toBe(data.index('email', 'wang.fang@example.com', brand));
    expect(data.index('external', 'A1', brand)).not.toBe(data.index('external', 'a1', brand));
  });

  it('do not match across brands, types or keys', () => {
    const indices = [
      data.index('phone', '13812345678', brand),
      data.index('phone', '13812345678', otherBrand),
      data.index('card', '13812345678', brand),
      new PersonalData(randomBytes(32).toString('base64')).index('phone', '13812345678', brand),
    ];
    expect(new Set(indices).size).toBe(4);
    expect(indices.every((index) => /^[0-9a-f]{64}$/.test(index))).toBe(true);
  });

  it('read back as they were sealed, and show nothing while sealed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((text) => text.trim() !== ''),
        (text) => {
          const sealed = data.seal('external', text, brand);
          expect(data.open(sealed, 'test', brand)).toBe(text.trim());
          if (text.trim().length > 6) expect(JSON.stringify(sealed)).not.toContain(text.trim());
        },
      ),
    );
    expect(data.seal('phone', '13812345678', brand).sealed).not.toBe(data.seal('phone', '13812345678', brand).sealed);
  });

  it('do not open for another brand, type or key, nor when changed', () => {
    const sealed = data.seal('phone', '13812345678', brand);
    expect(() => data.open(sealed, 'test', otherBrand)).toThrow(SealBrokenError);
    expect(() => data.open({ ...sealed, type: 'email' }, 'test', brand)).toThrow(SealBrokenError);
    expect(() => new PersonalData(randomBytes(32).toString('base64')).open(sealed, 'test', brand)).toThrow('key is not known');
    const at = sealed.sealed.length - 5;
    const changed = sealed.sealed.slice(0, at) + (sealed.sealed[at] === 'A' ? 'B' : 'A') + sealed.sealed.slice(at + 1);
    for (const text of [changed, '', 'x', '1..', '2.a.b', sealed.sealed.slice(0, 30)])
      expect(() => data.open({ ...sealed, sealed: text }, 'test', brand)).toThrow(SealBrokenError);
  });

  it('open for a reason only', () => {
    expect(() => data.open(data.seal('phone', '13812345678', brand), ' ', brand)).toThrow('reason');
  });

  it('stay readable and matchable after the key is rotated', () => {
    const before = data.seal('phone', '13812345678', brand);
    const rotated = new PersonalData(randomBytes(32).toString('base64'), [key]);
    expect(rotated.open(before, 'test', brand)).toBe('13812345678');
    const after = rotated.seal('phone', '13812345678', brand);
    expect(after.index).toBe(before.index);
    expect(() => data.open(after, 'test', brand)).toThrow('key is not known');
  });
});

describe('a mask', () => {
  it.each([
    ['phone', '+86 138 1234 5678', '138****5678'],
    ['phone', '110', '****'],
    ['email', 'wang.fang@example.com', 'w***@example.com'],
    ['email', '@example.com', '****'],
    ['name', '王小芳', '王**'],
    ['name', '王', '*'],
    ['bank_account', '6222020200112230000', '**** 0000'],
    ['wechat_openid', 'oABCDEFGH1234', 'oA****34'],
    ['external', 'short', '****'],
  ] as const)('of %s %s is %s', (type, value, expected) => {
    expect(mask(type, value)).toBe(expected);
  });
});
