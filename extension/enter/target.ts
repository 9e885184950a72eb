import * as vscode from 'vscode';
import { processKey } from '../../helper/model/model.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { visible } from '../../helper/model/text.ts';
import type { Container, EnterTarget, Namespace, Process } from '../../helper/protocol.ts';
import type { Subject } from '../commands/argument.ts';
import { literal } from '../commands/literal.ts';
import { searchProcesses, typesElsewhere } from '../commands/processSearch.ts';
import type { HostSource } from '../host/hostSource.ts';
import { containerTag } from '../tree/nodes/containerText.ts';
import { typeName } from './sentences.ts';

/** What is to be entered, with a name for it. */
export interface Chosen { readonly target: EnterTarget; readonly label: string }

/** A quick pick stands still with thousands of rows. */
const MOST = 200;

export function chosenOf(subject: Subject, model: HostModel): Chosen {
  switch (subject.kind) {
    case 'process': return ofProcess(subject.process);
    case 'namespace': return ofNamespace(subject.namespace);
    case 'container': {
      const first = firstProcess(subject.container, model);
      if (!first) throw new Error(vscode.l10n.t('No process of this container is left to enter through.'));
      return { ...ofProcess(first), label: containerTag(subject.container) };
    }
  }
}

export function firstProcess(container: Container, model: HostModel): Process | undefined {
  const init = container.init === null ? undefined : model.processes.get(container.init);
  return init ?? [...model.processes.values()].filter((process) => process.container === container.key && process.state !== 'Z').sort((a, b) => a.pid - b.pid)[0];
}

function ofProcess(process: Process): Chosen {
  return { target: { kind: 'process', pid: process.pid, start: process.start }, label: `${visible(process.comm)} ${process.pid}` };
}

function ofNamespace(namespace: Namespace): Chosen {
  const name = namespace.type === 'uts' && namespace.contents.hostname !== undefined ? ` ${visible(namespace.contents.hostname)}` : '';
  return { target: { kind: 'namespace', key: namespace.key }, label: `${typeName(namespace.type)} ${namespace.inode}${name}` };
}

interface Item extends vscode.QuickPickItem { readonly chosen?: Chosen; readonly key?: string }

/** Lets a person choose a container, a process or a namespace without processes. `recent`: keys of what was entered last, newest first. */
export async function pickTarget(host: HostSource, recent: readonly string[], title: string): Promise<{ readonly chosen: Chosen; readonly key: string } | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('A process, a container or a namespace: by name, pid, inode number, host name');
  pick.matchOnDescription = pick.matchOnDetail = true;
  const show = (typed: string): void => { pick.items = rows(host.model, typed, host.hello?.ns ?? [], recent); };
  return await new Promise((resolve) => {
    let result: { chosen: Chosen; key: string } | undefined;
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (!item?.chosen || item.key === undefined) return;
      result = { chosen: item.chosen, key: item.key };
      pick.hide();
    });
    // what was started a moment ago comes with the next look; rows that are there stay where they are
    const later = host.onDidChange(() => { if (pick.items.length === 0) show(pick.value); });
    pick.onDidHide(() => {
      later.dispose();
      pick.dispose();
      resolve(result);
    });
    show('');
    pick.show();
  });
}

function rows(model: HostModel, typed: string, own: readonly (number | null)[], recent: readonly string[]): Item[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const containers = [...model.containers.values()].filter((container) => fits(`${containerTag(container)} ${container.id ?? ''} ${container.image ?? ''}`)).flatMap((container): Item[] => {
    const first = firstProcess(container, model);
    if (!first) return [];
    return [{ label: `$(package) ${literal(containerTag(container))}`, description: literal(visible(container.image ?? '')), alwaysShow: true, key: processKey(first), chosen: { ...ofProcess(first), label: containerTag(container) } }];
  });
  const alone = [...model.namespaces.values()].filter((namespace) => model.members(namespace).length === 0 && fits(`${namespace.type} ${namespace.inode} ${namespace.contents.hostname ?? ''} ${held(namespace)}`))
    .map((namespace): Item => ({ label: `$(symbol-namespace) ${literal(ofNamespace(namespace).label)}`, description: literal(held(namespace)), alwaysShow: true, key: namespace.key, chosen: ofNamespace(namespace) }));
  const { found } = searchProcesses(model, typed, MOST, own);
  const processes = found.map(({ process, label, description, detail }): Item => ({
    label: literal(label), description: literal([description, elsewhere(process, own)].filter(Boolean).join(' · ')), ...(detail === '' ? {} : { detail: literal(detail) }), alwaysShow: true, key: processKey(process), chosen: ofProcess(process),
  }));
  const all = [...containers, ...alone, ...processes];
  const again = recent.flatMap((key) => all.find((item) => item.key === key) ?? []);
  return [
    ...section(vscode.l10n.t('entered before'), again),
    ...section(vscode.l10n.t('containers'), containers.filter((item) => !again.includes(item))),
    ...section(vscode.l10n.t('namespaces without a process'), alone.filter((item) => !again.includes(item)).slice(0, MOST)),
    ...section(vscode.l10n.t('processes'), processes.filter((item) => !again.includes(item))),
  ];
}

function elsewhere(process: Process, own: readonly (number | null)[]): string {
  const types = typesElsewhere(process, own);
  return types.length === 0 ? '' : vscode.l10n.t('elsewhere: {0}', types.map(typeName).join(', '));
}

function section(label: string, items: readonly Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function held(namespace: Namespace): string {
  const [first] = namespace.heldBy;
  if (!first) return '';
  return first.kind === 'bind mount' ? visible(first.path, 80) : `pid ${first.pid}, fd ${first.fd}`;
}
