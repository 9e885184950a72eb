import type { Version } from './version.ts';
import { within } from './version.ts';

/** Which kernel versions have a line; absent: all that have the function. */
export interface Span { readonly since?: Version; readonly until?: Version }

/** One line of a listing. */
export interface ListingLine {
  readonly listing: Listing;
  readonly index: number;
  /** Unique within its listing; what the model names when it executes the line. */
  readonly label: string;
  /** Depth: a line is guarded by the nearest line above it that is less deep. */
  readonly indent: number;
  /** C-like pseudo code in our own words. */
  readonly text: string;
  /** What the line did, in one plain sentence; `{name}` stands for an operand's value at that moment. */
  readonly what: string;
  /** Why it did that. */
  readonly why: string;
  readonly span: Span | undefined;
}

/** The modelled text of one kernel function. */
export interface Listing {
  readonly fn: string;
  /** Where the real one stands, relative to the kernel's source root. */
  readonly file: string;
  readonly lines: readonly ListingLine[];
  /** Where its texts are in `ListingTexts`; null: it has them itself. */
  readonly texts: number | null;
}

/** Text, what and why of every line of every listing, where a build has put them into a file of their own (cli/listing_texts.ts). */
export type ListingTexts = readonly (readonly (readonly [text: string, what: string, why: string])[])[];

/** label, indent, text, what, why, versions. */
export type Row = readonly [label: string, indent: number, text: string, what: string, why: string, span?: Span];

/** Every listing of the program, in the order in which its module was loaded: for the test that each line is reached. */
export const LISTINGS: Listing[] = [];

/**
 * Declares a function's listing. Lines are then named as `L.at.label`, so that a line which does not exist cannot be executed:
 * it does not compile.
 */
export function listing<const Rows extends readonly Row[]>(fn: string, file: string, rows: Rows, texts: number | null = null): Listing & { readonly at: { readonly [K in Rows[number][0]]: ListingLine } } {
  const at: Record<string, ListingLine> = {};
  const lines: ListingLine[] = [];
  const made = { fn, file, lines, texts, at: at as { readonly [K in Rows[number][0]]: ListingLine } };
  for (const [index, [label, indent, text = '', what = '', why = '', span]] of rows.entries()) {
    if (label in at) throw new Error(`${fn}: two lines are called ${label}`);
    const line: ListingLine = { listing: made, index, label, indent, text, what, why, span };
    lines.push(line);
    at[label] = line;
  }
  LISTINGS.push(made);
  return made;
}

/** Gives the listings the texts that the build took out of them. */
export function fillTexts(all: ListingTexts): void {
  for (const { texts, lines } of LISTINGS) {
    for (const [n, line] of lines.entries()) {
      const [text, what, why] = (texts === null ? undefined : all[texts])?.[n] ?? [line.text, line.what, line.why];
      Object.assign(line, { text, what, why });
    }
  }
}

/** The lines that this version's function has. */
export function linesOf(of: Listing, version: Version): ListingLine[] {
  return of.lines.filter((line) => within(version, line.span));
}
