import { NS_LINKS } from '../protocol.ts';
import type { Process } from '../protocol.ts';

/** What the finder must know of a process. */
export type ContainerSubject = Pick<Process, 'pid' | 'start' | 'ppid' | 'comm' | 'cmdline' | 'cgroup' | 'uid' | 'nsPids' | 'ns' | 'kernelThread'>;

const MNT = NS_LINKS.indexOf('mnt');
const PID = NS_LINKS.indexOf('pid');

type Tuple = readonly (number | null)[];
export const mountNamespace = (ns: Tuple): number | null => ns[MNT] ?? null;
export const pidNamespace = (ns: Tuple): number | null => ns[PID] ?? null;

/** Are both known, and different? */
export const differ = (a: number | null, b: number | null): boolean => a !== null && b !== null && a !== b;

/**
 * The value of an option in a command line, in any of its spellings: `--name x`, `--name=x`, `-n x`, `-nx`.
 * `names` are given with their dashes; the first that occurs counts, and `--` ends the search.
 */
export function optionOf(args: readonly string[], names: readonly string[]): string | null {
  for (let i = 1; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') return null;
    for (const name of names) {
      if (arg === name) return args[i + 1] ?? null;
      if (name.startsWith('--') && arg.startsWith(`${name}=`)) return arg.slice(name.length + 1);
      if (!name.startsWith('--') && name.length === 2 && arg.startsWith(name) && arg.length > 2) return arg.slice(2).replace(/^=/, '');
    }
  }
  return null;
}
