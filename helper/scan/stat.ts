import { hostText } from './hostText.ts';

/** PF_KTHREAD of include/linux/sched.h: made by kthreadd, no user memory. */
const PF_KTHREAD = 0x0020_0000;

/** What is taken from `/proc/PID/stat`; numbering of the fields as in proc(5). */
export interface Stat {
  readonly comm: string;
  readonly state: string;
  readonly ppid: number;
  readonly kernelThread: boolean;
  readonly threads: number;
  /** Clock ticks since boot; a decimal string, since the kernel's is 64 bits wide. */
  readonly start: string;
}

/**
 * Reads the text of a `stat` file (latin1, see `ProcFs.read`). The name is in parentheses and may itself contain spaces,
 * newlines and parentheses, so it ends at the LAST one. Null when the text has not that form (the file was cut).
 */
export function parseStat(text: string): Stat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  // field 3 begins two characters after the parenthesis; the walk is by index, since a split would make 50 strings
  let at = close + 2;
  const field = (skip: number): string => {
    for (; skip > 0; skip--) at = text.indexOf(' ', at) + 1 || text.length;
    const end = text.indexOf(' ', at);
    const value = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    return value;
  };
  const state = field(0);
  const ppid = Number(field(0));
  const flags = Number(field(4)); // field 9
  const threads = Number(field(10)); // field 20
  const start = field(1); // field 22
  if (state.length !== 1 || !/^\d+$/.test(start) || !Number.isInteger(ppid)) return null;
  // ids are 32 bit, flags too; `&` works on 32 bits and the bit is below the sign
  return { comm: hostText(text.slice(open + 1, close)), state, ppid, kernelThread: (flags & PF_KTHREAD) !== 0, threads, start };
}
