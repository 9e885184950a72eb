import { fput } from '../../kernel/files.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { pipe_inode_info } from '../../kernel/pipe.ts';
import { wake_up } from '../../kernel/sched.ts';
import type { RunningCall, task_struct } from '../../kernel/task.ts';
import { tty_input } from '../../kernel/tty.ts';
import type { tty_struct } from '../../kernel/tty.ts';
import type { file } from '../../kernel/vfs.ts';
import type { Books, Piece, Writer } from './books.ts';

const WRITES: ReadonlySet<string> = new Set(['write()', 'writev()', 'pwrite64()', 'pwritev()', 'pwritev2()', 'sendfile()', 'splice()', 'tee()', 'copy_file_range()']);
/** Of those, the ones whose second argument is where to. */
const SECOND: ReadonlySet<string> = new Set(['splice()', 'tee()']);
const PAGE = 4096;
const STDERR = 2;
const ECHO: Writer = { task: null, stream: 'terminal' };

/** What the program's descriptors 0 to 2 lead to. Of pipes: the machine's ends. */
export interface Streams {
  readonly tty: tty_struct;
  /** The open file that stands for standard error, where that is the terminal, too. */
  readonly errors: file | null;
  readonly stdout: file | null;
  readonly stderr: file | null;
  /** The writing end of standard input. */
  readonly input: file | null;
}

function pipeOf(of: file | null): pipe_inode_info | null {
  return of?.private_data instanceof pipe_inode_info ? of.private_data : null;
}

/** Takes what comes out of the computer, in the order in which it was written, and brings in what is typed into its pipe. */
export class Console {
  /** Bytes that came out. */
  written = 0;
  readonly #books: Books;
  readonly #streams: Streams;
  /** More may come into standard input, or be typed. */
  #open = true;
  constructor(books: Books, streams: Streams) {
    this.#books = books;
    this.#streams = streams;
  }

  /** After a system call of that task: what it wrote. */
  collect(k: Kernel, task: task_struct, call: RunningCall | null): void {
    const { stdout, stderr } = this.#streams;
    for (const each of k.ttys.values()) this.#look(k, each, task, call);
    this.#drain(k, pipeOf(stdout), { task: task.id, stream: 'stdout' });
    this.#drain(k, pipeOf(stderr), { task: task.id, stream: 'stderr' });
  }

  /** What came onto one terminal since the last look. */
  #look(k: Kernel, tty: tty_struct, task: task_struct | null, call: RunningCall | null): void {
    const { terminal, writers } = this.#books;
    const seen = terminal.get(tty) ?? 0;
    const { size } = tty.output;
    if (size === seen) return;
    const writer = this.#writer(tty, task, call);
    for (let n = seen; n < size; n++) {
      if (tty === this.#streams.tty) this.#put(k, { ...writer, bytes: tty.output.get(n) ?? new Uint8Array(0) });
      else k.trace.insert(writers, `${tty.id}:${n}`, writer);
    }
    k.trace.insert(terminal, tty, size);
  }

  #writer(tty: tty_struct, task: task_struct | null, call: RunningCall | null): Writer {
    if (!task || !call || !WRITES.has(call.name)) return ECHO;
    const fd = (call.args[SECOND.has(call.name) ? 2 : 0] ?? -1) | 0;
    const of = task.files?.fd.get(fd);
    // what is written to the other side of a pseudo terminal is typed at this one
    if (tty.master !== null && of?.private_data === tty.master) return ECHO;
    return { task: task.id, stream: of === this.#streams.errors || (tty.master !== null && fd === STDERR) ? 'stderr' : 'stdout' };
  }

  #drain(k: Kernel, pipe: pipe_inode_info | null, writer: Writer): void {
    if (!pipe || pipe.bufs.length === 0) return;
    for (const bytes of pipe.bufs) this.#put(k, { ...writer, bytes });
    k.trace.write(pipe, 'bufs', []);
    wake_up(k, pipe);
  }

  #put(k: Kernel, piece: Piece): void {
    const { output } = this.#books;
    k.trace.insert(output, output.size, piece);
    this.written += piece.bytes.length;
  }

  /** After a step back. */
  recount(): void {
    this.written = 0;
    for (const { bytes } of this.#books.output.values()) this.written += bytes.length;
  }

  /** Somebody waits for what may still come. */
  awaited(k: Kernel): boolean {
    if (!this.#open) return false;
    const { tty, input } = this.#streams;
    const sources: readonly unknown[] = [tty, pipeOf(input)];
    return [...k.tasks.values()].some(({ wait }) => wait !== null && (wait.kind === 'poll' || wait.kind === 'select' || sources.includes(wait.args[0])));
  }

  /** The terminal that a person sits at. */
  get tty(): tty_struct { return this.#streams.tty; }

  /** Who waits for what is typed at the terminal, in the order in which they will be woken. */
  readers(k: Kernel): readonly task_struct[] {
    return (k.rq.waiters.get(this.#streams.tty) ?? []).filter(({ wait }) => wait?.kind !== 'write');
  }

  /** Somebody reads from the terminal, and nothing is there. */
  prompts(k: Kernel): boolean {
    return this.readers(k).length > 0;
  }

  /** What a person types at the terminal: echoed and edited as the terminal is set. */
  type(k: Kernel, bytes: Uint8Array): void {
    tty_input(k, this.#streams.tty, bytes);
    this.#look(k, this.#streams.tty, null, null);
  }

  /** Nothing more will come: standard input ends. */
  close(k: Kernel): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#streams.input) fput(k, this.#streams.input);
  }

  /** Puts bytes into standard input's pipe, however many there are. */
  feed(k: Kernel, bytes: Uint8Array): void {
    const pipe = pipeOf(this.#streams.input);
    if (!pipe || bytes.length === 0) return;
    const parts: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += PAGE) parts.push(bytes.slice(at, at + PAGE));
    k.trace.write(pipe, 'bufs', [...pipe.bufs, ...parts]);
    wake_up(k, pipe);
  }
}

/** Carriage returns as a terminal adds them. */
function onlcr(bytes: Uint8Array): number[] {
  const out: number[] = [];
  for (const byte of bytes) {
    if (byte === 10) out.push(13);
    out.push(byte);
  }
  return out;
}

export interface Output { readonly stdout: Uint8Array; readonly stderr: Uint8Array; readonly transcript: Uint8Array }

/** The whole output so far. `tty`: the streams are the terminal, too. */
export function outputOf(books: Books, tty: boolean): Output {
  const parts = { stdout: [] as number[], stderr: [] as number[], transcript: [] as number[] };
  for (const { stream, bytes } of books.output.values()) {
    if (stream !== 'terminal') for (const byte of bytes) parts[stream].push(byte);
    if (stream === 'terminal' || tty) for (const byte of onlcr(bytes)) parts.transcript.push(byte);
  }
  return { stdout: Uint8Array.from(parts.stdout), stderr: Uint8Array.from(parts.stderr), transcript: Uint8Array.from(parts.transcript) };
}
