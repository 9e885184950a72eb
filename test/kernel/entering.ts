import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { pinnedCommand } from '../../helper/model/enter/command.ts';
import type { Choice, Prediction, Step } from '../../helper/model/enter/predict.ts';
import { predict } from '../../helper/model/enter/predict.ts';
import type { EnterPlan, NsType } from '../../helper/protocol.ts';
import { parseStat } from '../../helper/scan/stat.ts';

/** What nsenter did: where it ended, and the kernel's answer there; null when it started the program. */
interface Outcome { readonly at: Step; readonly errno: string }

const ERRNO: Readonly<Record<string, string>> = {
  'Operation not permitted': 'EPERM', 'Invalid argument': 'EINVAL', 'Permission denied': 'EACCES', 'No such file or directory': 'ENOENT', 'Cannot allocate memory': 'ENOMEM',
};

function outcome(stderr: string, status: number | null): Outcome | null {
  if (status === 0) return null;
  const errno = ERRNO[/: ([^:\n]+)\n?$/.exec(stderr)?.[1] ?? ''] ?? `? ${stderr}`;
  const namespace = /reassociate to namespace 'ns\/(\w+)' failed/.exec(stderr)?.[1];
  if (namespace !== undefined) return { at: namespace as NsType, errno };
  if (/cannot open/.test(stderr)) return { at: 'open', errno };
  if (/setgroups|setgid|setuid/.test(stderr)) return { at: 'ids', errno };
  if (/fork failed/.test(stderr)) return { at: 'start', errno };
  return { at: 'open', errno: `? ${stderr}` };
}

function predicted(prediction: Prediction): Outcome | null | 'unknown' {
  const { overall } = prediction;
  if (overall.verdict === 'works') return null;
  if (overall.verdict === 'unknown' || overall.at === null) return 'unknown';
  return { at: overall.at, errno: overall.errno };
}

/** Somebody who would enter: the words that start a program as that one. */
export interface Caller { readonly name: string; readonly before: readonly string[] }

/** As `Process.start`. */
export function startOf(pid: number): string {
  const stat = parseStat(fs.readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (!stat) throw new Error(`process ${pid} has no start`);
  return stat.start;
}

/** Runs nsenter as the caller and compares. Returns whether it was known beforehand. */
export function compare(caller: Caller, target: string, plan: EnterPlan, choice: Choice, program: readonly string[] = ['true']): 'works' | 'fails' | 'unknown' {
  const prediction = predict(plan, choice);
  const argv = pinnedCommand(plan, { ...choice, program });
  assert.ok(argv, 'there is no nsenter');
  const [first, ...words] = [...caller.before, ...argv];
  assert.ok(first);
  // the plan has no descriptor for what could not be opened: nsenter is given the file itself, as a person would
  for (const type of choice.types) {
    const namespace = plan.namespaces.find((each) => each.type === type);
    if (namespace?.descriptor === null && plan.target.kind === 'process') words.splice(words.lastIndexOf('--'), 0, `--${type === 'mnt' ? 'mount' : type}=/proc/${plan.target.pid}/ns/${type}`);
  }
  const run = spawnSync(first, words, { encoding: 'utf8', env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
  const real = outcome(run.stderr, run.status);
  const said = predicted(prediction);
  const about = `${caller.name} → ${target}: ${choice.types.join(',')}${choice.preserveCredentials ? ' --preserve-credentials' : ''}`;
  if (said === 'unknown') {
    assert.ok('reason' in prediction.overall && prediction.overall.reason.kind === 'unknown', about);
    return 'unknown';
  }
  assert.deepEqual(said, real, `${about}\n${[first, ...words].join(' ')}\n${run.stderr}`);
  return real === null ? 'works' : 'fails';
}
