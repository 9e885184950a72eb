import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { NS_TYPES } from '../../helper/protocol.ts';
import type { TestApi } from '../../extension/main.ts';
import { api, showLive, until, untilState } from './extensionUnderTest.ts';

describe('the helper in a real VS Code', function () {
  this.timeout(60_000);
  let tested: TestApi;
  before(async () => { tested = await api(); });
  const pid = (): number => tested.live.hello!.pid;
  const change = (): vscode.Event<never> => tested.live.onDidChange as vscode.Event<never>;

  it('is started by the view, and the model has this very process in its namespaces', async () => {
    await showLive(tested);
    const me = tested.live.model.processes.get(process.pid);
    assert.ok(me);
    for (const type of NS_TYPES) assert.ok(tested.live.model.namespaceOf(me, type), type);
    assert.ok(tested.tree.view.visible);
  });

  it('tells of a process that comes and goes', async () => {
    await showLive(tested);
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    await until(() => tested.live.model.processes.has(child.pid!), change());
    child.kill('SIGKILL');
    await until(() => !tested.live.model.processes.has(child.pid!), change());
  });

  it('comes back after SIGKILL, and the tree is live again', async () => {
    await showLive(tested);
    const before = pid();
    const model = tested.live.model;
    process.kill(before, 'SIGKILL');
    const state = await untilState(tested, 'crashed');
    assert.ok(state.kind === 'crashed' && state.how.includes('SIGKILL') && state.retryInMs !== null);
    assert.equal(tested.live.model, model, 'what was there stays on the screen');
    await untilState(tested, 'live');
    assert.notEqual(pid(), before);
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    await until(() => tested.live.model.processes.has(child.pid!), change());
    child.kill('SIGKILL');
  });

  it('is given up after four crashes; the tree is empty, so that the welcome view shows; a command starts it again', async () => {
    await vscode.commands.executeCommand('nslab.restartHelper');
    await showLive(tested);
    for (let i = 0; i < 4; i++) {
      const before = pid();
      process.kill(before, 'SIGKILL');
      await untilState(tested, 'crashed');
      if (i < 3) await untilState(tested, 'live');
    }
    assert.ok(tested.live.state.kind === 'crashed' && tested.live.state.retryInMs === null);
    assert.equal(tested.live.model.namespaces.size, 0);
    await tested.tree.provider.settled();
    assert.deepEqual(tested.tree.provider.getChildren(), []);
    await assert.rejects(tested.shown.request('listeners', {}), /Restart Helper/);
    await vscode.commands.executeCommand('nslab.restartHelper');
    await untilState(tested, 'live');
    // another model than the empty one above
    const { model } = tested.live;
    assert.ok(model.namespaces.size >= NS_TYPES.length);
  });

  it('serves a command while the view is hidden', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    await until(() => !tested.tree.view.visible, tested.tree.view.onDidChangeVisibility as vscode.Event<never>);
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    await tested.shown.load('a test');
    assert.ok(tested.live.model.processes.has(child.pid!));
    child.kill('SIGKILL');
  });
});
