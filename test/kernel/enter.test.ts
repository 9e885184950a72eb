import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Choice } from '../../helper/model/enter/predict.ts';
import type { EnterTarget } from '../../helper/protocol.ts';
import { NS_TYPES } from '../../helper/protocol.ts';
import { Client } from './client.ts';
import { compare, startOf, type Caller } from './entering.ts';
import type { Actor } from './world/actor.ts';
import { World } from './world/world.ts';

interface Target { readonly name: string; readonly actor: Actor }

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
