import type { Kernel } from '../../kernel/kernel.ts';
import { shm_close } from '../../kernel/shm.ts';
import type { mm_struct, task_struct } from '../../kernel/task.ts';
import type { UserMemory } from '../../kernel/uaccess.ts';
import type { Image } from '../image.ts';
import { Books } from './books.ts';
import { writeBack } from './mapped_files.ts';
import type { UserSpace } from './userspace.ts';

/** Finds the program that an executable file is, by the name in it; null when there is none of that name. */
export type Programs = (name: string) => Image | null;

/** Addresses are below this. */
export const TASK_SIZE = 0xffff0000;

const NOWHERE: UserMemory = { read: () => null, write: () => false };

/** What the machine's own system calls work on: user space, the machine's books about it, and the programs that there are. */
export class Machine {
  readonly user: UserSpace;
  readonly books = new Books();
  readonly programs: Programs;
  /** The running task asked to let others go first. */
  yields = false;
  /** Tasks of the kernel that run no program here: init, the shells. */
  readonly outsiders = new Set<task_struct>();
  /** Names what a program asked for and is not simulated. */
  readonly report: (what: string) => void;
  readonly #memories = new Map<number, UserMemory>();

  constructor(user: UserSpace, programs: Programs, report: (what: string) => void) {
    this.user = user;
    this.programs = programs;
    this.report = report;
  }

  /** The memory that a task sees; of a child that was made just now, a copy of its parent's. */
  memory(k: Kernel, { mm }: task_struct): UserMemory {
    if (!mm) return NOWHERE;
    if (!this.user.spaces.has(mm.id)) {
      const parent = k.current.mm;
      if (!parent || !this.user.spaces.has(parent.id)) return NOWHERE;
      this.copySpace(k, parent, mm);
    }
    return this.#memory(mm.id);
  }

  #memory(mm: number): UserMemory {
    const known = this.#memories.get(mm);
    if (known) return known;
    const made: UserMemory = {
      read: (address, length) => (within(address, length) ? this.user.spaces.get(mm)?.read(address, length) ?? null : null),
      write: (address, bytes) => within(address, bytes.length) && this.user.spaces.has(mm) && this.user.write(mm, address, bytes),
    };
    this.#memories.set(mm, made);
    return made;
  }

  /** fork: `to` has what `from` has. */
  copySpace(k: Kernel, from: mm_struct, to: mm_struct): void {
    this.user.do({ op: 'space', mm: to.id, copy: from.id });
    this.books.copySpace(k, from.id, to.id, (shm) => {
      // as shm_open, but in the name of whoever forks
      k.trace.write(shm, 'attaches', shm.attaches + 1);
    });
  }

  /** Nobody uses this address space any more. */
  dropSpace(k: Kernel, mm: number): void {
    if (!this.user.spaces.has(mm)) return;
    writeBack(k, this);
    this.books.forgetSpace(k, mm, (shm) => shm_close(k, shm));
    this.user.do({ op: 'drop space', mm });
    this.#memories.delete(mm);
  }
}

/** Can this be an address range of a program at all? */
export function within(address: number, length: number): boolean {
  return Number.isInteger(address) && address >= 0 && length >= 0 && address + length <= TASK_SIZE;
}
