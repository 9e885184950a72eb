import { CAP_SYS_RESOURCE, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { S_IFREG } from './mode.ts';
import { register_proc } from './proc_entry.ts';
import type { About } from './proc_entry.ts';

const SCORE_MAX = 1000;
/** The scale of the older file, in which -17 is never. */
const OLD_MAX = 15;
const OLD_NEVER = -17;

/** kstrtoint: decimal, 0x or 0, blanks around. */
function number_of(text: string): number | null {
  const found = /^\s*([+-]?)(0x[\da-f]+|\d+)\s*$/iu.exec(text);
  const digits = found?.[2];
  if (digits === undefined) return null;
  const value = /^0\d/u.test(digits) ? /^[0-7]+$/u.test(digits) ? Number.parseInt(digits, 8) : NaN : Number(digits);
  return Number.isNaN(value) ? null : found?.[1] === '-' ? -value : value;
}

/** Sets how likely a process is chosen. Errors: ESRCH, EINVAL, EACCES (less likely than it was made by one who could, without CAP_SYS_RESOURCE). */
function set(k: Kernel, { task }: About, text: string, old: boolean): number | Err {
  if (!task) return err('ESRCH');
  const given = number_of(text);
  if (given === null || (old ? given < OLD_NEVER || given > OLD_MAX : Math.abs(given) > SCORE_MAX)) return err('EINVAL');
  const value = !old ? given : given === OLD_MAX ? SCORE_MAX : Math.trunc((given * SCORE_MAX) / -OLD_NEVER);
  const capable = ns_capable(k, k.init_user_ns, CAP_SYS_RESOURCE);
  const { signal } = task;
  if (value < (old ? signal.oom_score_adj : signal.oom_score_adj_min) && !capable) return err('EACCES');
  if (!old && capable) k.trace.write(signal, 'oom_score_adj_min', value);
  k.trace.write(signal, 'oom_score_adj', value);
  return text.length;
}

function score({ task }: About, of: (adjust: number) => number): string | Err {
  return task ? `${of(task.signal.oom_score_adj)}\n` : err('ESRCH');
}

register_proc({
  // what a process of next to no memory has
  'pid/oom_score': { mode: S_IFREG | 0o444, show: (_, about) => score(about, (adjust) => Math.trunc(((SCORE_MAX + adjust) * 2) / 3)) },
  'pid/oom_adj': {
    mode: S_IFREG | 0o644, show: (_, about) => score(about, (adjust) => adjust === SCORE_MAX ? OLD_MAX : Math.trunc((adjust * -OLD_NEVER) / SCORE_MAX)),
    write: (k, about, text) => set(k, about, text, true),
  },
  'pid/oom_score_adj': { mode: S_IFREG | 0o644, show: (_, about) => score(about, (adjust) => adjust), write: (k, about, text) => set(k, about, text, false) },
});
