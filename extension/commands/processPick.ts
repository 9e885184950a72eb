import * as vscode from 'vscode';
import type { Process } from '../../helper/protocol.ts';
import { processKey } from '../../helper/model/model.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { searchProcesses } from './processSearch.ts';
import { literal } from './literal.ts';

/** A quick pick stands still with thousands of rows, so it gets the best of them and asks again as one types. */
const MOST = 200;

interface Item extends vscode.QuickPickItem { readonly process: Process }

/**
 * Lets a person choose processes. `many`: several, those in `chosen` are ticked at first. Undefined when given up.
 */
export async function pickProcesses(model: () => HostModel, options: { readonly title: string; readonly placeholder: string; readonly many: boolean; readonly chosen?: readonly Process[] }): Promise<Process[] | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.canSelectMany = options.many;
  let picked: readonly Item[] = (options.chosen ?? []).map((process) => toItem(process, `${process.pid} ${literal(process.comm)}`, '', ''));
  const show = (typed: string): void => {
    const { found, total } = searchProcesses(model(), typed, MOST);
    const kept = new Set(picked.map((item) => processKey(item.process)));
    // ticked rows stay in the list, else VS Code forgets them
    pick.items = [...picked, ...found.filter(({ process }) => !kept.has(processKey(process))).map(({ process, label, description, detail }) => toItem(process, literal(label), literal(description), literal(detail)))];
    pick.selectedItems = picked;
    pick.title = total > MOST ? `${options.title} (${MOST} of ${total})` : options.title;
  };
  return await new Promise((resolve) => {
    let result: Process[] | undefined;
    pick.onDidChangeValue(show);
    pick.onDidChangeSelection((items) => { if (options.many) picked = items; });
    pick.onDidAccept(() => {
      const items = options.many ? pick.selectedItems : pick.activeItems;
      result = items.map((item) => item.process);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(result);
    });
    show('');
    pick.show();
  });
}

function toItem(process: Process, label: string, description: string, detail: string): Item {
  // what was typed has been looked for already: VS Code must not sort out rows a second time
  return { process, label, description, ...(detail ? { detail } : {}), alwaysShow: true };
}
