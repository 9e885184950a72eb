import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pinnedCommand } from '../../helper/model/enter/command.ts';
import { predict, type Choice } from '../../helper/model/enter/predict.ts';
import type { EnterPlan, NsType } from '../../helper/protocol.ts';
import { Client } from './client.ts';
import { removeCgroups, removeIfNew, Workshop } from './engines/engine.ts';
import { compare, startOf, type Caller } from './entering.ts';
import { until } from './world/until.ts';

const ROOT: Caller = { name: 'root', before: [] };
const PERSON: Caller = { name: 'uid 1000', before: ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups', '--'] };
const OTHER: Caller = { name: 'uid 1001', before: ['setpriv', '--reuid=1001', '--regid=1001', '--clear-groups', '--'] };

describe('what is said before entering what real programs make', function () {
  this.timeout(180_000);
  let shop: Workshop;
  const clients = new Map<Caller, Client>();
  const table: string[] = [];

  before(async () => {
    shop = new Workshop('runc', 'bwrap', 'systemd-nspawn', 'setpriv');
    shop.rootfs();
    for (const caller of [ROOT, PERSON, OTHER]) clients.set(caller, await Client.start(caller.before));
  });
  after(async () => {
    for (const client of clients.values()) await client.end();
    await shop.stop();
    removeCgroups(shop.name, 'payload', 'supervisor');
    for (const line of table) console.log(`      ${line}`);
  });

  const client = (caller: Caller): Client => clients.get(caller) ?? assert.fail();
  const planOf = (caller: Caller, pid: number): Promise<EnterPlan> => client(caller).request('enterPlan', { target: { kind: 'process', pid, start: startOf(pid) } });

  /** For everybody: all that differs, as root inside and with one's ids; each single one; and the same without the files. */
  async function everybody(name: string, pid: number, program: readonly string[]): Promise<Record<string, string>> {
    const said: Record<string, string> = {};
    for (const caller of [ROOT, PERSON, OTHER]) {
      const plan = await planOf(caller, pid);
      const differing = plan.namespaces.filter(({ same }) => !same).map(({ type }) => type);
      const choices = [differing, ...differing.map((type) => [type])].flatMap((types: readonly NsType[]): Choice[] => [{ types, preserveCredentials: false }, { types, preserveCredentials: true }]);
      const count = { works: 0, fails: 0, unknown: 0 };
      for (const choice of choices) count[compare(caller, name, plan, choice, choice.types.includes('mnt') ? program : ['true'])]++;
      said[caller.name] = compare(caller, name, plan, { types: differing, preserveCredentials: true }, program);
      table.push(`${name}, ${caller.name}: ${differing.join('+')} ${said[caller.name]}; of ${choices.length} choices ${count.works} worked as said, ${count.fails} failed as said, ${count.unknown} not known`);
      assert.equal(count.unknown, 0);
      await client(caller).request('unpin', { pin: plan.pin });
    }
    return said;
  }

  it('a container of runc', async () => {
    shop.atEnd(removeIfNew('/run/runc'));
    const dir = path.join(shop.directory, 'bundle');
    fs.mkdirSync(dir);
    shop.run('runc', ['spec', '--bundle', dir]);
    const spec = JSON.parse(fs.readFileSync(path.join(dir, 'config.json'), 'utf8')) as { process: Record<string, unknown>; root: { path: string } };
    spec.process['terminal'] = false;
    spec.process['args'] = ['/bin/sleep', '86461'];
    delete spec.process['rlimits'];
    spec.root.path = path.join(shop.directory, 'rootfs');
    fs.writeFileSync(path.join(dir, 'config.json'), JSON.stringify(spec));
    shop.run('runc', ['run', '-d', '--bundle', dir, shop.name]);
    shop.atEnd(() => shop.run('runc', ['delete', '--force', shop.name]));
    const pid = await shop.sleeper(86461);
    assert.deepEqual(await everybody('runc', pid, ['/bin/sh', '-c', ':']), { root: 'works', 'uid 1000': 'fails', 'uid 1001': 'fails' });
    const plan = await planOf(ROOT, pid);
    assert.deepEqual(plan.process?.shells, ['/bin/sh', '/bin/busybox']);
  });

  it('a rootless sandbox of bubblewrap, whose process is in a second user namespace below the one that owns the rest: not even its owner may enter all', async () => {
    const [program, ...args] = [...PERSON.before, 'bwrap', '--ro-bind', path.join(shop.directory, 'rootfs'), '/', '--dev', '/dev', '--proc', '/proc', '--unshare-all', '/bin/sleep', '86462'];
    shop.start(program, args);
    const pid = await shop.sleeper(86462);
    shop.atEnd(() => process.kill(pid, 'SIGKILL'));
    assert.deepEqual(await everybody('bubblewrap of uid 1000', pid, ['/bin/sh', '-c', ':']), { root: 'works', 'uid 1000': 'fails', 'uid 1001': 'fails' });
  });

  it('a machine of systemd-nspawn', async () => {
    for (const left of ['/run/systemd/nspawn', '/var/lib/machines']) shop.atEnd(removeIfNew(left));
    const name = shop.name.replace(/[^a-z0-9-]/g, '');
    shop.atEnd(removeIfNew(path.join('/run/systemd/nspawn/propagate', name)));
    shop.start('systemd-nspawn', ['--register=no', '--keep-unit', '-q', '-D', path.join(shop.directory, 'rootfs'), `--machine=${name}`, '/bin/sleep', '86463']);
    const pid = await shop.sleeper(86463);
    shop.atEnd(() => process.kill(pid, 'SIGKILL'));
    assert.deepEqual(await everybody('systemd-nspawn', pid, ['/bin/sh', '-c', ':']), { root: 'works', 'uid 1000': 'fails', 'uid 1001': 'fails' });
  });

  it('a rootless unshare -Ur', async () => {
    const [program, ...args] = [...PERSON.before, 'unshare', '-Urpnf', '--mount-proc', 'sleep', '86464'];
    shop.start(program, args);
    const pid = await shop.sleeper(86464);
    shop.atEnd(() => process.kill(pid, 'SIGKILL'));
    assert.deepEqual(await everybody('unshare -Ur of uid 1000', pid, ['true']), { root: 'works', 'uid 1000': 'works', 'uid 1001': 'fails' });
  });

  it('a net namespace of ip netns, in which no process is', async () => {
    const holder = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', 'mount -t tmpfs none /run && ip netns add nslab-web && stat -Lc %i /run/netns/nslab-web && exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
    shop.atEnd(() => holder.kill('SIGKILL'));
    let inode = 0;
    holder.stdout.on('data', (text: Buffer) => { inode ||= Number(text); });
    await until('it is there', () => inode > 0);
    const root = client(ROOT);
    await root.watch(true);
    const key = await until('the helper has found it', async () => {
      await root.refresh();
      return [...root.model.namespaces.values()].find((namespace) => namespace.inode === inode)?.key;
    });
    const plan = await root.request('enterPlan', { target: { kind: 'namespace', key } });
    assert.equal(compare(ROOT, 'ip netns', plan, { types: ['net'], preserveCredentials: true }), 'works');
    const [nsenter = '', ...words] = pinnedCommand(plan, { types: ['net'], preserveCredentials: false, program: ['stat', '-Lc', '%i', '/proc/self/ns/net'] }) ?? [];
    assert.equal(spawnSync(nsenter, words, { encoding: 'utf8' }).stdout.trim(), String(inode));
    table.push('ip netns without a process, root: net works');
  });

  it('a chroot without any shell: none is offered there, and without its files the host\'s are used', async () => {
    const bare = path.join(shop.directory, 'bare');
    fs.mkdirSync(path.join(bare, 'bin'), { recursive: true });
    fs.copyFileSync(path.join(shop.directory, 'rootfs/bin/busybox'), path.join(bare, 'bin/sleep'));
    const child = shop.start('unshare', ['--mount', '--uts', 'chroot', bare, '/bin/sleep', '86466']);
    const pid = await shop.sleeper(86466);
    assert.ok(child.pid !== undefined);
    const plan = await planOf(ROOT, pid);
    assert.deepEqual(plan.process?.shells, []);
    assert.equal(plan.process.chrooted, true);
    assert.equal(compare(ROOT, 'chroot', plan, { types: ['uts'], preserveCredentials: true }), 'works');
    assert.deepEqual([predict(plan, { types: ['mnt'], preserveCredentials: true }).overall.verdict, spawnIn(plan, ['mnt'], ['/bin/sh'])], ['works', 127], 'the namespace can be entered, but there is nothing to start');
    table.push('chroot without a shell, root: uts works; no shell is offered inside');
  });

  function spawnIn(plan: EnterPlan, types: readonly NsType[], program: readonly string[]): number | null {
    const [nsenter = '', ...words] = pinnedCommand(plan, { types, preserveCredentials: true, program }) ?? [];
    return spawnSync(nsenter, words).status;
  }

  async function sleepsIn(...words: string[]): Promise<{ child: ChildProcess; pid: number }> {
    const child = spawn('unshare', [...words, 'sleep', '300'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    await until('it sleeps', () => fs.readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n');
    return { child, pid };
  }

  it('a process that dies between the plan and nsenter: what was shown is entered all the same', async () => {
    const { child, pid } = await sleepsIn('--uts');
    const inode = fs.statSync(`/proc/${pid}/ns/uts`).ino;
    const start = startOf(pid);
    const plan = await planOf(ROOT, pid);
    child.kill('SIGKILL');
    await until('it is gone', () => !fs.existsSync(`/proc/${pid}`) || fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
    const [nsenter = '', ...words] = pinnedCommand(plan, { types: ['uts'], preserveCredentials: true, program: ['stat', '-Lc', '%i', '/proc/self/ns/uts'] }) ?? [];
    assert.equal(spawnSync(nsenter, words, { encoding: 'utf8' }).stdout.trim(), String(inode));
    await assert.rejects(client(ROOT).request('enterPlan', { target: { kind: 'process', pid, start } }), /has ended/);
    table.push('died between plan and nsenter, root: uts entered as shown; a new plan is refused');
  });

  it('a number that is another process by now: refused', async () => {
    const { child, pid } = await sleepsIn('--uts');
    const start = startOf(pid);
    child.kill('SIGKILL');
    await until('it is gone', () => !fs.existsSync(`/proc/${pid}`));
    let other: ChildProcess | undefined;
    // somebody else may take the number first: then it is tried again with what is free
    for (let round = 0; round < 200 && other?.pid !== pid; round++) {
      other?.kill('SIGKILL');
      fs.writeFileSync('/proc/sys/kernel/ns_last_pid', String(pid - 1));
      other = spawn('sleep', ['300'], { stdio: 'ignore' });
    }
    try {
      assert.equal(other?.pid, pid);
      await until('it is another', () => startOf(pid) !== start);
      await assert.rejects(client(ROOT).request('enterPlan', { target: { kind: 'process', pid, start } }), /belongs to another process now \(sleep\)\. Nothing was entered/);
    } finally {
      other?.kill('SIGKILL');
    }
    table.push('number reused, root: refused');
  });
});
