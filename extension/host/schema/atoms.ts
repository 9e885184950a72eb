import * as v from 'valibot';
import type { Errno, NsType } from '../../../helper/protocol.ts';
import { NS_LINKS, NS_TYPES } from '../../../helper/protocol.ts';

// `custom` with one test each, since ten thousand processes pass through here: a `pipe` costs several times as much.

/** 0 … 2^53-1. */
export const natural = v.custom<number>((value) => Number.isSafeInteger(value) && (value as number) >= 0, 'a number without a sign');
/** What exceeds 2^53 comes as decimal digits. */
export const digits = v.custom<`${bigint}`>((value) => typeof value === 'string' && /^\d{1,20}$/.test(value), 'decimal digits');
export const signedDigits = v.custom<string>((value) => typeof value === 'string' && /^-?\d{1,20}$/.test(value), 'decimal digits');
export const errno = v.custom<Errno>((value) => typeof value === 'string' && /^E[A-Z0-9]{1,20}$/.test(value), 'the name of an error, "EACCES"');
export const nsType = v.picklist<readonly NsType[]>(NS_TYPES);
export const nullable = v.nullable;

/** Ten inodes in the order of `NS_LINKS`. */
export const tuple = v.custom<readonly (number | null)[]>(
  (value) => Array.isArray(value) && value.length === NS_LINKS.length
    && value.every((inode) => inode === null || (Number.isSafeInteger(inode) && inode >= 0)),
  `${NS_LINKS.length} inodes`,
);

/** Field name → why it is missing. */
export function unread<const Field extends string>(fields: readonly Field[]): v.GenericSchema<unknown, Partial<Record<Field, Errno>>> {
  const known: ReadonlySet<string> = new Set(fields);
  return v.custom<Partial<Record<Field, Errno>>>(
    (value) => isRecord(value) && Object.entries(value).every(([field, why]) => known.has(field) && v.is(errno, why)),
    `reasons for some of ${fields.join(', ')}`,
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
