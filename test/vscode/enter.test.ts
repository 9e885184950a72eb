import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { idsToKeep, predict } from '../../helper/model/enter/predict.ts';
import { processKey } from '../../helper/model/model.ts';
import type { NsType } from '../../helper/protocol.ts';
import type { TestApi } from '../../extension/main.ts';

/** Waits for a condition; the limit only ends a test that would never end. */
async function until<T>(what: string, condition: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`this did not come true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const linkOf = (pid: number, type: string): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/ns/${type}`);
  } catch {
    return undefined; // it may not be there yet, or be about to exec
  }
};

const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

describe('entering namespaces in a real VS Code', () => {
  let api: TestApi;
  let child: ChildProcess | undefined;

  before(async () => {
    const extension = vscode.extensions.getExtension<TestApi | undefined>('namespace-lab.namespace-lab');
    const found = await extension?.activate();
    assert.ok(found, 'the extension gives its tests something to look at');
    api = found;
  });
  afterEach(async () => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    child = undefined;
  });

  /** A process in new namespaces, and in the model. */
  async function target(...words: string[]): Promise<number> {
    child = spawn('unshare', [...words, 'sleep', '300'], { stdio: 'ignore' });
    const { pid } = child;
    assert.ok(pid !== undefined);
    const forks = words.includes('--fork');
    await until('it sleeps in its new namespaces', () => forks ? childrenOf(pid).some((one) => readFileSync(`/proc/${one}/comm`, 'utf8') === 'sleep\n') : readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n');
    await api.shown.load('a test enters a namespace');
    await until('the model has it', () => api.live.model.processes.get(pid)?.comm === (forks ? 'unshare' : 'sleep'));
    return pid;
  }

  /** Says yes to every question, with what is offered first, until a new terminal is there. */
  async function enter(command: string, argument?: unknown): Promise<{ terminal: vscode.Terminal; pid: number }> {
    const before = new Set(vscode.window.terminals);
    const done = vscode.commands.executeCommand(command, argument);
    const terminal = await until('a terminal opens', async () => {
      const opened = vscode.window.terminals.find((one) => !before.has(one));
      if (!opened) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return opened;
    });
    await done;
    const pid = await terminal.processId;
    assert.ok(pid !== undefined, 'the terminal has a process');
    return { terminal, pid };
  }

  const keyOf = (pid: number): string => {
    const process = api.live.model.processes.get(pid);
    assert.ok(process);
    return processKey(process);
  };

  it('opens a terminal in all namespaces of a process that differ, and names it after them', async () => {
    const pid = await target('--uts', '--ipc', '--net');
    const { terminal, pid: shell } = await enter('nslab.enterNamespace', { kind: 'process', key: keyOf(pid) });
    await until('the shell is in them', () => (['uts', 'ipc', 'net'] as const).every((type) => linkOf(shell, type) === linkOf(pid, type)));
    assert.notEqual(linkOf(pid, 'uts'), linkOf(process.pid, 'uts'));
    assert.equal(linkOf(shell, 'mnt'), linkOf(process.pid, 'mnt'), 'what it shares with us was not entered');
    assert.match(terminal.name, new RegExp(`^sleep ${pid} · (?=.*UTS)(?=.*IPC)(?=.*net)`));
  });

  // a process that unshares PID or time namespaces is not in them itself, its child is
  const ways: readonly (readonly [type: string, ...words: string[]])[] = [
    ['uts', '--uts'], ['ipc', '--ipc'], ['net', '--net'], ['mnt', '--mount'], ['cgroup', '--cgroup'], ['user', '--user', '--map-root-user'], ['pid', '--pid', '--fork'], ['time', '--time', '--fork'],
    ['pid', '--user', '--map-root-user', '--pid', '--mount', '--uts', '--ipc', '--net', '--cgroup', '--time', '--fork', '--mount-proc'],
  ];
  for (const [type, ...words] of ways) {
    it(`does what it said beforehand: ${words.join(' ')}`, async () => {
      const outer = await target(...words);
      const pid = words.includes('--fork') ? await until('it has its child', async () => {
        await api.shown.request('refresh', { reason: 'a test waits' });
        return [...api.live.model.processes.values()].find((process) => process.ppid === outer && process.comm === 'sleep')?.pid;
      }) : outer;
      const start = api.live.model.processes.get(pid)?.start ?? '';
      const plan = await api.shown.request('enterPlan', { target: { kind: 'process', pid, start } });
      await api.shown.request('unpin', { pin: plan.pin });
      const differing = plan.namespaces.filter(({ same }) => !same).map((namespace) => namespace.type);
      assert.ok(differing.includes(type as NsType), differing.join());
      assert.equal(predict(plan, { types: differing, preserveCredentials: idsToKeep(plan, differing, false) }).overall.verdict, 'works');
      const { pid: shell } = await enter('nslab.enterNamespace', { kind: 'process', key: keyOf(pid) });
      // where a PID namespace is entered, nsenter stays outside and waits for the shell inside
      const inside = (): number => childrenOf(shell)[0] ?? shell;
      await until('the shell is in all of them', () => differing.every((one) => linkOf(inside(), one) === linkOf(pid, one)));
    });
  }

  it('lets go of the namespaces when the shell is in them, so that they end with it', async () => {
    const pid = await target('--uts');
    const { pid: shell } = await enter('nslab.enterNamespace', { kind: 'process', key: keyOf(pid) });
    await until('the shell is in it', () => linkOf(shell, 'uts') === linkOf(pid, 'uts'));
    const inode = Number(/\d+/.exec(linkOf(pid, 'uts') ?? '')?.[0]);
    child?.kill('SIGKILL');
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await until('the namespace is gone', async () => {
      await api.shown.request('refresh', { reason: 'a test waits' });
      return ![...api.live.model.namespaces.values()].some((namespace) => namespace.type === 'uts' && namespace.inode === inode);
    });
  });

  it('says that a process has ended instead of entering what took its place', async () => {
    const pid = await target('--uts');
    const { start } = api.live.model.processes.get(pid) ?? {};
    assert.ok(start !== undefined);
    await assert.rejects(api.shown.request('enterPlan', { target: { kind: 'process', pid, start: `${Number(start) - 1}` } }), /belongs to another process now/);
    child?.kill('SIGKILL');
    await until('it is a zombie or gone', () => { try { return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '); } catch { return true; } });
    await assert.rejects(api.shown.request('enterPlan', { target: { kind: 'process', pid, start } }), /has ended/);
  });

  it('takes a hostile name for a name', async () => {
    const script = 'printf "%s" \'$(id)<b>\' > /proc/self/comm; exec -a \'$(reboot)\' sleep 300';
    child = spawn('unshare', ['--uts', 'bash', '-c', `${script} & wait`], { stdio: 'ignore' });
    await api.shown.load('a test enters a namespace');
    const parent = child.pid ?? 0;
    const victim = await until('it is in the model', async () => {
      await api.shown.request('refresh', { reason: 'a test waits' });
      return [...api.live.model.processes.values()].find((process) => process.ppid === parent && process.cmdline?.[0] === '$(reboot)');
    });
    const { terminal, pid: shell } = await enter('nslab.enterNamespace', { kind: 'process', key: processKey(victim) });
    await until('the shell is in it', () => linkOf(shell, 'uts') === linkOf(victim.pid, 'uts'));
    assert.ok(terminal.name.includes(String(victim.pid)));
    const options = terminal.creationOptions as vscode.TerminalOptions;
    assert.ok(Array.isArray(options.shellArgs), 'arguments are a list, never a line');
    process.kill(victim.pid, 'SIGKILL');
  });

  it('opens a terminal in new namespaces', async () => {
    const { pid: shell } = await enter('nslab.newNamespaceTerminal');
    await until('it is in a new UTS namespace', () => { const link = linkOf(shell, 'uts'); return link !== undefined && link !== linkOf(process.pid, 'uts'); });
  });
});
