import * as vscode from 'vscode';
import { VIEW_ID } from '../contribution/context.ts';
import type { Handlers, HostCommand } from '../contribution/commands.ts';
import type { SnapshotCommands } from '../snapshot/snapshotCommands.ts';
import type { ShownHost } from './shownHost.ts';

/** Handlers of the commands about the helper, its host and saved snapshots. */
export function hostCommands(shown: ShownHost, snapshots: () => Promise<SnapshotCommands>, log: vscode.LogOutputChannel, elevate: () => Promise<void>): Handlers<HostCommand> {
  return {
    refresh: () => vscode.window.withProgress({ location: { viewId: VIEW_ID } }, async () => { await shown.request('refresh', { reason: 'asked for' }); }),
    freeze: () => { shown.setFrozen(shown.source.kind === 'live'); },
    unfreeze: () => { shown.setFrozen(false); },
    saveSnapshot: async (target) => (await snapshots()).save(target),
    openSnapshot: async (target) => (await snapshots()).open(target),
    compareSnapshots: async (target, selected) => (await snapshots()).compare(target, selected),
    backToLive: () => { shown.backToLive(); },
    restartHelper: () => { shown.restart(); },
    elevateHelper: elevate,
    lowerHelper: () => { shown.restart(); },
    showLog: () => { log.show(); },
  };
}
