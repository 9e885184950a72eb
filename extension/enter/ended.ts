import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { EnterPlan, NsType } from '../../helper/protocol.ts';
import { visible } from '../../helper/model/text.ts';

const LOOK_MS = 1000;

/** What a process was when a terminal entered its namespaces. */
interface Target {
  readonly pid: number;
  readonly start: string;
  /** It is process 1 of a PID namespace that the terminal has entered, which ends with it. */
  readonly init: boolean;
}

/** Fields 3 … of /proc/PID/stat, behind the name in parentheses. */
async function stat(pid: number): Promise<string[] | null> {
  try {
    const text = await fs.readFile(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

const STATE = 0, PGRP = 2, TPGID = 5, START = 19;

async function lives({ pid, start }: Target): Promise<boolean> {
  const fields = await stat(pid);
  return fields?.[START] === start && fields[STATE] !== 'Z' && fields[STATE] !== 'X';
}

async function targetOf({ target }: EnterPlan, types: readonly NsType[]): Promise<Target | null> {
  if (target.kind !== 'process') return null;
  const status = await fs.readFile(`/proc/${target.pid}/status`, 'latin1').catch(() => '');
  return { pid: target.pid, start: target.start, init: types.includes('pid') && /^NSpid:.*\t1$/m.test(status) };
}

/**
 * While a terminal is in the namespaces of a process, people take what they see for that process's: when it ends they are told, by VS Code and in the terminal itself. Looks once a
 * second, since nothing announces the end of a process that is not one's child; until the terminal is closed.
 */
export async function tellWhenTargetEnds(terminal: vscode.Terminal, plan: EnterPlan, label: string, types: readonly NsType[]): Promise<void> {
  const target = await targetOf(plan, types);
  if (!target) return;
  const state = { closed: false };
  const listener = vscode.window.onDidCloseTerminal((one) => { state.closed ||= one === terminal; });
  try {
    while (!state.closed && terminal.exitStatus === undefined && await lives(target)) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    // a shell that a PID namespace took with it, or that came too late for it, ends in the same moment as its init
    if (terminal.exitStatus?.reason === vscode.TerminalExitReason.User || await lives(target)) return;
    const said = sentence(target, label);
    await write(terminal, said);
    const show = vscode.l10n.t('Show Terminal');
    void vscode.window.showInformationMessage(said, show).then((chosen) => { if (chosen === show) terminal.show(); });
  } finally {
    listener.dispose();
  }
}

function sentence({ init }: Target, label: string): string {
  const who = visible(label, 60);
  return init
    ? vscode.l10n.t('{0} has ended. It was process 1 of its PID namespace: the kernel has ended everything in there with it, the shell of this terminal too.', who)
    : vscode.l10n.t('{0} has ended. Its namespaces live on, because this terminal is in them; they end with it.', who);
}

/** Into the terminal as write(1) does it: only while its shell waits at the prompt, since another program may be drawing the whole screen. */
async function write(terminal: vscode.Terminal, line: string): Promise<void> {
  const pid = await terminal.processId;
  const fields = pid === undefined ? null : await stat(pid);
  const foreground = Number(fields?.[TPGID] ?? -1);
  if (pid === undefined || foreground <= 0 || !await isShell(pid, foreground)) return;
  await fs.writeFile(`/proc/${pid}/fd/0`, `\r\n${visible(line, 300)}\r\n`, { flag: 'a' }).catch(() => undefined);
}

/** The terminal's own process, or the one that it started inside a PID namespace and waits for. */
async function isShell(pid: number, foreground: number): Promise<boolean> {
  const children = (await fs.readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')).trim().split(' ').map(Number);
  for (const one of [pid, ...children]) if (Number((await stat(one))?.[PGRP] ?? -1) === foreground) return true;
  return false;
}
