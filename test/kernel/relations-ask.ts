import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Facts, Known } from '../../helper/namespaces/resolver.ts';
import { NS_TYPES, type NsType } from '../../helper/protocol.ts';
import type { Question } from './relations-probe.ts';
import { type Viewpoint, wordsBefore } from './scan.ts';

const REPOSITORY = path.join(import.meta.dirname, '../..');

/** The answer of a probe, and the namespaces its thread was in afterwards. */
export interface Answer<T> { readonly result: T; readonly uts: number; readonly net: number }

/** Runs the probe from a viewpoint (`scan.ts`); throws what it printed when it does not end well. */
export function ask<T>(question: Question, from: Viewpoint = {}): Answer<T> {
  const seen = (file: string): string => from.repository === undefined ? file : from.repository + fs.realpathSync(file).slice(fs.realpathSync(REPOSITORY).length);
  const [program, ...words] = [...wordsBefore(from), seen(process.execPath), seen(path.join(import.meta.dirname, 'relations-probe.ts')), JSON.stringify(question)];
  const { status, signal, stdout, stderr, error } = spawnSync(program, words, { encoding: 'utf8', cwd: '/' });
  if (error) throw error;
  if (status !== 0) throw new Error(`probe: ${signal ?? `exit status ${status}`}\n${stderr}`);
  return JSON.parse(stdout) as Answer<T>;
}

/** Inode of a namespace of a process. */
export function inodeOf(pid: number | 'self', type: string): number {
  return Number(/\[(\d+)\]/.exec(fs.readlinkSync(`/proc/${pid}/ns/${type}`))![1]);
}

const ours = new Set(NS_TYPES.map((type) => `${type}:${inodeOf('self', type)}`));
/** Known are the namespaces that the test itself is in. */
export const knowsOurs: Known = (type, inode) => ours.has(`${type}:${inode}`);

/** The facts of that namespace; throws when they are not there, or there twice. */
export function factsOf(facts: readonly Facts[], type: NsType, inode: number | null): Facts {
  const found = facts.filter((each) => each.type === type && each.inode === inode);
  if (found.length !== 1) throw new Error(`${type}:[${inode}] is ${found.length} times in ${JSON.stringify(facts)}`);
  return found[0]!;
}

/** Runs a time-sliced search to its end; how often it paused, too. */
export function finish<T>(search: Generator<undefined, T>): T & { readonly pauses: number } {
  for (let pauses = 0; ; pauses++) {
    const step = search.next();
    if (step.done) return { ...step.value, pauses };
  }
}

/** How many descriptors of namespaces and pidfds this process has open: none must be left behind, or the helper would keep alive what it shows. */
export function openNamespaces(): string[] {
  return fs.readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = fs.readlinkSync(`/proc/self/fd/${fd}`);
      return /^[a-z]+:\[\d+\]$/.test(target) && !/^(?:socket|pipe|anon_inode):/.test(target) || /pidfd/.test(target) ? [`${fd} ${target}`] : [];
    } catch {
      return []; // the descriptor of the folder itself
    }
  });
}
