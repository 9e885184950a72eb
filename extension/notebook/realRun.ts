import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { findProgram } from '../searchPath.ts';
import { quoteCommand } from '../tree/shell.ts';
import type { RealProgram, RealProgress } from './realProgram.ts';

/** A program that does not end is ended: as many seconds as a simulated one takes at most to reach its limits. */
const LONGEST_S = 20;
const MOST_OUTPUT = 400_000;

/** Namespaces of the sandbox: all types. As an ordinary user a user namespace comes first, in which the program has the uid that it asked for. */
function sandbox(isRoot: boolean, uid: 0 | 1000): readonly string[] {
  const user = uid === 0 ? ['--map-root-user'] : [`--map-user=${uid}`, `--map-group=${uid}`];
  return ['unshare', ...isRoot ? [] : ['--user', ...user], '--uts', '--ipc', '--net', '--cgroup', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
}

/**
 * Builds a program with cc and runs it here in namespaces of its own, its output to a terminal and to `tell`. Asks before, saying what it does; the program is
 * ended with the terminal. Throws nothing: what goes wrong is told.
 */
export async function runForReal(program: RealProgram, tell: (progress: RealProgress) => void): Promise<void> {
  const refuse = (ending: string): void => { tell({ phase: 'refused', output: '', ending }); };
  if (process.platform !== 'linux') { refuse(vscode.l10n.t('Programs with namespaces run on Linux only.')); return; }
  if (!vscode.workspace.isTrusted) { refuse(vscode.l10n.t('This workspace is not trusted: nothing of it is run on this machine. Trust it first (Workspaces: Manage Workspace Trust).')); return; }
  // eslint-disable-next-line no-control-regex -- they are what is looked for: a plain sh has no way to write them in a word
  if (program.args.some((word) => /[\u0000-\u001f\u007f]/.test(word))) { refuse(vscode.l10n.t('An argument has control characters: that cannot be passed on.')); return; }
  tell({ phase: 'asked', output: '', ending: '' });
  const isRoot = process.getuid?.() === 0;
  const run = vscode.l10n.t('Build and Run');
  const detail = isRoot
    ? vscode.l10n.t('It is compiled with cc into a temporary folder and runs as {1}, in new namespaces of every type (unshare): what it does to host name, mounts, processes and network ends with it. Files that {1} may write it may write, too. It is ended after {0} seconds.', LONGEST_S, program.uid === 0 ? 'root' : `uid ${program.uid}`)
    : vscode.l10n.t('It is compiled with cc into a temporary folder and runs as you, {1} only in a user namespace of its own, in new namespaces of every type (unshare). Your files it may change as any program of yours may. It is ended after {0} seconds.', LONGEST_S, program.uid === 0 ? 'root' : `uid ${program.uid}`);
  if (await vscode.window.showWarningMessage(vscode.l10n.t('Run {0} on this machine?', program.name), { modal: true, detail }, run) !== run) {
    tell({ phase: 'cancelled', output: '', ending: '' });
    return;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'nslab-real-'));
  try {
    // the program may be another user
    await chmod(folder, 0o755);
    let built: string | null = null;
    const programs = [...program.with.map(({ file, text }) => ({ file, text, output: file.replace(/\.c$/, '') })), { file: program.name, text: program.text, output: 'a.out' }];
    // all texts before the first is built: one may include another
    for (const { file, text } of programs) await writeFile(path.join(folder, file), text);
    for (const { file, output } of programs) built ??= await build(file, output, folder);
    if (built !== null) refuse(built);
    else await execute(program, folder, isRoot, tell);
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Null, or why it could not be built. */
function build(name: string, output: string, folder: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('cc', ['-o', output, `./${name}`, '-pthread'], { cwd: folder, timeout: 60_000 }, (error, _stdout, stderr) => {
      if (!error) resolve(null);
      else if (error.code === 'ENOENT') resolve(vscode.l10n.t('There is no C compiler “cc” here. Install one (Debian, Ubuntu: apt-get install gcc libc6-dev; Fedora: dnf install gcc; Alpine: apk add build-base) and try again.'));
      else resolve(vscode.l10n.t('cc does not compile it: {0}', stderr.trim().slice(0, 2_000) || error.message));
    });
  });
}

/**
 * As in a terminal: util-linux's script(1) gives it one, where there is such a program, since a program writes differently to a pipe. The command line that
 * script(1) wants as text is that of a file of ours, whose words are quoted in one place.
 */
async function execute({ name, args, stdin, uid, tty }: RealProgram, folder: string, isRoot: boolean, tell: (progress: RealProgress) => void): Promise<void> {
  const starter = path.join(folder, 'start.sh');
  await writeFile(starter, `#!/bin/sh\nhostname host 2>/dev/null\nexec ${quoteCommand([...isRoot && uid !== 0 ? ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'] : [], path.join(folder, 'a.out'), ...args])}\n`);
  await writeFile(path.join(folder, 'terminal.sh'), `#!/bin/sh\nexec ${quoteCommand([...sandbox(isRoot, uid), 'sh', starter])}\n`);
  await chmod(path.join(folder, 'terminal.sh'), 0o700);
  const script = tty ? findProgram('script') : null;
  const file = script ?? 'unshare';
  const words = script ? ['-qefc', `exec ${quoteCommand([path.join(folder, 'terminal.sh')])}`, '/dev/null'] : [...sandbox(isRoot, uid).slice(1), 'sh', starter];
  await new Promise<void>((resolve) => {
    const child = spawn(file, words, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    const end = (): void => { if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it has just ended */ } };
    const written = new vscode.EventEmitter<string>();
    const closed = new vscode.EventEmitter<number>();
    let opened = false;
    let early = '';
    const terminal = vscode.window.createTerminal({
      name: vscode.l10n.t('{0} for real', name), iconPath: new vscode.ThemeIcon('beaker'),
      pty: { onDidWrite: written.event, onDidClose: closed.event, open: () => { opened = true; written.fire(early); }, close: end, handleInput: (data: string) => { child.stdin.write(data); } },
    });
    terminal.show(true);
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => { timedOut = true; end(); }, LONGEST_S * 1_000);
    const take = (bytes: Buffer): void => {
      const piece = bytes.toString('utf8');
      if (opened) written.fire(piece.replace(/\r?\n/g, '\r\n')); else early += piece.replace(/\r?\n/g, '\r\n');
      if (output.length > MOST_OUTPUT) { end(); return; }
      output += piece;
      tell({ phase: 'running', output: piece, ending: '' });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    // a program that is gone reads nothing more
    child.stdin.on('error', () => undefined);
    if (stdin !== '') child.stdin.end(stdin);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      tell({ phase: 'refused', output: '', ending: error.code === 'ENOENT' ? vscode.l10n.t('There is no “unshare” here. Install util-linux and try again.') : error.message });
      resolve();
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const ending = timedOut ? vscode.l10n.t('It was ended after {0} seconds.', LONGEST_S) : signal ? vscode.l10n.t('It was ended by {0}.', signal) : vscode.l10n.t('Exit status {0}.', code ?? 0);
      tell({ phase: 'done', output: output.replaceAll('\r\n', '\n'), ending });
      written.fire(`\r\n${ending}\r\n`);
      resolve();
    });
  });
}
