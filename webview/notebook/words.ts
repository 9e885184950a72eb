import type { ComponentChildren } from 'preact';

/** English text → the user's language, as VS Code has loaded it (`vscode.l10n.bundle`); what it lacks stays English. */
let bundle: Readonly<Record<string, string>> = {};

export function setBundle(loaded: Readonly<Record<string, string>>): void { bundle = loaded; }

/** A text of the page, by its English, with `{0}`, `{1}` … filled in; as `vscode.l10n.t`. */
export function t(english: string, ...values: readonly (string | number)[]): string {
  return (bundle[english] ?? english).replace(/\{(\d+)\}/g, (whole, n: string) => String(values[Number(n)] ?? whole));
}

/** The same with elements for its placeholders. */
export function rich(english: string, ...values: readonly ComponentChildren[]): ComponentChildren[] {
  return (bundle[english] ?? english).split(/\{(\d+)\}/).map((part, n) => (n % 2 === 1 ? values[Number(part)] ?? `{${part}}` : part));
}
