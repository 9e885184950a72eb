import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, extension, wasActive } from './extensionUnderTest.ts';

describe('the life of the extension', () => {
  it('does not begin before a view or a command needs it', () => {
    assert.equal(wasActive, false);
  });

  it('registers every contributed command, and no others of ours for people', async () => {
    await api();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('nslab.'));
    const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[]; views: Record<string, { id: string }[]>; submenus: { id: string }[] } };
    const views = Object.values(contributes.views).flat().map(({ id }) => id);
    // VS Code itself makes `VIEW.focus`, `VIEW.open` … for each view
    const ours = registered.filter((id) => !views.some((view) => id.startsWith(`${view}.`)));
    assert.deepEqual(ours.sort(), contributes.commands.map(({ command }) => command).sort());
  });

  it('survives every command being called with nonsense', async () => {
    const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const asking = ['nslab.filter', 'nslab.compareProcesses', 'nslab.whoOwnsPort', 'nslab.findProcess', 'nslab.saveSnapshot', 'nslab.openSnapshot', 'nslab.compareSnapshots', 'nslab.whyAlive',
      'nslab.enterNamespace', 'nslab.runInNamespace', 'nslab.openFileFromNamespace', 'nslab.elevateHelper', 'nslab.newNamespaceTerminal', 'nslab.keepNamespace', 'nslab.deleteKeptNamespace', 'nslab.openExample', 'nslab.openCFile', 'nslab.openStep', 'nslab.reopenAsText',
      'nslab.openLesson', 'nslab.checkLesson', 'nslab.lessonHint', 'nslab.resetLesson', 'nslab.nextLesson', 'nslab.showSolution'];
    for (const { command } of contributes.commands) {
      // those that ask would wait for a person
      if (asking.includes(command)) continue;
      for (const nonsense of [undefined, null, 7, 'x', {}, [], { kind: 'namespace', key: '__proto__' }, { kind: 'process', key: '1@' }]) {
        await vscode.commands.executeCommand(command, nonsense);
      }
    }
    const { shown } = await api();
    assert.equal(shown.frozen, false);
    assert.equal(shown.source.kind, 'live');
  });
});
