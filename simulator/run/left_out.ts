import type { LeftOut } from '../kernel/host_state.ts';

/** A sentence with places `{0}` …, and what goes there: it can be told in another language. */
export type Told = readonly [sentence: string, ...values: (string | number)[]];

function phrase(sentence: string, ...values: readonly (string | number)[]): Told { return [sentence, ...values]; }

/** What of a state the simulated computer has not, and why. */
export function leftOutSentence(of: LeftOut): Told {
  switch (of.what) {
    case 'namespace': return phrase('The {0} namespace {1} is left out: the kernel refuses to make it ({2}).', of.type, of.inode, of.why);
    case 'unheld': return phrase('The {0} namespace {1} is left out: nothing that was taken over holds it.', of.type, of.inode);
    case 'mount': return of.why === 'covers' ? phrase('The mount {0} ({1}) in mount namespace {2} is left out: it would cover files of the simulated computer.', of.point, of.fstype, of.inode) : phrase('The mount {0} ({1}) in mount namespace {2} is left out: its place is not there.', of.point, of.fstype, of.inode);
    case 'task': return of.why === 'init' ? phrase('Process {0} is left out: its parent, or process 1 of its PID namespace, is not in the state.', of.pid)
      : of.why === 'used' ? phrase('Process {0} is left out: its number is in use.', of.pid) : phrase('Process {0} is left out: the kernel refuses to make it ({1}).', of.pid, of.why);
  }
}

/** The same in English. */
export function leftOutText(of: LeftOut): string {
  const [sentence, ...values] = leftOutSentence(of);
  return sentence.replace(/\{(\d)\}/g, (_, n: string) => String(values[Number(n)]));
}
