import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NS_TYPES, type NsType } from '../../helper/protocol.ts';
import { nslab, type ScanDocument } from './scan.ts';
import type { Actor } from './world/actor.ts';
import { Expected } from './world/expected.ts';
import { World } from './world/world.ts';

/** One step in the making of a world. `who` and `whom` choose among the actors that are alive, by remainder. */
type Step =
  | { readonly do: 'spawn'; readonly who: number; readonly types: readonly NsType[] }
  | { readonly do: 'unshare'; readonly who: number; readonly types: readonly NsType[] }
  | { readonly do: 'join'; readonly who: number; readonly whom: number; readonly type: 'ipc' | 'net' | 'uts' }
  | { readonly do: 'hold'; readonly who: number; readonly whom: number; readonly type: NsType }
  | { readonly do: 'thread'; readonly who: number; readonly types: readonly NsType[] }
  | { readonly do: 'kill'; readonly who: number };

const index = fc.nat(1000);
const types = fc.subarray([...NS_TYPES], { maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('spawn'), who: index, types }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unshare'), who: index, types: fc.subarray(['cgroup', 'ipc', 'mnt', 'net', 'time', 'uts', 'user'], { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join'), who: index, whom: index, type: fc.constantFrom('ipc', 'net', 'uts') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hold'), who: index, whom: index, type: fc.constantFrom(...NS_TYPES) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('thread'), who: index, types: fc.subarray(['cgroup', 'ipc', 'net', 'uts'], { minLength: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill'), who: index }) },
) as fc.Arbitrary<Step>;

describe('worlds made at random', function () {
  this.timeout(300_000);

  it('are found as they were made', async () => {
    const seed = Number(process.env['NSLAB_SEED'] ?? 20_250_731);
    console.log(`      seed ${seed}`);
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const world = await World.start();
      try {
        const expected = await make(world, steps);
        check(nslab().document, expected);
      } finally {
        await world.end();
      }
    }), { seed, numRuns: Number(process.env['NSLAB_RUNS'] ?? 40), endOnFailure: false });
  });
});

/** Takes the steps; what the kernel refuses is part of the game and changes nothing. Returns what there must be then. */
async function make(world: World, steps: readonly Step[]): Promise<Expected> {
  const expected = await Expected.start(world.root);
  const alive: Actor[] = [world.root];
  for (const step of steps) {
    const who = alive[step.who % alive.length]!;
    try {
      switch (step.do) {
        case 'spawn': {
          const child = await who.spawn(...step.types);
          alive.push(child);
          await expected.spawned(child, step.types);
          break;
        }
        case 'unshare':
          await who.unshare(...step.types);
          await expected.unshared(who, step.types);
          break;
        case 'join': {
          const whom = alive[step.whom % alive.length]!;
          await who.join(whom.pid, step.type);
          await expected.moved(who);
          break;
        }
        case 'hold': {
          const whom = alive[step.whom % alive.length]!;
          expected.held(who, await who.hold(whom.pid, step.type), step.type, (await whom.links()).ns[step.type]!);
          break;
        }
        case 'thread':
          expected.threaded(who, await who.thread(...step.types), step.types);
          break;
        case 'kill': {
          if (who.parent === null || !alive.includes(who.parent)) break;
          await who.parent.kill(who);
          // the init of a pid namespace takes everybody in it along
          for (const gone of expected.ended(who, alive)) alive.splice(alive.indexOf(gone), 1);
          break;
        }
      }
    } catch (error) {
      if (!/: E(?:PERM|INVAL|NOSPC|NOENT|ACCES|USERS|NOMEM|SRCH|AGAIN)$/.test(String(error))) throw error;
    }
  }
  return expected;
}

/** Everything that was made is in the scan as it was made, and the scan has nothing else of these processes. */
function check(document: ScanDocument, expected: Expected): void {
  const scanned = new Map(document.namespaces.map((namespace) => [`${namespace.type}:${namespace.inode}`, namespace]));
  const pids = expected.pids();
  for (const [name, wanted] of expected.namespaces()) {
    const found = scanned.get(name);
    assert.ok(found, `${name} (${JSON.stringify(wanted)}) was not found`);
    assert.deepEqual(found.processes.filter((pid) => pids.has(pid)), wanted.processes, `processes of ${name}`);
    if (wanted.made) assert.deepEqual(found.processes, wanted.processes, `only our processes are in ${name}`);
    if (wanted.owner !== undefined) assert.equal(found.owner, wanted.owner, `owner of ${name}`);
    if (wanted.parent !== undefined) assert.equal(found.parent, wanted.parent, `parent of ${name}`);
    for (const { pid, fd } of wanted.descriptors) {
      assert.ok(found.heldBy.some((held) => held.kind === 'descriptor' && held['pid'] === pid && held['fd'] === fd), `${name} is held by descriptor ${fd} of ${pid}, not only by ${JSON.stringify(found.heldBy)}`);
    }
    for (const { pid, tid } of wanted.threads) {
      assert.ok(found.heldBy.some((held) => held.kind === 'thread' && held['pid'] === pid && held['tid'] === tid), `${name} is held by thread ${tid} of ${pid}, not only by ${JSON.stringify(found.heldBy)}`);
    }
  }
  for (const [name, namespace] of scanned) {
    const ours = namespace.processes.filter((pid) => pids.has(pid));
    if (ours.length > 0) assert.ok(expected.namespaces().has(name), `${name} has our processes ${ours.join(', ')}, who do not say so`);
  }
}
