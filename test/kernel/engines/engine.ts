import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from '../world/until.ts';

/** Programs that the tests start, and the Debian package of each. test/host/apt-packages.txt lists them for the build machine. */
const PACKAGES: Readonly<Record<string, string>> = {
  'dockerd': 'docker.io', 'docker': 'docker.io', 'podman': 'podman', 'runc': 'runc', 'bwrap': 'bubblewrap', 'lxc-execute': 'lxc',
  'systemd-nspawn': 'systemd-container', 'busybox': 'busybox-static', 'setpriv': 'util-linux',
};

/** A directory, a root file system of busybox, and the processes that one test started: all gone after `end`. */
export class Workshop {
  readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-engines-'));
  /** Unique on this machine: engines that share a directory for all their containers must not meet another's. */
  readonly name = path.basename(this.directory).toLowerCase();
  readonly #started: ChildProcess[] = [];
  readonly #undo: (() => void)[] = [];

  constructor(...programs: string[]) {
    const missing = [...programs, 'busybox'].filter((program) => !which(program));
    if (missing.length > 0) {
      this.end();
      throw new Error(`this test runs the real ${missing.join(', ')}: apt-get install -y ${[...new Set(missing.map((program) => PACKAGES[program]))].join(' ')}`);
    }
    fs.chmodSync(this.directory, 0o755);
  }

  /** Makes `rootfs`, with sh, sleep and an os-release. */
  rootfs(): string {
    const root = path.join(this.directory, 'rootfs');
    for (const dir of ['bin', 'dev', 'etc', 'proc', 'run', 'sys', 'tmp', 'usr', 'var', 'root']) fs.mkdirSync(path.join(root, dir), { recursive: true });
    fs.copyFileSync(which('busybox') ?? '', path.join(root, 'bin/busybox'));
    for (const applet of ['sh', 'sleep']) fs.symlinkSync('busybox', path.join(root, 'bin', applet));
    fs.writeFileSync(path.join(root, 'etc/os-release'), 'ID=nslab\n');
    fs.writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\n');
    return root;
  }

  /** Starts a program that stays; it is ended with the test. What it says is in `NAME.log` of the directory. */
  start(program: string, args: readonly string[]): ChildProcess {
    const log = fs.openSync(path.join(this.directory, `${program}.log`), 'a');
    const child = spawn(program, args, { cwd: this.directory, stdio: ['ignore', log, log] });
    fs.closeSync(log);
    this.#started.push(child);
    return child;
  }

  /** Runs a program to its end and gives its output; throws with what it said when it fails. */
  run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
    // engines leave children behind that keep the pipes open: files do not wait for them
    const out = path.join(this.directory, `${program}.out`);
    const descriptor = fs.openSync(out, 'w');
    const { status, signal, error } = spawnSync(program, args, { cwd: this.directory, stdio: ['ignore', descriptor, descriptor], env: { ...process.env, ...env }, timeout: 60_000 });
    fs.closeSync(descriptor);
    const text = fs.readFileSync(out, 'utf8');
    if (error) throw error;
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${signal ?? `exit status ${status}`}\n${text}`);
    return text.trim();
  }

  /** Does this when the test ends; the last first. */
  atEnd(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** The one process that sleeps for this many seconds. */
  async sleeper(seconds: number): Promise<number> {
    let found: number[] = [];
    await until(`a process sleeps ${seconds}`, () => {
      found = pidsOf((cmdline) => cmdline.length === 2 && path.basename(cmdline[0]!) === 'sleep' && cmdline[1] === String(seconds));
      return found.length > 0;
    }).catch((error: unknown) => { throw new Error(`${String(error)}\n${this.logs()}`); });
    if (found.length !== 1) throw new Error(`processes ${found.join(', ')} sleep ${seconds}`);
    return found[0]!;
  }

  /** What the programs said, for a failure's message. */
  logs(): string {
    return fs.readdirSync(this.directory).filter((name) => /\.(log|out)$/.test(name))
      .map((name) => `--- ${name}\n${fs.readFileSync(path.join(this.directory, name), 'utf8').slice(-3000)}`).join('\n');
  }

  async ended(child: ChildProcess): Promise<void> {
    await until(`${child.spawnfile} ends`, () => child.exitCode !== null || child.signalCode !== null);
  }

  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const undo of this.#undo.reverse()) {
      try { undo(); } catch (error) { failures.push(error); }
    }
    for (const child of this.#started.reverse()) {
      child.kill('SIGTERM');
      await this.ended(child).catch(() => child.kill('SIGKILL'));
    }
    this.end();
    if (failures.length > 0) throw new AggregateError(failures, `cleaning up: ${failures.map(String).join('; ')}`);
  }

  end(): void {
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Pids whose command line passes. */
export function pidsOf(test: (cmdline: readonly string[]) => boolean): number[] {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1));
    } catch {
      return false; // ended
    }
  }).map(Number);
}

/** Removes cgroups that an engine leaves behind, empty, in every hierarchy. */
export function removeCgroups(...names: string[]): void {
  const hierarchies = fs.readFileSync('/proc/self/mountinfo', 'utf8').split('\n').filter((line) => / - cgroup2? /.test(line)).map((line) => line.split(' ')[4]!);
  const remove = (dir: string): void => {
    try {
      for (const entry of fs.readdirSync(dir, { withFileTypes: true })) if (entry.isDirectory()) remove(path.join(dir, entry.name));
      fs.rmdirSync(dir);
    } catch { /* not there, or in use by someone else */ }
  };
  for (const hierarchy of hierarchies) for (const name of names) remove(path.join(hierarchy, name));
}

/** Was it there before the test? Then it is not ours to remove. */
export function removeIfNew(file: string): () => void {
  const before = fs.existsSync(file);
  return () => { if (!before) fs.rmSync(file, { recursive: true, force: true }); };
}

export function which(program: string): string | undefined {
  return [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'].map((dir) => path.join(dir, program)).find((file) => fs.existsSync(file));
}
