import * as vscode from 'vscode';
import { pinnedCommand, writtenCommand } from '../../helper/model/enter/command.ts';
import { idsToKeep, predict } from '../../helper/model/enter/predict.ts';
import type { EnterNamespace, EnterPlan, NsType } from '../../helper/protocol.ts';
import { literal } from '../commands/literal.ts';
import { findProgram } from '../searchPath.ts';
import { quoteCommand } from '../tree/shell.ts';
import { withSudo } from './sudo.ts';
import { sayHelp, sayOverall, sayVerdict, typeName } from './sentences.ts';

/** What a person decided, ready to be run. */
export interface Decision {
  readonly types: readonly NsType[];
  readonly preserveCredentials: boolean;
  /** What is remembered of `preserveCredentials`: only what the person changed. */
  readonly wishedCredentials: boolean;
  readonly takeDirectory: boolean;
  readonly takeEnvironment: boolean;
  readonly program: readonly string[];
  readonly argv: readonly string[];
  /** By way of sudo, which asks for a password in the terminal. */
  readonly asRoot: boolean;
}

/** Choices that are remembered for the next time. */
export interface Habits { readonly preserveCredentials: boolean; readonly takeDirectory: boolean; readonly takeEnvironment: boolean }

interface TypeItem extends vscode.QuickPickItem { readonly type: NsType }

/** The checklist of namespaces, with what will happen to each. Undefined when given up. */
export async function chooseTypes(plan: EnterPlan, label: string, wished: boolean): Promise<readonly NsType[] | undefined> {
  const pick = vscode.window.createQuickPick<TypeItem>();
  pick.canSelectMany = true;
  pick.placeholder = vscode.l10n.t('Which namespaces to enter');
  // what differs first
  const all = plan.namespaces.toSorted((a, b) => Number(a.same) - Number(b.same));
  const start = all.filter((namespace) => !namespace.same && namespace.unread === null).map(({ type }) => type);
  const show = (types: readonly NsType[]): void => {
    const prediction = predict(plan, { types, preserveCredentials: idsToKeep(plan, types, wished) });
    pick.title = `${label}: ${types.length === 0 ? vscode.l10n.t('nothing chosen') : sayOverall(prediction, plan)}`;
  };
  pick.items = all.map((namespace) => toItem(namespace, plan, start, idsToKeep(plan, start, wished)));
  pick.selectedItems = pick.items.filter((item) => start.includes(item.type));
  show(start);
  return await new Promise((resolve) => {
    let result: NsType[] | undefined;
    pick.onDidChangeSelection((items) => { show(items.map(({ type }) => type)); });
    pick.onDidAccept(() => {
      if (pick.selectedItems.length === 0) return;
      result = pick.selectedItems.map(({ type }) => type);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(result);
    });
    pick.show();
  });
}

/** Each row says what happens when it is entered together with the others that differ: the user namespace may give the right to the rest. */
function toItem(namespace: EnterNamespace, plan: EnterPlan, others: readonly NsType[], preserveCredentials: boolean): TypeItem {
  const types = [...new Set([...others, namespace.type])];
  const verdict = predict(plan, { types, preserveCredentials }).types.get(namespace.type);
  const icon = verdict?.verdict === 'works' ? '$(pass)' : verdict?.verdict === 'fails' ? '$(error)' : '$(question)';
  const inode = namespace.inode === null ? '' : ` ${namespace.inode}`;
  // nobody needs to enter it, so why it could not be is of no use to anybody
  if (namespace.same) return { type: namespace.type, label: `$(dash) ${typeName(namespace.type)}${inode}`, description: vscode.l10n.t('you are in it already') };
  return {
    type: namespace.type, label: `${icon} ${typeName(namespace.type)}${inode}`, detail: verdict ? sayVerdict(verdict, plan) : '',
  };
}

interface ActionItem extends vscode.QuickPickItem { readonly run?: 'enter' | 'sudo' | 'copy' | 'credentials' | 'directory' | 'environment'; readonly program?: readonly string[] }

