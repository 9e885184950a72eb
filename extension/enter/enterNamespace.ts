import * as vscode from 'vscode';
import { processKey } from '../../helper/model/model.ts';
import { visible } from '../../helper/model/text.ts';
import type { EnterPlan, NsType } from '../../helper/protocol.ts';
import type { Subject } from '../commands/argument.ts';
import { subjectOf } from '../commands/argument.ts';
import type { HostSource } from '../host/hostSource.ts';
import { openedBy } from '../tree/nsenter.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import type { Decision, Habits } from './chooseTypes.ts';
import { chooseHow, chooseTypes, shellsFor } from './chooseTypes.ts';
import { tellWhenTargetEnds } from './ended.ts';
import { openTerminal, terminalOptions } from './openTerminal.ts';
import { typeName } from './sentences.ts';
import type { Chosen } from './target.ts';
import { chosenOf, pickTarget } from './target.ts';

const RECENT = 'nslab.enter.recent';
const HABITS = 'nslab.enter.habits';
const MOST_RECENT = 8;
const FIRST_TIME: Habits = { preserveCredentials: false, takeDirectory: false, takeEnvironment: false };

/** What the commands about entering work on. */
export interface EnterNeeds {
  readonly tree: NamespaceTree;
  readonly host: HostSource;
  readonly memory: vscode.Memento;
}

/** Everything that was decided, and the plan that must be released. */
export interface Ready { readonly plan: EnterPlan; readonly label: string; readonly decision: Decision; readonly release: () => void }

/** Enters what is chosen, and waits for it: the targets end while a terminal is in their namespaces, and people want to know. */
export class Enter {
  readonly #needs: EnterNeeds;

  constructor(needs: EnterNeeds) {
    this.#needs = needs;
  }

