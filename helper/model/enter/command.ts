import type { EnterPlan, NsType } from '../../protocol.ts';
import type { Choice } from './predict.ts';
import { NSENTER_ORDER } from './predict.ts';

/** nsenter's long options. `--time` came with util-linux 2.36, all others are older than any system in support. */
const OPTION: Readonly<Record<NsType, string>> = { cgroup: 'cgroup', ipc: 'ipc', mnt: 'mount', net: 'net', pid: 'pid', time: 'time', user: 'user', uts: 'uts' };

export interface CommandChoice extends Choice {
  /** What is started, as a list of words; the first is a path, or a name for PATH. */
  readonly program: readonly string[];
  /** Take over the working directory of the target process. */
  readonly takeDirectory?: boolean;
}

/**
 * The command that enters what the plan holds open: nsenter opens the helper's own descriptors, so it cannot meet another namespace than the one
 * that was shown, whatever has happened to the target since. Null without nsenter.
 */
export function pinnedCommand(plan: EnterPlan, choice: CommandChoice): readonly string[] | null {
  if (plan.tool.path === null) return null;
  const files = chosen(choice).flatMap((type) => {
    const held = plan.namespaces.find((namespace) => namespace.type === type)?.descriptor ?? null;
    return held === null ? [] : [`--${OPTION[type]}=/proc/${plan.helperPid}/fd/${held}`];
  });
  return [plan.tool.path, ...files, ...rest(plan, choice)];
}

/** The same in the form in which people write it, by the target's pid; for a namespace without a process, by the file that leads to it. */
export function writtenCommand(plan: EnterPlan, choice: CommandChoice, file: string | null = null): readonly string[] | null {
  const types = chosen(choice).map((type) => `--${OPTION[type]}`);
  if (plan.target.kind === 'process') return ['nsenter', '--target', String(plan.target.pid), ...types, ...rest(plan, choice)];
  const [only] = types;
  return file === null || only === undefined ? null : ['nsenter', `${only}=${file}`, ...rest(plan, choice)];
}

/** Types in an order that reads well; nsenter has its own. */
function chosen(choice: Choice): NsType[] {
  return NSENTER_ORDER.filter((type) => choice.types.includes(type));
}

function rest(plan: EnterPlan, choice: CommandChoice): string[] {
  const words: string[] = [];
  if (choice.preserveCredentials) words.push('--preserve-credentials');
  if (choice.uid !== undefined) words.push('--setuid', String(choice.uid));
  if (choice.gid !== undefined) words.push('--setgid', String(choice.gid));
  const { process } = plan;
  // a new mount namespace begins at its own root; a process that called chroot(2) sees less than that
  if (process?.chrooted === true && choice.types.includes('mnt')) words.push(`--root=/proc/${process.pid}/root`);
  if (process && choice.takeDirectory) words.push(`--wd=/proc/${process.pid}/cwd`);
  return [...words, '--', ...choice.program];
}
