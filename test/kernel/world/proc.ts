import fs from 'node:fs';
import { until } from './until.ts';

/** Waits until a process is in this state (a letter of proc(5)): a signal is delivered a little after `kill` has returned. */
export async function procState(pid: number, letter: string): Promise<void> {
  await until(`process ${pid} in state ${letter}`, () => {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2] === letter;
  });
}

/** CPU time that a process has used, user and system, in clock ticks. */
export function cpuTicks(pid: number): number {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Is there (still) a process with this pid that has not ended? */
export function isAlive(pid: number): boolean {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}
