import * as vscode from 'vscode';
import type { EnterPlan, NsType } from '../../helper/protocol.ts';
import { visible } from '../../helper/model/text.ts';
import { tellWhenTargetEnds } from './ended.ts';
import { entered } from './entered.ts';
import { promptEnvironment } from './prompt.ts';
import { typeName } from './sentences.ts';

export interface TerminalChoice {
  /** Whose namespaces: `postgres 2417`, `net 4026532455`. */
  readonly label: string;
  readonly types: readonly NsType[];
  /** Program and arguments: never a line for a shell to take apart. */
  readonly argv: readonly string[];
  /** sudo comes first: it cannot be looked into, and a person may take long over the password. */
  readonly asRoot?: boolean;
  /** The program at the end, for the prompt. */
  readonly shell: string;
  /** Lines above the first prompt. */
  readonly banner: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Colours that tell terminals apart; they mean nothing else. */
const COLORS = ['terminal.ansiGreen', 'terminal.ansiYellow', 'terminal.ansiBlue', 'terminal.ansiMagenta', 'terminal.ansiCyan'];

export function terminalOptions({ label, types, argv, shell, banner, environment }: TerminalChoice): vscode.TerminalOptions {
  const [shellPath = '', ...shellArgs] = argv;
  const mark = types.map(typeName).join('+');
  return {
    name: `${visible(label, 40)} · ${mark}`, shellPath, shellArgs,
    // an nsenter of yesterday must not be started again when the window opens: what it named is gone, or another
    isTransient: true,
    iconPath: new vscode.ThemeIcon(types.includes('mnt') ? 'vm' : types.length === 1 && types[0] === 'net' ? 'globe' : 'symbol-namespace'),
    color: new vscode.ThemeColor(COLORS[Array.from(label, (c) => c.codePointAt(0) ?? 0).reduce((sum, c) => sum + c, 0) % COLORS.length] ?? 'terminal.ansiGreen'),
    // each line is made harmless by itself: names of the host may hold escapes
    message: banner.map((line) => visible(line, 300)).join('\r\n'),
    env: { ...environment, ...promptEnvironment(shell, mark), NSLAB_NAMESPACES: types.join(' ') },
  };
}

/** Opens the terminal, and lets go of the namespaces as soon as nsenter has them. `release` is called once, whatever happens. */
export async function openTerminal(choice: TerminalChoice, plan: EnterPlan, release: () => void): Promise<vscode.Terminal> {
  const terminal = vscode.window.createTerminal(terminalOptions(choice));
  terminal.show();
  const closed = new Promise<void>((resolve) => {
    const listener = vscode.window.onDidCloseTerminal((one) => {
      if (one !== terminal) return;
      listener.dispose();
      resolve();
    });
  });
  const pid = await Promise.race([terminal.processId, closed]);
  void Promise.race([closed, typeof pid === 'number' && !choice.asRoot && plan.tool.path !== null ? entered(pid, plan.tool.path) : closed]).finally(release);
  void tellWhenTargetEnds(terminal, plan, choice.label, choice.types);
  return terminal;
}