/** The last step: with which shell and as whom; shows the exact command. Undefined when given up. */
export async function chooseHow(plan: EnterPlan, label: string, types: readonly NsType[], habits: Habits, file: string | null, program?: readonly string[]): Promise<Decision | undefined> {
  const pick = vscode.window.createQuickPick<ActionItem>();
  const hasUser = types.includes('user');
  let now: Habits = { ...habits, preserveCredentials: idsToKeep(plan, types, habits.preserveCredentials) };
  let wished = habits.preserveCredentials;
  const sudo = findProgram('sudo');
  const programs = program ? [program] : shellsFor(plan, types).map((shell) => (shell.endsWith('/busybox') ? [shell, 'sh'] : [shell]));
  const choice = (words: readonly string[]) => ({ types, preserveCredentials: hasUser && now.preserveCredentials, takeDirectory: now.takeDirectory && plan.process?.cwd != null, program: words });
  const show = (): void => {
    const prediction = predict(plan, { types, preserveCredentials: hasUser && now.preserveCredentials });
    pick.title = `${label}: ${sayOverall(prediction, plan)}`;
    const help = sayHelp(prediction, plan);
    pick.placeholder = help ?? vscode.l10n.t('Enter opens a terminal');
    const check = (on: boolean): string => (on ? '$(check)' : '$(blank)');
    pick.items = [
      ...programs.map((words): ActionItem => ({ run: 'enter', program: words, label: `$(terminal) ${literal(words.join(' '))}`, detail: quoteCommand(writtenCommand(plan, choice(words), file) ?? pinnedCommand(plan, choice(words)) ?? []) })),
      ...programs.flatMap((words): ActionItem[] => {
        const argv = withSudo(plan, choice(words), sudo);
        return argv ? [{ run: 'sudo', program: words, label: `$(shield) ${vscode.l10n.t('As root, with sudo: {0}', literal(words.join(' ')))}`, detail: quoteCommand(argv) }] : [];
      }),
      { label: vscode.l10n.t('how'), kind: vscode.QuickPickItemKind.Separator },
      ...(hasUser ? [{ run: 'credentials', label: `${check(now.preserveCredentials)} ${vscode.l10n.t('Keep my ids')}`, description: vscode.l10n.t('else: become root of the user namespace') } as const] : []),
      ...(plan.process?.cwd == null ? [] : [{ run: 'directory', label: `${check(now.takeDirectory)} ${vscode.l10n.t('In its working directory')}`, description: plan.process.cwd } as const]),
      ...(plan.process?.environment == null ? [] : [{ run: 'environment', label: `${check(now.takeEnvironment)} ${vscode.l10n.t('With its environment')}`, description: vscode.l10n.t('{0} variables', plan.process.environment.length) } as const]),
      { run: 'copy', label: `$(copy) ${vscode.l10n.t('Copy the command')}`, description: vscode.l10n.t('and run nothing') },
    ];
  };
  if (programs.length === 0) throw new Error(vscode.l10n.t('No shell was found that could be started there.'));
  return await new Promise((resolve) => {
    let result: Decision | undefined;
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      const words = item?.program ?? programs[0] ?? [];
      switch (item?.run) {
        case 'credentials': wished = !now.preserveCredentials; now = { ...now, preserveCredentials: wished }; show(); break;
        case 'directory': now = { ...now, takeDirectory: !now.takeDirectory }; show(); break;
        case 'environment': now = { ...now, takeEnvironment: !now.takeEnvironment }; show(); break;
        case 'copy':
          void vscode.env.clipboard.writeText(quoteCommand(writtenCommand(plan, choice(words), file) ?? pinnedCommand(plan, choice(words)) ?? []));
          pick.hide();
          break;
        case 'enter':
        case 'sudo': {
          const asRoot = item.run === 'sudo';
          const argv = asRoot ? withSudo(plan, choice(words), sudo) : pinnedCommand(plan, choice(words));
          if (argv) result = { ...choice(words), wishedCredentials: wished, takeEnvironment: now.takeEnvironment, argv, asRoot };
          pick.hide();
          break;
        }
        case undefined: break;
      }
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(result);
    });
    show();
    pick.show();
  });
}

/** In its mount namespace only its own programs can be started; without it, those of this host. */
export function shellsFor(plan: EnterPlan, types: readonly NsType[]): readonly string[] {
  return types.includes('mnt') && plan.process ? plan.process.shells ?? ['/bin/sh'] : plan.hostShells;
}