  /** "Enter Namespace…": a terminal inside. Undefined when it was given up. */
  async enter(argument: unknown): Promise<vscode.Terminal | undefined> {
    const ready = await this.decide(argument, vscode.l10n.t('Enter Namespace'));
    return ready && await openTerminal({ ...this.#terminal(ready), shell: ready.decision.program[0] ?? '' }, ready.plan, ready.release);
  }

  /** "Run a Command in Namespace…": as above, with a command line in place of a shell, which stays to be read. */
  async run(argument: unknown): Promise<vscode.Terminal | undefined> {
    const line = { text: '' };
    const ready = await this.decide(argument, vscode.l10n.t('Run a Command in Namespace'), async (plan, types) => {
      const typed = await vscode.window.showInputBox({
        title: vscode.l10n.t('Run a Command in Namespace'), prompt: vscode.l10n.t('A command line for the shell there; the terminal stays open with what it printed.'), ignoreFocusOut: true,
      });
      if (typed === undefined || typed.trim() === '') return undefined;
      line.text = typed;
      const shell = shellsFor(plan, types)[0] ?? '/bin/sh';
      // one argument of a shell, so nothing of ours has to quote it
      return [...(shell.endsWith('/busybox') ? [shell, 'sh'] : [shell]), '-c', typed];
    });
    if (!ready) return undefined;
    const terminal = this.#terminal(ready);
    return await openTerminal({ ...terminal, shell: '', banner: [...terminal.banner, `$ ${line.text}`] }, ready.plan, ready.release);
  }

  /** For the terminal profile "Namespace…". */
  async profile(): Promise<vscode.TerminalOptions | undefined> {
    const ready = await this.decide(undefined, vscode.l10n.t('Enter Namespace'));
    if (!ready) return undefined;
    // the terminal is made after this returns; its process has opened the namespaces long before this time is over
    setTimeout(ready.release, PROFILE_HOLD_MS);
    const options = terminalOptions({ ...this.#terminal(ready), shell: ready.decision.program[0] ?? '' });
    const opened = vscode.window.onDidOpenTerminal((terminal) => {
      if ((terminal.creationOptions as vscode.TerminalOptions).shellArgs?.toString() !== options.shellArgs?.toString()) return;
      opened.dispose();
      void tellWhenTargetEnds(terminal, ready.plan, ready.label, ready.decision.types);
    });
    setTimeout(() => { opened.dispose(); }, PROFILE_HOLD_MS);
    return options;
  }

  /** Asks for target, namespaces and the rest. `program`: asks for what to run in place of a shell. */
  async decide(argument: unknown, title: string, program?: (plan: EnterPlan, types: readonly NsType[]) => Promise<readonly string[] | undefined>): Promise<Ready | undefined> {
    const { host, tree, memory } = this.#needs;
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Reading the namespaces of this host…'), cancellable: true },
      (_, token) => host.load('enter a namespace', token));
    if (host.source.kind !== 'live') throw new Error(vscode.l10n.t('A saved snapshot is shown; only namespaces that are alive can be entered.'));
    const subject: Subject | undefined = argument === undefined ? undefined : subjectOf(tree, argument);
    if (argument !== undefined && !subject) throw new Error(vscode.l10n.t('What was meant has ended.'));
    const recent = memory.get<readonly string[]>(RECENT, []);
    const found = subject ? { chosen: chosenOf(subject, host.model), key: keyOf(subject) } : await pickTarget(host, recent, title);
    if (!found) return undefined;
    const plan = await host.request('enterPlan', { target: found.chosen.target });
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      // a helper that has ended in the meantime has let go already
      host.request('unpin', { pin: plan.pin }).catch(() => undefined);
    };
    try {
      const decision = await this.#ask(plan, found.chosen, program);
      if (!decision) {
        release();
        return undefined;
      }
      await memory.update(RECENT, [found.key, ...recent.filter((key) => key !== found.key)].slice(0, MOST_RECENT));
      await memory.update(HABITS, { preserveCredentials: decision.wishedCredentials, takeDirectory: decision.takeDirectory, takeEnvironment: decision.takeEnvironment } satisfies Habits);
      return { plan, label: found.chosen.label, decision, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  async #ask(plan: EnterPlan, chosen: Chosen, program: ((plan: EnterPlan, types: readonly NsType[]) => Promise<readonly string[] | undefined>) | undefined): Promise<Decision | undefined> {
    if (plan.tool.path === null) throw new Error(vscode.l10n.t('nsenter was not found on this host. It is part of util-linux: install the package "util-linux" with the package manager of this system.'));
    const habits = this.#needs.memory.get<Habits>(HABITS, FIRST_TIME);
    const [only] = plan.namespaces;
    const types = plan.namespaces.length === 1 && only ? [only.type] : await chooseTypes(plan, chosen.label, habits.preserveCredentials);
    if (!types) return undefined;
    const words = program ? await program(plan, types) : undefined;
    if (program && !words) return undefined;
    return await chooseHow(plan, chosen.label, types, habits, this.#file(plan), words);
  }

  /** A file that leads to a namespace without processes, for the command as people write it. */
  #file(plan: EnterPlan): string | null {
    const { tree, host } = this.#needs;
    if (plan.target.kind !== 'namespace') return null;
    const { key } = plan.target;
    const namespace = host.model.namespaces.get(key);
    if (!namespace) return null;
    const [member] = host.model.members(namespace);
    return member ? `/proc/${member.pid}/ns/${namespace.type}` : openedBy(tree.picture.scene.holders, namespace, host.hello);
  }

  #terminal({ plan, label, decision }: Ready) {
    const differs = plan.namespaces.filter((namespace) => decision.types.includes(namespace.type) && !namespace.same).map((namespace) => `${typeName(namespace.type)} ${namespace.inode ?? '?'}`);
    const shared = plan.namespaces.filter((namespace) => !decision.types.includes(namespace.type)).map(({ type }) => typeName(type));
    return {
      label, types: decision.types, argv: decision.argv, asRoot: decision.asRoot,
      environment: decision.takeEnvironment ? Object.fromEntries(plan.process?.environment ?? []) : {},
      banner: [
        vscode.l10n.t('Inside {0}: {1}', label, differs.join(', ') || vscode.l10n.t('nothing that differs')),
        ...(shared.length > 0 && plan.namespaces.length > 1 ? [vscode.l10n.t('As outside: {0}', shared.join(', '))] : []),
        ...(decision.types.includes('mnt') || !plan.process ? [] : [vscode.l10n.t('The files are those of this host: its mount namespace was not chosen.')]),
      ],
    };
  }
}

const PROFILE_HOLD_MS = 30_000;

function keyOf(subject: Subject): string {
  switch (subject.kind) {
    case 'process': return processKey(subject.process);
    case 'namespace': return subject.namespace.key;
    case 'container': return visible(subject.container.key);
  }
}
