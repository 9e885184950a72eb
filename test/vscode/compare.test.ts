import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Comparison } from '../../extension/compare/comparison.ts';
import type { TestApi } from '../../extension/main.ts';

/** Waits for a condition; the limit only ends a test that would never end. */
async function until<T>(what: string, condition: () => T | undefined | false): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const value = condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`this did not come true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('comparing processes in a real VS Code', () => {
  let api: TestApi;
  let children: ChildProcess[];
  let opened: Comparison[];

  before(async () => {
    const extension = vscode.extensions.getExtension<TestApi | undefined>('namespace-lab.namespace-lab');
    const found = await extension?.activate();
    assert.ok(found, 'the extension gives its tests something to look at');
    api = found;
  });
  beforeEach(() => { children = []; opened = []; });
  afterEach(async () => {
    for (const comparison of opened) comparison.dispose();
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  /** A process that stays, in new namespaces of these types; resolves when it is in them. */
  async function sleeper(...flags: string[]): Promise<number> {
    const child = spawn('unshare', ['--user', '--map-root-user', ...flags, 'sleep', '300'], { stdio: 'ignore' });
    children.push(child);
    const pid = child.pid;
    assert.ok(pid !== undefined);
    const mine = readlinkSync('/proc/self/ns/uts');
    // and has become sleep: a scan before that would see unshare, and nothing asks for another while the side bar is hidden
    await until('the process sleeps in its new namespaces', () => readlinkSync(`/proc/${pid}/ns/uts`) !== mine && readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n');
    return pid;
  }

  async function compare(...pids: number[]): Promise<Comparison> {
    await api.shown.load('a test compares processes');
    // with the side bar in sight the model may be a tick behind
    await until('the host’s model has the processes', () => pids.every((pid) => api.live.model.processes.get(pid)?.comm !== undefined && api.live.model.processes.get(pid)?.comm !== 'unshare'));
    const comparison = await api.comparisons.show(pids);
    opened.push(comparison);
    await until('the page has started, under its content security policy', () => comparison.ready);
    return comparison;
  }

  it('opens a panel whose page starts and is given both processes, their namespaces and the host', async () => {
    const [a, b] = [await sleeper('--uts'), await sleeper('--uts', '--net')];
    const comparison = await compare(a, b);
    const subject = await until('both are in the table', () => comparison.subject?.tasks.length === 2 && comparison.subject);
    assert.deepEqual(subject.tasks.map((task) => [task.pid, task.name, task.ended]), [[a, 'sleep', false], [b, 'sleep', false]]);
    const uts = subject.tasks.map((task) => Number(/\d+/.exec(readlinkSync(`/proc/${task.pid}/ns/uts`))?.[0]));
    for (const inode of uts) assert.ok(subject.namespaces.some((n) => n.type === 'uts' && n.inode === inode));
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.equal(tab?.label, `sleep ${a} ↔ sleep ${b}`);
    await until('interfaces of the net namespaces were asked for', () => comparison.subject?.namespaces.some((n) => n.interfaces?.includes('lo')));
  });

  it('brings the same comparison to the front instead of opening another', async () => {
    const [a, b] = [await sleeper('--uts'), await sleeper('--uts')];
    const first = await compare(a, b);
    assert.equal(await compare(b, a), first);
    assert.notEqual(await compare(a), first);
  });

  it('marks a process that ends, keeps what was seen of it, and goes on with the others', async () => {
    const [a, b] = [await sleeper('--uts'), await sleeper('--uts')];
    const comparison = await compare(a, b);
    const uts = comparison.subject?.tasks[0]?.ns[7];
    assert.ok(uts);
    children[0]?.kill('SIGKILL');
    const tasks = await until('the end is shown', () => comparison.subject?.tasks.some((task) => task.ended) && comparison.subject.tasks);
    assert.deepEqual(tasks.map((task) => [task.pid, task.ended]), [[a, true], [b, false]]);
    assert.equal(tasks[0]?.ns[7], uts);
    await until('its namespace is gone', () => comparison.subject?.namespaces.some((n) => n.inode === uts && n.type === 'uts' && n.gone));
  });

  it('follows a process that moves', async () => {
    // a shell that unshares when it is told to
    const child = spawn('unshare', ['--user', '--map-root-user', '--uts', 'sh', '-c', 'read go; exec unshare --ipc sleep 300'], { stdio: ['pipe', 'ignore', 'ignore'] });
    children.push(child);
    const mine = readlinkSync('/proc/self/ns/uts');
    const pid = child.pid ?? 0;
    await until('it has started', () => readlinkSync(`/proc/${pid}/ns/uts`) !== mine);
    const comparison = await compare(pid);
    const ipc = comparison.subject?.tasks[0]?.ns[1];
    child.stdin.write('\n');
    await until('the new ipc namespace is shown', () => comparison.subject?.tasks[0]?.ns[1] !== ipc);
  });

  it('shows a namespace in the sidebar when its cell is clicked', async () => {
    const a = await sleeper('--uts');
    const comparison = await compare(a);
    const inode = comparison.subject?.tasks[0]?.ns[7];
    const key = await until('the namespace is known', () => comparison.subject?.namespaces.find((n) => n.type === 'uts' && n.inode === inode)?.key);
    const selected: unknown[] = [];
    const listening = api.tree.onDidSelect((what) => { selected.push(what); });
    comparison.receive({ type: 'revealNamespace', key });
    await until('the row is selected', () => selected.some((what) => typeof what === 'object' && what !== null && 'key' in what && what.key === key));
    listening.dispose();
  });

  it('takes rows out, and refuses messages that are not its page’s', async () => {
    const [a, b] = [await sleeper('--uts'), await sleeper('--uts')];
    const comparison = await compare(a, b);
    for (const bad of [null, 'ready', { type: 'exec', command: 'x' }, { type: 'remove', key: 7 }]) comparison.receive(bad);
    assert.equal(comparison.keys.length, 2);
    comparison.receive({ type: 'remove', key: comparison.keys[0] });
    assert.deepEqual(comparison.subject?.tasks.map((task) => task.pid), [b]);
  });

  it('comes back after a reload with what it showed, and starts empty from a damaged state', async () => {
    const a = await sleeper('--uts');
    const comparison = await compare(a);
    const subject = await until('there is something to save', () => comparison.subject?.tasks.length === 1 && comparison.subject);
    const gone = { ...subject.tasks[0], key: '999999999@1', pid: 999_999_999, name: 'gone' };
    const state = { version: 1, subject: { ...subject, tasks: [...subject.tasks, gone] }, hostRow: true, onlyDifferent: false, letters: {}, order: [], selected: null };
    const before = api.comparisons.open.length;
    const panel = (): vscode.WebviewPanel => vscode.window.createWebviewPanel('nslab.comparison', 'restored', vscode.ViewColumn.Active);
    await api.comparisons.deserializeWebviewPanel(panel(), state);
    await api.comparisons.deserializeWebviewPanel(panel(), { version: 1, subject: '<script>' });
    const [restored, empty] = api.comparisons.open.slice(before);
    assert.ok(restored && empty);
    opened.push(restored, empty);
    await until('what has ended meanwhile is marked', () => restored.subject?.tasks[1]?.ended);
    assert.deepEqual(restored.subject?.tasks.map((task) => [task.name, task.ended]), [['sleep', false], ['gone', true]]);
    assert.deepEqual(empty.keys, []);
  });
});
