import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;

/** The programs that check rules: `clone`, `setns` … */
export const TABLES = readdirSync(here).filter((name) => name.endsWith('.c')).map((name) => name.slice(0, -2)).sort();

export function source(table: string): string {
  return readFileSync(fileOf(table), 'utf8');
}

export function fileOf(table: string): string {
  return path.join(here, `${table}.c`);
}

export interface Row {
  readonly id: string;
  readonly rule: string;
  readonly expected: string;
  readonly observed: string;
  readonly ok: boolean;
}

/** The rows that a program printed, in their order. */
export function rows(output: string): Row[] {
  return output.split('\n').flatMap((line) => {
    const [id = '', rule = '', expected = '', observed = '', verdict] = line.split(' | ');
    return verdict === 'ok' || verdict === 'DIFF' ? [{ id, rule, expected, observed, ok: verdict === 'ok' }] : [];
  });
}

/** A row of the table in C: `chk("A1", "what", EINVAL, function)` or `chks("F1", "what", "text", function)`. */
const CHECK = /\b(chks?)\(\s*"(\w+)",\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*|\w+),/g;

/** The ids that a source's table has. */
export function ids(text: string): string[] {
  return [...text.matchAll(CHECK)].map(([, , id = '']) => id);
}

/** A source whose expectations are wrong in the rows for which `falsify` says so. */
export function falsified(text: string, falsify: (id: string) => boolean): string {
  return text.replaceAll(CHECK, (whole, call: string, id: string, rule: string, expected: string) => (falsify(id)
    ? `${call}("${id}", ${rule}, ${call === 'chks' ? '"what nobody observes"' : expected === 'EXDEV' ? 'EDOM' : 'EXDEV'},`
    : whole));
}
