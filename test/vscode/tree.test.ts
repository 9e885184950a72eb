import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/main.ts';
import type { Entry } from '../../extension/tree/forest.ts';

/** The tree on this machine's real kernel. What VS Code asks of the provider is asked here, too. */
describe('the tree on real namespaces', () => {
  let api: TestApi;
  const started: ChildProcess[] = [];

  before(async () => {
    const extension = vscode.extensions.getExtension<TestApi>('namespace-lab.namespace-lab');
    assert.ok(extension);
    api = await extension.activate();
    await vscode.commands.executeCommand('nslab.namespaces.focus');
    // a helper that was just started again answers when its first look is told: before that the old look may still stand there
    await vscode.commands.executeCommand('nslab.refresh');
    await until('the view is live', () => api.shown.state.kind === 'live' && api.tree.view.visible && api.tree.provider.marks.settled, 20_000);
    await vscode.commands.executeCommand('nslab.groupByType');
    await vscode.commands.executeCommand('nslab.clearFilter');
    await api.tree.provider.settled();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('nslab.unfreeze');
    await vscode.commands.executeCommand('nslab.clearFilter');
    await vscode.commands.executeCommand('nslab.groupByType');
    const pids = started.splice(0).map((child) => {
      child.kill('SIGKILL');
      return child.pid!;
    });
    // else the next test's namespace may get the inode of this one while the tree still has that
    await until('the tree has seen them end', () => pids.every((pid) => !api.shown.model.processes.has(pid)));
    await api.tree.provider.settled();
  });

  /** A process in a new uts namespace, with the inode of that. */
  async function inNewUts(script = 'exec sleep 60'): Promise<{ pid: number; inode: number; child: ChildProcess }> {
    const child = spawn('unshare', ['-u', 'sh', '-c', script], { stdio: 'ignore' });
    started.push(child);
    const pid = child.pid!;
    const own = readlinkSync('/proc/self/ns/uts');
    await until('unshare has unshared', () => readlinkSync(`/proc/${pid}/ns/uts`) !== own);
    return { pid, inode: Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/uts`))![0]), child };
  }

  const roots = (): readonly Entry[] => api.tree.provider.getChildren();
  const uts = (): Entry => roots().find((entry) => entry.node.label === 'uts')!;
  /** Its living row: the kernel gives inodes out again, so that of one that ended a moment ago may have the same label. */
  const row = (inode: number): Entry | undefined => api.tree.provider.getChildren(uts()).find((entry) => entry.node.label === `uts ${inode}` && entry.node.context !== 'ended');

  it('shows a namespace within 1.5 s of its making, marked, and shows when it has ended', async () => {
    const before = performance.now();
    const { inode, child } = await inNewUts();
    await until('its row is there', () => row(inode) !== undefined);
    const took = performance.now() - before;
    const entry = row(inode)!;
    assert.match(entry.node.description, /^1 process, “/);
    assert.equal(api.tree.provider.marks.of(entry.node.target.kind === 'namespace' ? entry.node.target.key : ''), 'new');
    assert.match(api.tree.provider.getTreeItem(entry).accessibilityInformation!.label, /, new, /);
    child.kill('SIGKILL');
    await until('its row says that it has ended', () => api.tree.provider.getChildren(uts()).some((other) => other.id === entry.id && other.node.context === 'ended'));
    await until('its row is gone', () => !api.tree.provider.getChildren(uts()).some((other) => other.id === entry.id), 15_000);
    console.log(`    a new namespace was in the tree after ${took.toFixed(0)} ms`);
    assert.ok(took <= 1500, `${took.toFixed(0)} ms`);
  });

  it('keeps ids and objects of rows while namespaces come and go, in every grouping', async () => {
    const { inode } = await inNewUts();
    await until('its row is there', () => row(inode) !== undefined);
    for (const grouping of ['Type', 'Owner', 'Process']) {
      await vscode.commands.executeCommand(`nslab.groupBy${grouping}`);
      await api.tree.provider.settled();
      const before = roots();
      const other = await inNewUts();
      await until('the model has the other one', () => api.shown.model.find('uts', other.inode) !== undefined);
      await api.tree.provider.settled();
      // a row may go for good meanwhile: the host has other namespaces than ours, and they end when they like
      const still = before.filter((entry) => api.tree.provider.forest.entries.has(entry.id));
      assert.ok(still.length > 0, grouping);
      for (const entry of still) assert.equal(api.tree.provider.forest.entries.get(entry.id), entry, `${grouping}: ${entry.node.label}`);
    }
  });

  it('reveals and selects a process, and tells who selected it', async () => {
    const { pid } = await inNewUts();
    await until('the process is known', () => api.shown.model.processes.has(pid));
    const selected = new Promise<number | undefined>((resolve) => {
      const listening = api.tree.onDidSelect((subject) => {
        if (!subject || !('pid' in subject)) return;
        listening.dispose();
        resolve(subject.pid);
      });
    });
    const key = `${pid}@${api.shown.model.processes.get(pid)!.start}`;
    assert.equal(await api.tree.reveal({ kind: 'process', key }), true);
    assert.equal(await selected, pid);
    await vscode.commands.executeCommand('nslab.copyPid');
    assert.equal(await vscode.env.clipboard.readText(), String(pid));
  });

  it('copies an inode and an nsenter command for what it is called with', async () => {
    const { pid, inode } = await inNewUts();
    await until('its row is there', () => row(inode) !== undefined);
    const namespace = api.shown.model.find('uts', inode)!;
    await vscode.commands.executeCommand('nslab.copyInode', row(inode));
    assert.equal(await vscode.env.clipboard.readText(), String(inode));
    await vscode.commands.executeCommand('nslab.copyNsenterCommand', { kind: 'namespace', key: namespace.key });
    assert.equal(await vscode.env.clipboard.readText(), `nsenter --target ${pid} --uts`);
  });

  it('filters, says how many match, and shows all again', async () => {
    const { inode } = await inNewUts();
    await until('its row is there', () => row(inode) !== undefined);
    await vscode.commands.executeCommand('nslab.filter', `inode:${inode}`);
    await api.tree.provider.settled();
    assert.deepEqual(roots().map((entry) => entry.node.label).filter((label) => label !== 'Not readable'), ['uts']);
    assert.deepEqual(api.tree.provider.getChildren(uts()).map((entry) => entry.node.label), [`uts ${inode}`]);
    assert.match(api.tree.view.message!, new RegExp(`^1 of \\d+ match “inode:${inode}”`));
    await vscode.commands.executeCommand('nslab.clearFilter');
    await api.tree.provider.settled();
    assert.ok(roots().length >= 8);
    assert.doesNotMatch(api.tree.view.message ?? '', /match/);
  });

  it('stands still while frozen and catches up afterwards', async () => {
    await vscode.commands.executeCommand('nslab.freeze');
    const { inode } = await inNewUts();
    await vscode.commands.executeCommand('nslab.refresh');
    await api.tree.provider.settled();
    assert.equal(row(inode), undefined);
    assert.match(api.tree.view.message!, /^Frozen at \d\d:\d\d:\d\d/);
    await vscode.commands.executeCommand('nslab.unfreeze');
    await until('its row is there', () => row(inode) !== undefined);
  });

  it('makes the hover of a row when it is asked for, with links to nothing but our commands', async () => {
    const { inode } = await inNewUts();
    await until('its row is there', () => row(inode) !== undefined);
    const entry = row(inode)!;
    const item = await api.tree.provider.resolveTreeItem(api.tree.provider.getTreeItem(entry), entry, new vscode.CancellationTokenSource().token);
    const tooltip = item.tooltip as vscode.MarkdownString;
    assert.match(tooltip.value, /Ends&#160;when.*this process ends/);
    assert.equal(tooltip.supportHtml, false);
    assert.ok(typeof tooltip.isTrusted === 'object' && tooltip.isTrusted.enabledCommands.every((id) => /^(_nslab|nslab)\./.test(id)));
  });

  it('shows a process with a hostile name as text', async () => {
    const { pid, inode } = await inNewUts('printf "a\\n\\033[31m[x](c" > /proc/$$/comm; while :; do sleep 1; done');
    await until('its row is there', () => row(inode) !== undefined);
    await until('the name is known', () => api.shown.model.processes.get(pid)?.comm.includes('\n') === true);
    await api.tree.provider.settled();
    const labels = api.tree.provider.getChildren(row(inode)).map((entry) => entry.node.label);
    assert.ok(labels.some((label) => label.startsWith(`${pid} a\\n\\e[31m`)), labels.join());
  });
});

async function until(what: string, condition: () => boolean, patience = 10_000): Promise<void> {
  const end = performance.now() + patience;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited ${patience} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
