import type { Kernel } from '../../kernel/kernel.ts';
import { KObject } from '../../kernel/object.ts';
import type { shmid_kernel } from '../../kernel/shm.ts';
import { Table } from '../../kernel/trace.ts';
import type { tty_struct } from '../../kernel/tty.ts';
import type { inode } from '../../kernel/vfs.ts';
import type { Prepared } from './binprm.ts';

/** Where the heap of an address space begins and ends (bytes, not pages). */
export interface Heap { readonly start: number; readonly end: number }
/** What sigaltstack(2) said. */
export interface AltStack { readonly base: number; readonly size: number }
/** An attached System V segment: where, and which. */
export interface Attachment { readonly address: number; readonly length: number; readonly shm: shmid_kernel }
/** A file that is mapped shared: its pages are an object of user space; `data` is what the file held when both were the same last. */
export interface MappedFile { readonly object: number; readonly node: inode; readonly data: Uint8Array }
/** Whose output something is: the id of a task, and which of its streams. `terminal`: echo and the like, which no program wrote; then `task` is null. */
export interface Writer { readonly task: number | null; readonly stream: 'stdout' | 'stderr' | 'terminal' }
/** What came out of the computer. */
export interface Piece extends Writer { readonly bytes: Uint8Array }
/** How and when the program ended: its status word, and what the monotonic clock showed. */
export interface Ending { readonly status: number; readonly at: bigint }

/** Who sleeps in FUTEX_WAIT on one word. */
export class futex_q extends KObject {
  override readonly kind = 'futex';
}

/**
 * What the machine keeps of tasks (by task id) and address spaces (by mm id) beside their bytes. In tables of the kernel's trace, so that a step back takes
 * their changes back as it does the kernel's.
 */
export class Books {
  readonly heaps = new Table<number, Heap>(null, 'heaps');
  readonly attached = new Table<number, readonly Attachment[]>(null, 'attached');
  readonly altstacks = new Table<number, AltStack>(null, 'altstacks');
  readonly robust = new Table<number, number>(null, 'robust');
  /** Shared object of a segment, by its id among the kernel's objects. */
  readonly segments = new Table<number, number>(null, 'segments');
  readonly files = new Table<inode, MappedFile>(null, 'files');
  /** By the object or mm in which the word is, and where there. */
  readonly futexes = new Table<string, futex_q>(null, 'futexes');
  /** Where the child of a clone that is not made yet will begin. */
  readonly clones = new Table<number, { readonly fn: number; readonly arg: number; readonly stack: number }>(null, 'clones');
  /** Programs that are to start when the other threads of their process have ended. */
  readonly execs = new Table<number, Prepared>(null, 'execs');
  /** Tasks that a command line of `before` made, and their children. */
  readonly companions = new Table<number, true>(null, 'companions');
  /** How many pieces of each terminal's output were looked at; in it is every terminal on which something was written, also when it is gone. */
  readonly terminal = new Table<tty_struct, number>(null, 'terminal');
  /** Who wrote a piece of another terminal than the program's: by the terminal's number among the kernel's objects and the piece's (`writerOf`). */
  readonly writers = new Table<string, Writer>(null, 'writers');
  readonly output = new Table<number, Piece>(null, 'output');
  /** The end of the program, once it has come: at most one entry. */
  readonly ending = new Table<'program', Ending>(null, 'ending');

  writerOf(tty: tty_struct, piece: number): Writer | undefined { return this.writers.get(`${tty.id}:${piece}`); }

  /** fork: what the copy of an address space has in common with the first. */
  copySpace(k: Kernel, from: number, to: number, opened: (shm: shmid_kernel) => void): void {
    const heap = this.heaps.get(from);
    if (heap) k.trace.insert(this.heaps, to, heap);
    const attached = this.attached.get(from);
    if (!attached) return;
    k.trace.insert(this.attached, to, attached);
    for (const { shm } of attached) opened(shm);
  }

  forgetSpace(k: Kernel, mm: number, closed: (shm: shmid_kernel) => void): void {
    for (const { shm } of this.attached.get(mm) ?? []) closed(shm);
    k.trace.remove(this.attached, mm);
    k.trace.remove(this.heaps, mm);
  }

  /** exec: what belonged to the program before. */
  forgetProgram(k: Kernel, task: number): void {
    k.trace.remove(this.altstacks, task);
    k.trace.remove(this.robust, task);
  }

  forgetTask(k: Kernel, task: number): void {
    this.forgetProgram(k, task);
    k.trace.remove(this.execs, task);
    k.trace.remove(this.clones, task);
    k.trace.remove(this.companions, task);
  }
}
