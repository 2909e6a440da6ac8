import type { SealedIdentity } from '@concentric/contracts';

type IdentityType = SealedIdentity['type'];

/**
 * The one spelling of an identity that is matched by. Phones: digits only; the country code of mainland numbers is
 * dropped, that of others kept with its plus. Email and everything else: compatibility forms folded (full-width digits from
 * till systems), spaces trimmed; case matters except in email.
 */
export function normaliseIdentity(type: IdentityType, value: string): string {
  const text = value.normalize('NFKC').trim();
  if (type === 'email') return text.toLowerCase();
  if (type !== 'phone') return text;
  const dialled = text.replace(/[^\d+]/g, '').replace(/^00/, '+');
  const digits = dialled.replace(/\D/g, '');
  if (digits === '') return text;
  // Without a plus a leading 1 is a mainland mobile; with one it may be another country's code.
  const mainland = (dialled.startsWith('+') ? /^86(1[3-9]\d{9})$/ : /^(?:86)?(1[3-9]\d{9})$/).exec(digits)?.[1];
  if (mainland !== undefined) return mainland;
  return dialled.startsWith('+') ? `+${digits}` : digits;
}

/** What may be shown of a value without a permission to see it. */
export function mask(type: IdentityType | 'name' | 'bank_account', value: string): string {
  const text = value.trim();
  switch (type) {
    case 'phone': {
      const digits = text.replace(/\D/g, '').replace(/^86(?=1[3-9]\d{9}$)/, '');
      return digits.length < 8 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
    }
    case 'email': {
      const at = text.lastIndexOf('@');
      return at < 1 ? '****' : `${[...text][0] ?? ''}***${text.slice(at)}`;
    }
    case 'name': {
      const [first, ...rest] = [...text];
      return rest.length === 0 ? '*' : `${first ?? ''}${'*'.repeat(Math.min(rest.length, 3))}`;
    }
    case 'bank_account':
      return text.length < 8 ? '****' : `**** ${text.slice(-4)}`;
    default:
      return text.length < 8 ? '****' : `${text.slice(0, 2)}****${text.slice(-2)}`;
  }
}
