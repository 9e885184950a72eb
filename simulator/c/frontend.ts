import type { TranslationUnit } from './ast.ts';
import type { Checked, Diagnostic, SourceFiles } from './diagnostic.ts';
import { preprocess, type Preprocessed } from './preprocess/preprocess.ts';
import { readPlace } from './preprocess/include.ts';
import { translationUnit } from './parse/translation_unit.ts';
import { Unit } from './parse/unit.ts';

export interface CompileOptions {
  /** Has the system's headers, as `include/stdio.h`. */
  readonly system: SourceFiles;
  /** As `-DNAME=TEXT`. */
  readonly defines?: Readonly<Record<string, string>>;
}

/**
 * Preprocesses, parses and checks one C file. `file` is its path for `files`, and what messages call it; headers in `"…"` are read from `files` beside it, then (and those in
 * `<…>`) from `options.system`; places in those say `/usr/include/NAME`. Whatever the bytes are, this returns: with a unit, or with at least one error.
 */
export function compileUnit(file: string, files: SourceFiles, options: CompileOptions): Checked<TranslationUnit> {
  const text = files.read(file);
  const start = { file, line: 1, column: 1 };
  const whole = { at: start, from: start, to: start };
  if (!text) return { unit: null, diagnostics: [{ severity: 'error', span: whole, message: `${file}: No such file or directory` }] };
  try {
    const prepared = preprocess(file, text, files, options.system, options.defines);
    const unit = new Unit(prepared);
    // a missing header is the end: what follows would only be its consequences
    if (!prepared.stopped) translationUnit(unit);
    return finished(file, prepared, unit);
  } catch (problem) {
    // the engine's stack is the one limit that cannot be counted beforehand
    if (!(problem instanceof RangeError) || !/call stack/i.test(problem.message)) throw problem;
    return { unit: null, diagnostics: [{ severity: 'unsupported', span: whole, message: 'the program is nested too deeply' }] };
  }
}

function finished(file: string, prepared: Preprocessed, unit: Unit): Checked<TranslationUnit> {
  const said = [...prepared.said, ...unit.said];
  const diagnostics: Diagnostic[] = said.sort((a, b) => a.before - b.before).map(({ diagnostic }) => diagnostic);
  if (diagnostics.some(({ severity }) => severity === 'error' || severity === 'unsupported')) return { unit: null, diagnostics };
  return { unit: { file, functions: unit.functions, variables: unit.variables, symbols: [...unit.linked.values()] }, diagnostics };
}

/** The bytes of the file that a place names: for whoever shows its line. */
export function sourceOf(file: string, files: SourceFiles, system: SourceFiles): Uint8Array | null { return readPlace(file, files, system); }
