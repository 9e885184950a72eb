import * as vscode from 'vscode';
import type { Filter } from '../tree/filter/parse.ts';
import { KEYWORDS, PREFIXES, parseFilter } from '../tree/filter/parse.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';

/** Typing is shown after a pause of this length. */
const PAUSE_MS = 150;

/**
 * Asks for a filter; the tree follows while one types, Escape takes it back. A filter given as argument is taken without asking.
 */
export async function filter(tree: NamespaceTree, argument: unknown): Promise<void> {
  if (typeof argument === 'string') {
    const parsed = parseFilter(argument);
    if ('error' in parsed) throw new Error(parsed.error);
    tree.setFilter(orNull(parsed));
    return;
  }
  const before = tree.picture.filter;
  const help: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('question'), tooltip: vscode.l10n.t('What can be typed') };
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter Namespaces');
  input.placeholder = 'net, 2417, fd, bind, user:1000, container:db, -initial, "text"';
  input.prompt = vscode.l10n.t('All terms must match; “-” before a term negates it. Empty shows everything.');
  input.value = before?.text ?? '';
  input.buttons = [help];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let accepted = false;
  const show = (): void => {
    const parsed = parseFilter(input.value);
    if (!('error' in parsed)) tree.setFilter(orNull(parsed));
  };
  await new Promise<void>((resolve) => {
    input.onDidChangeValue((value) => {
      const parsed = parseFilter(value);
      input.validationMessage = 'error' in parsed ? parsed.error : undefined;
      clearTimeout(timer);
      if (!('error' in parsed)) timer = setTimeout(show, PAUSE_MS);
    });
    input.onDidTriggerButton(() => { input.validationMessage = { message: helpText(), severity: vscode.InputBoxValidationSeverity.Info }; });
    input.onDidAccept(() => {
      const parsed = parseFilter(input.value);
      if ('error' in parsed) { input.validationMessage = parsed.error; return; }
      accepted = true;
      clearTimeout(timer);
      tree.setFilter(orNull(parsed));
      input.hide();
    });
    input.onDidHide(() => {
      clearTimeout(timer);
      if (!accepted && tree.picture.filter !== before) tree.setFilter(before);
      input.dispose();
      resolve();
    });
    input.show();
  });
}

function orNull(parsed: Filter): Filter | null { return parsed.terms.length === 0 ? null : parsed; }

/** One line, as a validation message has no more. */
function helpText(): string {
  const words = Object.entries(KEYWORDS).map(([word, meaning]) => `${word} (${meaning})`).join(', ');
  const prefixes = Object.entries(PREFIXES).map(([prefix, meaning]) => `${prefix}: ${meaning}`).join(' · ');
  return `A type, a pid, ${words} · ${prefixes} · anything else is looked for in rows, names of processes, command lines, hostnames and paths.`;
}
