import { brandInput, channelCode, partnerType, planInput } from '@concentric/contracts';
import { z } from 'zod';
import { isMomentFormat } from '../staging/moment.rules';
import { identityTypes, kindsWithBuyer, linkKinds, recordFields, recordKinds } from './record-fields';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2026-01-31');
const zone = brandInput.shape.zone;

/** The name of a column; several columns are joined by `-`. */
const column = z.union([z.string().min(1), z.array(z.string().min(1)).min(2).max(6)]);

/** A condition on the file's own text of a column; a row must meet all of them. */
const condition = z.strictObject({
  column: z.string().min(1),
  in: z.array(z.string()).min(1).optional(),
  notIn: z.array(z.string()).min(1).optional(),
  empty: z.boolean().optional(),
});

const fileSpec = z
  .strictObject({
    file: z.string().min(1),
    kind: z.enum(recordKinds),
    format: z.enum(['csv', 'ndjson']).default('csv'),
    delimiter: z.string().length(1).default(','),
    encoding: z.string().default('utf-8').refine(isEncoding, 'must be an encoding such as utf-8, gbk or utf-16le'),
    /** Names of the columns, for a file that has no header line. */
    header: z.array(z.string().min(1)).min(1).optional(),
    /** NDJSON only: one record per element of this list inside a document. */
    each: z.string().min(1).optional(),
    columns: z.record(z.string(), column).default({}),
    constants: z.record(z.string(), z.string()).default({}),
    values: z.record(z.string(), z.record(z.string(), z.string())).default({}),
    where: z.array(condition).default([]),
    /** Texts that mean "nothing", besides the empty one. */
    empty: z.array(z.string()).default([]),
    amounts: z.enum(['decimal', 'minor']).default('decimal'),
    decimalMark: z.enum(['.', ',']).default('.'),
    /** What stands between thousands, if anything does. */
    groupMark: z.enum(['.', ',', ' ', "'", '\u00a0', '\u202f']).optional(),
    zone: zone.optional(),
    timeFormat: z
      .string()
      .default('iso')
      .refine(isMomentFormat, 'must be iso, epoch-seconds, epoch-milliseconds or a pattern such as D/M/YYYY H:mm'),
    /** links only: what they connect. */
    link: z.enum(linkKinds).optional(),
    /** orders and order-lines: what a negative amount is. */
    negatives: z.enum(['reject', 'refund-of-order', 'refund-by-buyer-and-product']).default('reject'),
  })
  .superRefine((spec, context) => {
    const complain = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    const { needs, may } = recordFields[spec.kind];
    const known = new Set([...needs.flat(), ...may]);
    if (kindsWithBuyer.includes(spec.kind)) ['buyer', ...identityTypes.map((type) => `buyer.${type}`)].forEach((name) => known.add(name));
    for (const part of ['columns', 'constants', 'values'] as const) {
      for (const name of Object.keys(spec[part])) {
        if (!known.has(name)) complain([part, name], `${spec.kind} have no field ${name}; they have ${[...known].join(', ')}`);
      }
    }
    for (const names of needs) {
      if (!names.some((name) => name in spec.columns || name in spec.constants)) {
        complain(['columns'], `${spec.kind} need ${names.join(' or ')}: name its column here or its value in constants`);
      }
    }
    if (spec.kind === 'links' && !spec.link) complain(['link'], `say what the links connect: ${linkKinds.join(', ')}`);
    if (spec.kind !== 'links' && spec.link) complain(['link'], 'only files of kind links have it');
    if (spec.groupMark === spec.decimalMark) complain(['groupMark'], 'is the decimal mark already');
    if (spec.each && spec.format !== 'ndjson') complain(['each'], 'only NDJSON documents hold lists');
    if (spec.header && spec.format !== 'csv') complain(['header'], 'only CSV files have a header line');
  });
export type FileSpec = z.output<typeof fileSpec>;

const amountText = z.string().regex(/^\d+(\.\d+)?$/, 'must be a decimal amount in the brand currency, in quotes, like "10.00"');

/** What a manifest says. The field reference stands in the README of this app. */
export const manifestSchema = z.strictObject({
  brand: brandInput,
  /** Plan versions; `validFrom` defaults to the first day of the history. */
  plans: z.array(planInput.extend({ validFrom: planInput.shape.validFrom.optional() })).min(1),
  binding: z.strictObject({
    mode: z.enum(['first', 'last', 'protected']),
    /** Which partner of the line a purchase binds to, by preference. */
    bindTo: z.array(z.enum(['store', 'guide', 'leader'])).min(1),
    /** Protected mode: how long a binding holds after the last purchase; null for life. */
    protectionDays: z.number().int().min(0).nullable().default(null),
  }),
  registerOnPurchase: z.boolean(),
  holdingDays: z.number().int().min(0).max(365).default(0),
  holdingDaysByChannel: z.record(channelCode, z.number().int().min(0).max(365)).default({}),
  minimumPayout: amountText.default('0'),
  /** Last day of the history; by default the end of the month in which the last event has been held long enough. */
  asOf: date.optional(),
  /** Channel of records that name none; by default the only channel of the brand. */
  channel: channelCode.optional(),
  /** Stores, guides and leaders that orders name but no file lists: left out (their orders are held), or created under the brand. */
  missingPartners: z.enum(['hold', 'create']).default('hold'),
  files: z.array(fileSpec).min(1),
});
export type Manifest = z.output<typeof manifestSchema>;
export const partnerTypes = partnerType.options;

function isEncoding(name: string): boolean {
  try {
    return Boolean(new TextDecoder(name));
  } catch {
    return false;
  }
}
