import fs from 'node:fs';
import * as vscode from 'vscode';
import { ELEVATED_CAPABILITIES } from '../../helper/model/elevation.ts';
import { visible } from '../../helper/model/text.ts';
import type { HelperCommand, HelperProcess } from '../host/helperProcess.ts';
import type { Log } from '../log.ts';
import { findProgram } from '../searchPath.ts';
import { quoteWord } from '../tree/shell.ts';
import { Askpass } from './askpass.ts';
import { alreadyRoot, cannot, missing, refusalSentence } from './sentences.ts';
import { start } from './starting.ts';
import { commandOf, reduced, refusalOfSudo, waysToTry, type Person, type Programs, type Way } from './ways.ts';

export interface ElevateNeeds {
  /** How the helper is run without more rights. */
  readonly command: HelperCommand;
  readonly log: Log;
  /** Takes over the helper that runs now, in the place of the one before. */
  readonly take: (process: HelperProcess) => void;
  /** Where programs are looked for; absent: the search path. */
  readonly find?: (name: string) => string | null;
}

/** "Restart Helper with Privileges…": says what will be done, then tries what gives rights here. Throws an `Error` for people when nothing does. */
export async function elevate({ command, log, take, find = findProgram }: ElevateNeeds): Promise<void> {
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  const [uid = -1, gid = -1] = [process.getuid?.(), process.getgid?.()];
  if (process.geteuid?.() === 0) {
    void vscode.window.showInformationMessage(alreadyRoot(status));
    return;
  }
  const noNewPrivs = /^NoNewPrivs:\s*1$/m.test(status);
  const programs: Programs = { sudo: find('sudo'), pkexec: find('pkexec'), run0: find('run0'), setpriv: find('setpriv'), env: find('env') };
  const ways = waysToTry(programs, noNewPrivs);
  if (programs.setpriv === null || programs.env === null || ways.length === 0) throw new Error(missing(programs, noNewPrivs));
  const checked = await start({ ...command, args: [...command.args, '--check-elevation'] }, AbortSignal.timeout(10_000));
  if (checked.kind === 'refused') throw new Error(refusalSentence(checked.refusal));
  const inner = reduced(programs.setpriv, programs.env, { uid, gid, pid: process.pid } satisfies Person, command);
  if (!await agreed(ways, inner)) return;
  const tried = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Starting the namespace helper with more rights'), cancellable: true },
    async (_progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return new Attempt(programs, inner, command, stop.signal, log, take).all(ways);
    },
  );
  if (tried !== null) throw new Error(cannot(tried));
}

/** What happens, told before it happens. */
async function agreed(ways: readonly Way[], inner: readonly string[]): Promise<boolean> {
  const go = vscode.l10n.t('Restart with Privileges');
  const shown = [ways[0]?.split(' ')[0] ?? '', ...inner].map(quoteWord).join(' ');
  const detail = vscode.l10n.t(
    'A helper is started through {0}. It runs as your own user with {1}, and nothing else: it can look at all processes and their namespaces, and changes nothing. It speaks to this window only, and ends with it. Your password, if one is asked for, is handed to sudo and kept nowhere.\n\nWhat will be run:\n{2}',
    ways.map((way) => way.split(' ')[0]).join(', '), ELEVATED_CAPABILITIES.join(', '), shown,
  );
  return await vscode.window.showInformationMessage(vscode.l10n.t('Restart the namespace helper with more rights?'), { modal: true, detail }, go) === go;
}

/** One way after another. */
class Attempt {
  readonly #programs: Programs;
  readonly #inner: readonly string[];
  readonly #command: HelperCommand;
  readonly #signal: AbortSignal;
  readonly #log: Log;
  readonly #take: (process: HelperProcess) => void;

  constructor(programs: Programs, inner: readonly string[], command: HelperCommand, signal: AbortSignal, log: Log, take: (process: HelperProcess) => void) {
    this.#programs = programs;
    this.#inner = inner;
    this.#command = command;
    this.#signal = signal;
    this.#log = log;
    this.#take = take;
  }

  /** Null: done, or given up by the person; else what each way said. */
  async all(ways: readonly Way[]): Promise<string[] | null> {
    const said: string[] = [];
    for (const way of ways) {
      const failed = await this.#one(way);
      if (failed === null || this.#givenUp()) return null;
      const asks = way === 'sudo -n' && refusalOfSudo(failed) === 'password';
      const last = asks ? await this.#asking() : failed;
      if (last === null || this.#givenUp()) return null;
      said.push(`${way.split(' ')[0]}: ${last}`);
    }
    return said;
  }

  #givenUp(): boolean { return this.#signal.aborted; }

  /** sudo with a question for the password. */
  async #asking(): Promise<string | null> {
    const askpass = await Askpass.open(this.#command.execPath, (_question, attempt) => askForPassword(attempt, this.#signal));
    try {
      const failed = await this.#one('sudo -A', askpass.env);
      return failed !== null && askpass.declined ? null : failed;
    } finally {
      askpass.close();
    }
  }

  /** Null: it runs and was taken; else what was said. */
  async #one(way: Way, asking: NodeJS.ProcessEnv = {}): Promise<string | null> {
    const command = commandOf(way, this.#programs, this.#inner, this.#command.env, asking);
    if (!command) return '';
    const started = await start(command, this.#signal);
    switch (started.kind) {
      case 'ready':
        this.#log.info(`helper ${started.process.pid ?? ''}: elevated through ${way}`);
        this.#take(started.process);
        return null;
      case 'refused': throw new Error(refusalSentence(started.refusal));
      case 'failed': {
        const said = visible(started.said.trim(), 500);
        this.#log.info(`${way}: ${said}`);
        return said;
      }
    }
  }
}

async function askForPassword(attempt: number, signal: AbortSignal): Promise<string | undefined> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => { source.cancel(); };
  signal.addEventListener('abort', cancel);
  try {
    return await vscode.window.showInputBox({
      title: vscode.l10n.t('Password for sudo'), password: true, ignoreFocusOut: true,
      prompt: attempt === 1
        ? vscode.l10n.t('Your own password, so that the namespace helper may look at all processes. It is handed to sudo and kept nowhere.')
        : vscode.l10n.t('sudo did not take that password. Try again ({0}).', attempt),
    }, source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}
