import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import fc from 'fast-check';
import { pinnedCommand } from '../../helper/model/enter/command.ts';
import type { Choice, Prediction, Step } from '../../helper/model/enter/predict.ts';
import { predict } from '../../helper/model/enter/predict.ts';
import type { EnterPlan, EnterTarget, NsType } from '../../helper/protocol.ts';
import { NS_TYPES } from '../../helper/protocol.ts';
import { parseStat } from '../../helper/scan/stat.ts';
import { Client } from './client.ts';
import type { Actor } from './world/actor.ts';
import { World } from './world/world.ts';

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
interface Caller { readonly name: string; readonly before: readonly string[] }
interface Target { readonly name: string; readonly actor: Actor }

function startOf(pid: number): string {
  const stat = parseStat(fs.readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (!stat) throw new Error(`process ${pid} has no start`);
  return stat.start;
}

const SEED = 20261126;

describe('what is said before entering, and what nsenter then does', function () {
  this.timeout(300_000);
  let world: World;
  const targets: Target[] = [];
  const callers: Caller[] = [];

  before(async () => {
    world = await World.start();
    const add = (name: string, actor: Actor): Actor => {
      targets.push({ name, actor });
      return actor;
    };
    const { root } = world;
    add('shares all', await root.spawn());
    for (const type of NS_TYPES) add(`root: ${type}`, await root.spawn(type));
    add('root: all but user', await root.spawn('uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'time'));
    for (const type of NS_TYPES) if (type !== 'user') add(`root: user and ${type}`, await root.spawn('user', type));
    const boxed = add('root: all', await root.spawn('user', 'uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'time'));
    add('in a box: uts', await boxed.spawn('uts'));
    add('in a box: another box', await boxed.spawn('user', 'uts', 'pid', 'net'));
    const person = add('uid 1000: shares all', await root.spawn());
    await person.become(1000);
    add('uid 1000: sandbox', await person.spawn('user', 'uts', 'ipc'));
    const nest = add('uid 1000: user only', await person.spawn('user'));
    add('uid 1000: nested', await nest.spawn('user', 'uts', 'mnt'));
    add('uid 1000: pid below', await nest.spawn('pid', 'net'));
    const other = add('uid 1001: shares all', await root.spawn());
    await other.become(1001);
    add('uid 1001: sandbox', await other.spawn('user', 'net'));

    const drop = (capability: string): string[] => ['setpriv', `--bounding-set=-${capability}`, `--inh-caps=-all`, '--'];
    callers.push(
      { name: 'root', before: [] },
      { name: 'root without CAP_SYS_ADMIN', before: drop('sys_admin') },
      { name: 'root without CAP_SYS_CHROOT', before: drop('sys_chroot') },
      { name: 'root without CAP_SETGID', before: drop('setgid') },
      { name: 'uid 1000', before: ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups', '--'] },
      { name: 'uid 1001', before: ['setpriv', '--reuid=1001', '--regid=1001', '--clear-groups', '--'] },
      { name: 'root of a user namespace', before: ['nsenter', `--user=/proc/${boxed.pid}/ns/user`, '--'] },
      { name: 'root of a user namespace of uid 1000', before: ['nsenter', `--user=/proc/${nest.pid}/ns/user`, '--'] },
    );
  });
  after(async () => { await world.end(); });

  /** Runs nsenter as the caller and compares. Returns whether it was known beforehand. */
  function compare(caller: Caller, target: string, plan: EnterPlan, choice: Choice): 'works' | 'fails' | 'unknown' {
    const prediction = predict(plan, choice);
    const argv = pinnedCommand(plan, { ...choice, program: ['true'] });
    assert.ok(argv, 'there is no nsenter');
    const [program, ...words] = [...caller.before, ...argv];
    assert.ok(program);
    // the plan has no descriptor for what could not be opened: nsenter is given the file itself, as a person would
    for (const type of choice.types) {
      const namespace = plan.namespaces.find((each) => each.type === type);
      if (namespace?.descriptor === null && plan.target.kind === 'process') words.splice(words.lastIndexOf('--'), 0, `--${type === 'mnt' ? 'mount' : type}=/proc/${plan.target.pid}/ns/${type}`);
    }
    const run = spawnSync(program, words, { encoding: 'utf8', env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
    const real = outcome(run.stderr, run.status);
    const said = predicted(prediction);
    const about = `${caller.name} → ${target}: ${choice.types.join(',')}${choice.preserveCredentials ? ' --preserve-credentials' : ''}`;
    if (said === 'unknown') {
      assert.ok('reason' in prediction.overall && prediction.overall.reason.kind === 'unknown', about);
      return 'unknown';
    }
    assert.deepEqual(said, real, `${about}\n${[program, ...words].join(' ')}\n${run.stderr}`);
    return real === null ? 'works' : 'fails';
  }

  it('are the same, for everybody and everything there is', async () => {
    const count = { works: 0, fails: 0, unknown: 0 };
    const random = fc.sample(fc.tuple(fc.subarray([...NS_TYPES], { minLength: 1 }), fc.boolean()), { numRuns: 2000, seed: SEED });
    let next = 0;
    for (const caller of callers) {
      const client = await Client.start(caller.before);
      try {
        for (const { name, actor } of targets) {
          const target: EnterTarget = { kind: 'process', pid: actor.pid, start: startOf(actor.pid) };
          const plan = await client.request('enterPlan', { target });
          const differing = plan.namespaces.filter((n) => !n.same).map((n) => n.type);
          const choices: Choice[] = [
            ...(differing.length > 0 ? [{ types: differing, preserveCredentials: false }, { types: differing, preserveCredentials: true }] : []),
            { types: random[next]![0], preserveCredentials: random[next++]![1] },
          ];
          for (const choice of choices) count[compare(caller, name, plan, choice)]++;
          await client.request('unpin', { pin: plan.pin });
        }
      } finally {
        await client.end();
      }
    }
    console.log(`      seed ${SEED}: ${count.works} worked as said, ${count.fails} failed as said, ${count.unknown} were not known beforehand`);
    const all = count.works + count.fails + count.unknown;
    assert.ok(all >= 400, `only ${all} cases`);
    assert.ok(count.works >= all / 5 && count.fails >= all / 5, 'the cases are all of one kind');
    assert.ok(count.unknown <= all / 20, `${count.unknown} of ${all} were not known`);
  });
});
