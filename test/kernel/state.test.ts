import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { systemFiles } from '../../cli/system_files.ts';
import { hostState, mountNamespacesOf } from '../../extension/notebook/hostState.ts';
import { stateProcesses } from '../../extension/notebook/livePicture.ts';
import type { Errno, MountDetails } from '../../helper/protocol.ts';
import { Session } from '../../simulator/run/session.ts';
import { parseState } from '../../simulator/run/state_file.ts';
import { leftOutText } from '../../simulator/run/left_out.ts';
import { Client } from './client.ts';
import type { Actor } from './world/actor.ts';
import { World } from './world/world.ts';

const SOURCE = path.join(import.meta.dirname, 'state.c');

/**
 * "Start a Program from This State": a program finds in the simulation what it finds beside the real processes, as root and as an ordinary user: links, owners, parents, numbers,
 * ids, maps, and which namespaces it may join.
 */
describe('a simulation that begins with the state of this host', function () {
  this.timeout(120_000);
  let world: World;
  let client: Client;
  let folder: string;
  let program: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-state-'));
    fs.chmodSync(folder, 0o755);
    program = path.join(folder, 'state');
    execFileSync('gcc', ['-Wall', '-O1', '-o', program, SOURCE]);
  });
  after(() => { fs.rmSync(folder, { recursive: true }); });
  beforeEach(async () => {
    world = await World.start();
    client = await Client.start();
  });
  afterEach(async () => {
    await client.end();
    await world.end();
  });

  /** The state of these actors and of who they need, as the extension writes it down. */
  async function stateOf(actors: readonly Actor[]): Promise<string> {
    await client.watch(true);
    await client.request('refresh', { reason: 'test' });
    const { model, hello } = client;
    const chosen = actors.map(({ pid }) => model.processes.get(pid) ?? assert.fail(`process ${pid} was not seen`));
    const processes = stateProcesses(model, chosen);
    const mounts = new Map<number, MountDetails | Errno>();
    for (const ns of mountNamespacesOf(model, processes)) {
      const { mounts: read, unread } = await client.request('details', { key: ns.key });
      mounts.set(ns.inode, read ?? unread['mounts'] ?? 'EIO');
    }
    return hostState(model, processes, hello?.ns ?? [], mounts).text;
  }

  function simulated(state: string, pids: readonly number[], uid: 0 | 1000): { readonly output: string; readonly left: readonly string[] } {
    const session = Session.start({
      system: systemFiles(), program: { file: 'state.c', files: { read: (name: string) => (name === 'state.c' ? fs.readFileSync(SOURCE) : null) } }, args: pids.map(String), uid, state: parseState(state), kernel: '6.18',
      privateRoot: false, tty: false, ttyStdin: false, stdin: new Uint8Array(0), before: [], with: [], limits: { statements: 50_000_000, instructions: 5_000_000_000, tasks: 1000, memory: 512 << 20, output: 8 << 20 }, trace: 'off',
    });
    if (!(session instanceof Session)) throw new Error(JSON.stringify(session.diagnostics));
    session.advance({ statements: Infinity, instructions: Infinity, stopAtStatement: false });
    const { stdout, stderr, exit, notSimulated } = session.result();
    assert.deepEqual([exit, notSimulated, Buffer.from(stderr).toString()], [0, [], '']);
    return { output: Buffer.from(stdout).toString(), left: session.leftOut.filter(({ what }) => what !== 'mount').map(leftOutText) };
  }

  function real(pids: readonly number[], uid: 0 | 1000): string {
    const words = [program, ...pids.map(String)];
    return execFileSync('setpriv', uid === 0 ? ['--', ...words] : ['--reuid', '1000', '--regid', '1000', '--clear-groups', '--', ...words], { encoding: 'utf8' });
  }

  async function compare(actors: readonly Actor[]): Promise<void> {
    const state = await stateOf(actors);
    const pids = actors.map(({ pid }) => pid);
    for (const uid of [0, 1000] as const) {
      const { output, left } = simulated(state, pids, uid);
      assert.deepEqual(left, []);
      assert.equal(output, real(pids, uid), `as ${uid}`);
    }
  }

  it('each type of namespace alone, and all that a container has', async () => {
    const actors: Actor[] = [];
    for (const type of ['uts', 'ipc', 'net', 'mnt', 'cgroup', 'pid', 'time'] as const) actors.push(await world.root.spawn(type));
    const container = await world.root.spawn('uts', 'ipc', 'net', 'mnt', 'cgroup', 'pid');
    await container.setHostname('web');
    await container.setComm(Buffer.from('nginx: master'));
    const worker = await container.spawn();
    await worker.become(101);
    await compare([...actors, container, worker]);
  });

  it('user namespaces in each other, with what they own, and who is root in them', async () => {
    const outer = await world.root.spawn('user', 'uts');
    const inner = await outer.spawn('user', 'net', 'pid');
    const innermost = await inner.spawn('uts', 'pid');
    await innermost.setHostname('deep');
    const ordinary = await world.root.spawn();
    await ordinary.become(1000);
    const own = await ordinary.spawn('user', 'uts');
    await compare([outer, inner, innermost, ordinary, own]);
  });

  it('a process whose children will live elsewhere, one that joined another, and what a descriptor alone holds', async () => {
    const maker = await world.root.spawn('uts', 'pid');
    const joined = await world.root.spawn();
    await joined.join(maker.pid, 'uts');
    const unshared = await world.root.spawn();
    await unshared.unshare('pid');
    const first = await unshared.spawn();
    const holder = await world.root.spawn();
    const short = await world.root.spawn('ipc');
    await holder.hold(short.pid, 'ipc');
    await world.root.kill(short);
    await compare([maker, joined, unshared, first, holder]);
  });

  it('whatever was made by random sequences of clone, unshare, setns and setuid', async function () {
    this.timeout(600_000);
    const types = fc.subarray(['uts', 'ipc', 'net', 'mnt', 'cgroup', 'pid', 'time'] as const, { minLength: 1, maxLength: 3 });
    const who = fc.nat({ max: 7 });
    const action = fc.oneof(
      fc.record({ what: fc.constant('spawn' as const), who, types: fc.subarray(['uts', 'net', 'pid', 'mnt', 'user'] as const, { maxLength: 3 }) }),
      fc.record({ what: fc.constant('unshare' as const), who, types }),
      fc.record({ what: fc.constant('join' as const), who, other: who, type: fc.constantFrom('uts', 'ipc', 'net', 'cgroup', 'user', 'pid_for_children' as const) }),
      fc.record({ what: fc.constant('become' as const), who, uid: fc.constantFrom(0, 1000, 1001) }),
      fc.record({ what: fc.constant('hold' as const), who, other: who, type: fc.constantFrom('uts', 'user', 'net' as const) }),
    );
    await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 14 }), async (actions) => {
      const own = await World.start();
      try {
        const actors = [await own.root.spawn()];
        const pick = (n: number): Actor => actors[n % actors.length] ?? assert.fail();
        for (const of of actions) {
          // what the kernel refuses is part of life
          const done = of.what === 'spawn' ? pick(of.who).spawn(...of.types).then((made) => { if (actors.length < 8) actors.push(made); })
            : of.what === 'unshare' ? pick(of.who).unshare(...of.types) : of.what === 'join' ? pick(of.who).join(pick(of.other).pid, of.type)
              : of.what === 'become' ? pick(of.who).become(of.uid) : pick(of.who).hold(pick(of.other).pid, of.type);
          await done.catch(() => undefined);
        }
        await compare(actors);
      } finally {
        await own.end();
      }
    }), { numRuns: Number(process.env['NSLAB_WORLDS'] ?? 8), seed: Number(process.env['NSLAB_SEED'] ?? 61_127), endOnFailure: false });
  });
});
