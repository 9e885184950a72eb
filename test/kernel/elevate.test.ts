import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { ELEVATED_CAPABILITIES } from '../../helper/model/elevation.ts';
import type { Hello } from '../../helper/protocol.ts';
import { HELPER } from './client.ts';
import { PASSWORD, People } from './world/people.ts';
import { until } from './world/until.ts';

const DRIVER = path.join(import.meta.dirname, 'elevateAs.ts');
const ROOT = path.join(import.meta.dirname, '../..');
const ASKS = 61201, FREE = 61202, NOBODYS = 61203;

interface Told {
  readonly kind: string; readonly asked: number; readonly declined: boolean; readonly tries: readonly string[]; readonly left: boolean; readonly said?: string;
  readonly refusal?: { readonly kind: string; readonly path?: string; readonly why?: unknown };
  readonly hello?: Hello; readonly caller?: { readonly euid: number; readonly capabilities: readonly string[] }; readonly unread?: readonly string[];
}

function status(pid: number, name: string): string | undefined {
  try {
    return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

describe('a helper with more rights, by real sudo', function () {
  this.timeout(120_000);
  let people: People;
  const children: ChildProcess[] = [];

  before(async () => {
    people = await People.start([
      { uid: ASKS, name: 'nslab-asks', sudo: 'asks' }, { uid: FREE, name: 'nslab-free', sudo: 'free' }, { uid: NOBODYS, name: 'nslab-nobodys', sudo: 'no' },
    ]);
  });
  after(async () => {
    for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await people.end();
  });

  async function as(uid: number, words: readonly string[], setpriv: readonly string[] = [], helper = HELPER): Promise<{ told: Told; child: ChildProcess }> {
    const version = (JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
    const [way = '', ...passwords] = words;
    const [program = '', ...before] = people.before(uid, setpriv);
    const child = spawn(program, [
      ...before, process.execPath, DRIVER, way, version, helper, String(people.pid), ...passwords,
    ], { stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' } });
    children.push(child);
    const [line] = await once(readline.createInterface({ input: child.stdout }), 'line') as [string];
    return { told: JSON.parse(line) as Told, child };
  }

  it('runs as the person, with three capabilities and no more to be had, and sees what the person cannot', async () => {
    assert.throws(() => execFileSync('setpriv', [`--reuid=${FREE}`, '--clear-groups', 'readlink', `/proc/${people.pid}/ns/mnt`], { stdio: 'ignore' }));
    const { told, child } = await as(FREE, ['sudo -n']);
    assert.equal(told.kind, 'ready', told.said);
    const { hello } = told;
    assert.ok(hello);
    assert.deepEqual([hello.uid, hello.elevated, hello.noNewPrivs, [...hello.capabilities].sort()], [FREE, true, true, [...ELEVATED_CAPABILITIES].sort()]);
    assert.equal(status(hello.pid, 'CapBnd'), '0000000000280004');
    assert.equal(status(hello.pid, 'Uid'), [FREE, FREE, FREE, FREE].join('\t'));
    assert.deepEqual(told.unread, [], 'namespaces of a process of root');
    assert.deepEqual([told.caller?.euid, told.caller?.capabilities], [FREE, []], 'a plan is about the terminal of the person, not about the helper');
    child.stdin!.end();
    await once(child, 'exit');
    await until('the helper has ended with its input', () => status(hello.pid, 'Pid') === undefined);
  });

  it('ends when VS Code is killed', async () => {
    const { told, child } = await as(FREE, ['sudo -n']);
    child.kill('SIGKILL');
    await until('the helper has ended', () => status(told.hello!.pid, 'Pid') === undefined);
  });

  it('ends when sudo is killed', async () => {
    const { told } = await as(FREE, ['sudo -n']);
    const sudo = Number(status(told.hello!.pid, 'PPid'));
    assert.equal(status(sudo, 'Name'), 'sudo');
    process.kill(sudo, 'SIGKILL');
    await until('the helper has ended', () => status(told.hello!.pid, 'Pid') === undefined);
  });

  it('asks for a password where sudo wants one', async () => {
    const without = await as(ASKS, ['sudo -n']);
    assert.equal(without.told.kind, 'failed');
    assert.match(without.told.said ?? '', /a password is required/);
    const { told } = await as(ASKS, ['sudo -A', 'wrong', PASSWORD]);
    assert.equal(told.kind, 'ready', told.said);
    assert.deepEqual([told.asked, told.left], [2, false]);
  });

  it('says what sudo says of wrong passwords, and stops when nobody answers', async () => {
    const wrong = await as(ASKS, ['sudo -A', 'a', 'b', 'c', PASSWORD]);
    assert.deepEqual([wrong.told.kind, wrong.told.asked, wrong.told.left], ['failed', 3, false]);
    assert.match(wrong.told.said ?? '', /3 incorrect password attempts/);
    const { told } = await as(ASKS, ['sudo -A']);
    assert.deepEqual([told.kind, told.asked, told.declined], ['failed', 1, true]);
  });

  it('says that a person may not use sudo', async () => {
    const { told } = await as(NOBODYS, ['sudo -A', PASSWORD]);
    assert.equal(told.kind, 'failed');
    assert.match(told.said ?? '', /is not in the sudoers file/);
  });

  it('knows that no_new_privs leaves sudo no way', async () => {
    const { told } = await as(FREE, ['sudo -n'], ['--no-new-privs']);
    assert.deepEqual([told.kind, told.tries], ['failed', []]);
    assert.match(told.said ?? '', /no new privileges/);
  });

  it('does not run what others can change', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-elevate-'));
    try {
      fs.chmodSync(folder, 0o755);
      const helper = path.join(folder, 'helper.mjs');
      fs.copyFileSync(HELPER, helper);
      const check = async (uid = FREE): Promise<Told> => (await as(uid, ['sudo -n'], [], helper)).told;
      const first = await check();
      assert.equal(first.kind, 'ready', JSON.stringify(first.refusal));
      fs.chmodSync(helper, 0o666);
      assert.deepEqual((await check()).refusal, { kind: 'distrusted', path: helper, why: { writable: 'everybody' } });
      fs.chmodSync(helper, 0o644);
      fs.chmodSync(folder, 0o775);
      fs.chownSync(folder, 0, NOBODYS);
      assert.deepEqual((await check()).refusal, { kind: 'distrusted', path: folder, why: { writable: NOBODYS } });
      fs.chownSync(folder, NOBODYS, 0);
      assert.deepEqual((await check()).refusal, { kind: 'distrusted', path: folder, why: { owner: NOBODYS } });
      // one's own group, of which one is the only member, may write
      fs.chownSync(folder, FREE, FREE);
      assert.equal((await check()).kind, 'ready');
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
