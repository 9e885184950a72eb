import * as vscode from 'vscode';
import type { HostState } from '../../extension/host/liveHost.ts';
import type { TestApi } from '../../extension/main.ts';

const found = vscode.extensions.getExtension<TestApi | undefined>('namespace-lab.namespace-lab');
if (!found) throw new Error('VS Code did not load the extension');
export const extension = found;
/** Before any test had it activated: nothing in a fresh window needs it. */
export const wasActive = extension.isActive;

export async function api(): Promise<TestApi> {
  const exported = await extension.activate();
  if (!exported) throw new Error('the extension does not know that it is under test');
  return exported;
}

/** Resolves when `condition` holds; it is looked at with each of these events. mocha's limit ends what never holds. */
export async function until(condition: () => boolean, ...events: vscode.Event<never>[]): Promise<void> {
  if (condition()) return;
  await new Promise<void>((resolve) => {
    const listening = events.map((event) => event(() => {
      if (!condition()) return;
      for (const one of listening) one.dispose();
      resolve();
    }));
  });
}

export async function untilState({ live }: TestApi, kind: HostState['kind']): Promise<HostState> {
  await until(() => live.state.kind === kind, live.onDidChangeState as vscode.Event<never>);
  return live.state;
}

/** Shows the view and waits until it shows this host. */
export async function showLive(tested: TestApi): Promise<void> {
  tested.shown.backToLive();
  await vscode.commands.executeCommand('nslab.namespaces.focus');
  await untilState(tested, 'live');
}
