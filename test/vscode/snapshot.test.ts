import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestApi } from '../../extension/main.ts';
import { readSnapshot, suggestedName } from '../../extension/snapshot/snapshotFile.ts';
import { api, showLive, until } from './extensionUnderTest.ts';

describe('saved snapshots', function () {
  this.timeout(60_000);
  let tested: TestApi;
  let folder: string;
  const file = (name: string): vscode.Uri => vscode.Uri.file(path.join(folder, name));
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-snapshot-'));
    tested = await api();
    await showLive(tested);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('nslab.backToLive');
    await vscode.commands.executeCommand('nslab.unfreeze');
  });
  after(() => { fs.rmSync(folder, { recursive: true }); });

  it('have what the tree shows, and show it again', async () => {
    await vscode.commands.executeCommand('nslab.freeze');
    const { model } = tested.tree.picture;
    await vscode.commands.executeCommand('nslab.saveSnapshot', file('a.nslab.json'));
    await vscode.commands.executeCommand('nslab.openSnapshot', file('a.nslab.json'));
    assert.equal(tested.shown.source.kind, 'snapshot');
    assert.equal(tested.shown.frozen, false);
    assert.deepEqual([...tested.shown.model.namespaces.keys()].sort(), [...model.namespaces.keys()].sort());
    assert.deepEqual(new Map([...tested.shown.model.processes].sort(([a], [b]) => a - b)), new Map([...model.processes].sort(([a], [b]) => a - b)));
    await tested.tree.provider.settled();
    assert.ok(tested.tree.provider.getChildren().length > 0);
    await assert.rejects(tested.shown.request('listeners', {}), /snapshot/);
    await vscode.commands.executeCommand('nslab.backToLive');
    assert.equal(tested.shown.model, tested.live.model);
  });

  it('are compared: what came, went and moved', async () => {
    const leaver = spawn('unshare', ['--uts', 'sleep', '600'], { stdio: 'ignore' });
    const own = (pid: number | undefined): boolean => {
      const process = tested.live.model.processes.get(pid!);
      return process !== undefined && tested.live.model.namespaceOf(process, 'uts')?.initial !== true && process.comm === 'sleep';
    };
    const changed = tested.live.onDidChange as vscode.Event<never>;
    await until(() => own(leaver.pid), changed);
    await vscode.commands.executeCommand('nslab.saveSnapshot', file('before.nslab.json'));
    const went = tested.live.model.namespaceOf(tested.live.model.processes.get(leaver.pid!)!, 'uts')!;
    leaver.kill('SIGKILL');
    const comer = spawn('unshare', ['--uts', '--ipc', 'sleep', '600'], { stdio: 'ignore' });
    await until(() => own(comer.pid) && !tested.live.model.processes.has(leaver.pid!), changed);
    await vscode.commands.executeCommand('nslab.saveSnapshot', file('after.nslab.json'));
    comer.kill('SIGKILL');

    // given the later one first: the earlier is taken as the one before
    await vscode.commands.executeCommand('nslab.compareSnapshots', file('after.nslab.json'), [file('after.nslab.json'), file('before.nslab.json')]);
    const { source } = tested.shown;
    assert.ok(source.kind === 'comparison');
    assert.equal(source.before.label, 'before.nslab.json');
    assert.ok(source.comparison.sameBoot);
    assert.ok(source.comparison.processesCame.some(({ pid }) => pid === comer.pid));
    assert.ok(source.comparison.processesWent.some(({ pid }) => pid === leaver.pid));
    assert.ok(source.comparison.came.some(({ type }) => type === 'ipc'));
    // the inode of what went may have been given to what came
    assert.ok(source.comparison.went.some(({ key }) => key === went.key) || source.comparison.came.some(({ inode }) => inode === went.inode) || went.id === null);
    await tested.tree.provider.settled();
    assert.ok(tested.tree.provider.getChildren().length > 0);
    await vscode.commands.executeCommand('nslab.backToLive');
    // its inode will be given to the next namespace that any test makes
    await until(() => !tested.live.model.processes.has(comer.pid!), changed);
  });

  for (const [name, content, expected] of [
    ['empty.nslab.json', '', /empty\.nslab\.json could not be opened as a snapshot: .*JSON/],
    ['other.nslab.json', '{"format":"lsns"}', /"format" should be "nslab-snapshot"/],
    ['future.nslab.json', '{"format":"nslab-snapshot","version":2}', /version: .*another version/],
    ['part.nslab.json', '{"format":"nslab-snapshot","version":1,"takenAt":7}', /part\.nslab\.json .*(takenAt|host)/],
    ['binary.nslab.json', Buffer.from([0xff, 0xfe, 0]), /not text in UTF-8/],
  ] as const) {
    it(`that are none say so and leave the tree alone: ${name}`, async () => {
      fs.writeFileSync(path.join(folder, name), content);
      await assert.rejects(readSnapshot(file(name)), expected);
      await vscode.commands.executeCommand('nslab.openSnapshot', file(name));
      assert.equal(tested.shown.source.kind, 'live');
    });
  }

  it('that are not there, or are folders, say so', async () => {
    await assert.rejects(readSnapshot(file('none.nslab.json')), /none\.nslab\.json could not be read/);
    await assert.rejects(readSnapshot(vscode.Uri.file(folder)), /it is a folder/);
  });

  it('get a name that every file system takes', () => {
    assert.equal(suggestedName('db.example', new Date(2026, 2, 1, 14, 2)), 'db-example-2026-03-01-1402.nslab.json');
    assert.equal(suggestedName('../\n', new Date(2026, 2, 1, 14, 2)), 'host-2026-03-01-1402.nslab.json');
  });
});
