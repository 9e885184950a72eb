import type { Span } from './ast.ts';

/** `unsupported`: valid C that this front end does not know; it is an error, and says so. */
export type Severity = 'error' | 'warning' | 'note' | 'unsupported';

export interface Diagnostic {
  readonly severity: Severity;
  readonly span: Span;
  /** One line, no full stop, in the words of C: `'x' undeclared`. */
  readonly message: string;
  /** What would mend it, where that is clear: `did you mean 'printf'?` */
  readonly hint?: string;
}

/** What a front end gives: the unit (null when there were errors) and all it has to say. It never throws for what is in the text. */
export interface Checked<T> { readonly unit: T | null; readonly diagnostics: readonly Diagnostic[] }

/** Text of files by path, for `#include` and the program itself: bytes, since C is bytes. Null: there is none. */
export interface SourceFiles { read(path: string): Uint8Array | null }
