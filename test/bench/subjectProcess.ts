import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';

/** A process of `subject.ts`: does one job after the other. */
export class Subject {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor() {
    this.#child = spawn(process.execPath, [path.join(import.meta.dirname, 'subject.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = readline.createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** CPU milliseconds of one job. */
  async cost(job: string): Promise<number> {
    this.#child.stdin!.write(`${job}\n`);
    const answer = await this.#answers.next();
    const text = answer.done === true ? 'the process ended' : answer.value;
    const ms = Number(text);
    if (!Number.isFinite(ms)) throw new Error(`job ${job}: ${text}`);
    return ms;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.stdin!.end();
    await exit;
  }

  /** One job in a process of its own: cold. */
  static async costOf(job: string): Promise<number> {
    const subject = new Subject();
    try {
      return await subject.cost(job);
    } finally {
      await subject.end();
    }
  }
}
