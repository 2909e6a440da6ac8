import { MoneyCurrencyError } from './money.errors';

/**
 * ISO 4217 codes by number of minor-unit digits. Units of account without a minor unit (XAU, XDR, XXX, XTS, ...)
 * are left out on purpose: no order is paid in them.
 */
const CODES_BY_EXPONENT: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
    COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR
    IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD
    NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Withdrawn since 2021, all with 2 digits: nobody pays in them any more, but a history brought along may have. */
const LATELY_WITHDRAWN = 'ANG BGN CUC HRK SLL ZWL';

const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ...Object.entries(CODES_BY_EXPONENT).flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(digits)]),
  ),
  ...LATELY_WITHDRAWN.split(' ').map((code): [string, number] => [code, 2]),
]);

/** Every code money can be kept in, in alphabetical order. */
export const CURRENCIES: readonly string[] = [...EXPONENTS.keys()].sort();

/** Whether money can be kept in this code: ISO 4217, upper case. */
export function isCurrency(code: string): boolean {
  return EXPONENTS.has(code);
}

/** How many decimal digits the minor unit has: JPY 0, CNY 2, KWD 3. @throws MoneyCurrencyError for an unknown code */
export function exponentOf(code: string, field = 'currency'): number {
  const exponent = EXPONENTS.get(code);
  if (exponent === undefined) {
    throw new MoneyCurrencyError(field, `${JSON.stringify(code)} is not an ISO 4217 code in upper case, such as CNY or EUR`);
  }
  return exponent;
}
