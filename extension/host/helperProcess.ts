import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** How a helper ended. */
export type Ending =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  /** It could not even be started: the system's error code, `ENOENT`. */
  | { readonly kind: 'spawn'; readonly code: string }
  /** It lived but did not answer for so many milliseconds. */
  | { readonly kind: 'silent'; readonly ms: number }
  /** It broke the protocol, so that we ended it. */
  | { readonly kind: 'protocol'; readonly reason: string };

/** What to run; `args[0]` is the helper's file. */
export interface HelperCommand {
  readonly execPath: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Patience when it is ended, milliseconds. */
export interface EndPatience {
  /** After its standard input was closed, before SIGTERM. */
  readonly close: number;
  /** After SIGTERM, before SIGKILL. */
  readonly term: number;
}
const PATIENCE: EndPatience = { close: 300, term: 2000 };

/** The environment variables that a helper gets: who and where we are, and where container engines keep their state; no NODE_OPTIONS, no secrets. */
const PASSED_ON = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'DOCKER_HOST', 'CONTAINER_HOST'];

/** The helper run by the program that runs us: in a desktop VS Code that is Electron, which must be told to be Node. */
export function helperCommand(file: string, from: NodeJS.ProcessEnv, execPath: string): HelperCommand {
  const env: NodeJS.ProcessEnv = { ELECTRON_RUN_AS_NODE: '1' };
  for (const name of PASSED_ON) if (from[name] !== undefined) env[name] = from[name];
  return { execPath, args: [file], env };
}

/** One run of the helper. */
export class HelperProcess {
  readonly #child: ChildProcess;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves once it has ended, for whatever reason. */
  readonly ended: Promise<Ending>;
  #over = false;
  #ending: Promise<void> | undefined;

  /** Throws when the system refuses at once; mostly a failure to start comes through `ended`. */
  constructor(command: HelperCommand) {
    // cwd `/`: the helper must keep no one's folder (or mount) busy
    const child = spawn(command.execPath, command.args, { cwd: '/', env: command.env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    this.#child = child;
    this.stdin = child.stdin;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    // writing to one that has just ended is no error of ours: `ended` tells it
    child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      // also told when it could not be signalled: one with more rights belongs to root while sudo starts it, and ends when its pipes do
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (child.pid === undefined) resolve({ kind: 'spawn', code: error.code ?? 'unknown' });
      });
      child.once('exit', (code, signal) => resolve(signal === null ? { kind: 'exit', code: code ?? 0 } : { kind: 'signal', signal }));
    });
    void this.ended.then(() => { this.#over = true; });
  }

  get pid(): number | undefined { return this.#child.pid; }

  /** Ends it: closes its input, then SIGTERM, then SIGKILL. Resolves when it has ended. */
  end(patience: EndPatience = PATIENCE): Promise<void> {
    this.#ending ??= this.#end(patience);
    return this.#ending;
  }

  /** Ends it at once, for one that does not listen any more. */
  kill(): void {
    if (this.#over || this.#child.kill('SIGKILL')) return;
    for (const pipe of [this.stdin, this.stdout, this.stderr]) pipe.destroy();
  }

  async #end(patience: EndPatience): Promise<void> {
    this.stdin.end();
    // nobody reads any more, and a full pipe would keep it from ending
    this.stdout.resume();
    if (await this.#endsWithin(patience.close)) return;
    this.#child.kill('SIGTERM');
    if (await this.#endsWithin(patience.term)) return;
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  async #endsWithin(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => { timer = setTimeout(() => resolve(false), ms); });
    const inTime = await Promise.race([this.ended.then(() => true), late]);
    clearTimeout(timer);
    return inTime;
  }
}
