import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { Actor, type Answer } from './actor.ts';

const SOURCES = ['actor.c', 'commands.c', 'actor.h'].map((name) => path.join(import.meta.dirname, name));
let program: string | undefined;

/** Compiles the actor program once in a run of the tests; another user can execute it. */
function actorProgram(): string {
  if (program !== undefined) return program;
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-actor-'));
  fs.chmodSync(directory, 0o755);
  process.once('exit', () => fs.rmSync(directory, { recursive: true, force: true }));
  const built = path.join(directory, 'actor');
  execFileSync('cc', ['-O1', '-Wall', '-Wextra', '-Werror', '-pthread', '-o', built, ...SOURCES.filter((file) => file.endsWith('.c'))]);
  program = built;
  return program;
}

/**
 * A world of processes and namespaces that a test makes for itself: a tree of actors (`actor.c`), told what to do one command at a
 * time. Every command is answered, so a test never guesses whether something has happened yet. `end()` leaves nothing behind;
 * should the test die without it, the actors see their supervisor's input close and end too.
 */
export class World {
  /** Where the actors' FIFOs are; a test may put its own files here. */
  readonly directory: string;
  readonly #supervisor: ChildProcess;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  /** Answers that came before somebody asked: a new actor reports itself unasked. */
  readonly #early = new Map<string, Answer>();
  readonly #mounts = new Set<string>();
  #names = 0;
  #ended: string | undefined;
  #first: Actor | undefined;

  private constructor(directory: string, supervisor: ChildProcess) {
    this.directory = directory;
    this.#supervisor = supervisor;
    readline.createInterface({ input: supervisor.stdout! }).on('line', (line) => {
      const [id, seq, ...words] = line.split(' ');
      const answer: Answer = words[0] === 'ok' ? { ok: true, values: words.slice(1) } : { ok: false, errno: words[1] ?? 'EPROTO' };
      const name = `${id} ${seq}`;
      const waiting = this.#waiting.get(name);
      this.#waiting.delete(name);
      if (waiting) waiting(answer);
      else this.#early.set(name, answer);
    });
  }

  static async start(): Promise<World> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-world-'));
    fs.chmodSync(directory, 0o777);
    const supervisor = spawn(actorProgram(), [directory], { stdio: ['pipe', 'pipe', 'inherit'] });
    const world = new World(directory, supervisor);
    supervisor.once('exit', (code, signal) => {
      world.#ended = `the supervisor of the world ended: ${signal ?? `exit status ${code}`}`;
      for (const waiting of world.#waiting.values()) waiting({ ok: false, errno: world.#ended });
    });
    await once(supervisor, 'spawn');
    world.#first = await world.arrival('0', null);
    return world;
  }

  /** The first actor: in the namespaces of the test itself. */
  get root(): Actor {
    if (!this.#first) throw new Error('the world has not started');
    return this.#first;
  }

  /** The pid of the process that supervises the actors. */
  get supervisor(): number { return this.#supervisor.pid!; }

  newName(): string { return `a${++this.#names}`; }

  /** Waits until the new actor has reported itself. */
  async arrival(id: string, parent: Actor | null): Promise<Actor> {
    const answer = await this.answer(id, '0');
    if (!answer.ok) throw new Error(`actor ${id} did not start: ${answer.errno}`);
    return new Actor(this, id, Number(answer.values[0]), parent);
  }

  answer(id: string, seq: string): Promise<Answer> {
    const name = `${id} ${seq}`;
    const early = this.#early.get(name);
    if (early) {
      this.#early.delete(name);
      return Promise.resolve(early);
    }
    if (this.#ended !== undefined) return Promise.resolve({ ok: false, errno: this.#ended });
    return new Promise((resolve) => this.#waiting.set(name, resolve));
  }

  /** A mount that the test made in its own mount namespace and that must not outlive the world. */
  willUnmount(where: string): void { this.#mounts.add(where); }

  /** Ends every process of the world and removes its files. Safe to call twice. */
  async end(): Promise<void> {
    for (const where of this.#mounts) execFileSync('umount', ['--lazy', where]);
    this.#mounts.clear();
    if (this.#ended === undefined) {
      const exit = once(this.#supervisor, 'exit');
      this.#supervisor.stdin!.end();
      await exit;
    }
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}
