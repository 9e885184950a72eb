import type { Budget, Cpu, Stop, Thread } from '../cpu.ts';
import type { AddressSpace, SharedMemory } from '../memory.ts';
import type { Mapping, Operation } from './operation.ts';

/** What the machine is built of. */
export interface Hardware {
  readonly cpu: Cpu;
  readonly createAddressSpace: () => AddressSpace;
  readonly createSharedMemory: (length: number) => SharedMemory;
}

/** The kernel's clock, which only user space moves. `changes`: as KObject has it. */
export interface Clock { monotonic: bigint; changes: number }

/** Nanoseconds that an instruction and a system call take: enough for a program that waits for the clock in a loop to see it move. */
const INSTRUCTION = 5;
const SYSTEM_CALL = 2000n;

/** All of user space at one moment. Copies, which nobody changes. */
export interface Kept {
  readonly threads: ReadonlyMap<number, Thread>;
  readonly spaces: ReadonlyMap<number, AddressSpace>;
  readonly objects: ReadonlyMap<number, { readonly is: SharedMemory; readonly held: SharedMemory }>;
  readonly monotonic: bigint;
}

/**
 * User space: the threads of all tasks and their address spaces, and the clock, which goes on as they run. It changes only by operations
 * (operation.ts); `journal` sees each before it is done. It knows nothing of the kernel.
 */
export class UserSpace {
  readonly threads = new Map<number, Thread>();
  readonly spaces = new Map<number, AddressSpace>();
  readonly objects = new Map<number, SharedMemory>();
  journal: ((operation: Operation) => void) | null = null;
  readonly #hardware: Hardware;
  readonly #clock: Clock;
  /** What changed since the last `keep`, and what that kept. */
  readonly #changed = { threads: new Set<number>(), spaces: new Set<number>() };
  #last: Kept | null = null;
  #objects = 0;

  constructor(hardware: Hardware, clock: Clock) {
    this.#hardware = hardware;
    this.#clock = clock;
  }

  thread(task: number): Thread {
    const thread = this.threads.get(task);
    if (!thread) throw new Error(`task ${task} has no registers`);
    return thread;
  }

  space(mm: number): AddressSpace {
    const space = this.spaces.get(mm);
    if (!space) throw new Error(`mm ${mm} has no address space`);
    return space;
  }

  run(task: number, mm: number, budget: Budget): Stop {
    this.journal?.({ op: 'run', task, mm, budget });
    const thread = this.thread(task);
    this.#changed.threads.add(task);
    this.#changed.spaces.add(mm);
    const before = thread.instructions;
    const stop = this.#hardware.cpu.run(thread, this.space(mm), budget);
    this.#pass(BigInt((thread.instructions - before) * INSTRUCTION));
    return stop;
  }

  /** False: not all of it is writable, and nothing was written. */
  write(mm: number, address: number, bytes: Uint8Array): boolean {
    this.journal?.({ op: 'write', mm, address, bytes: bytes.slice() });
    this.#changed.spaces.add(mm);
    return this.space(mm).write(address, bytes);
  }

  /** A new object's number. */
  createObject(length: number): number {
    const object = this.#objects + 1;
    this.do({ op: 'object', object, length });
    return object;
  }

  do(operation: Operation): void {
    if (operation.op === 'run') {
      this.run(operation.task, operation.mm, operation.budget);
      return;
    }
    if (operation.op === 'write') {
      this.write(operation.mm, operation.address, operation.bytes);
      return;
    }
    this.journal?.(operation);
    if ('task' in operation) this.#changed.threads.add(operation.task);
    if ('mm' in operation) this.#changed.spaces.add(operation.mm);
    this.#perform(operation);
  }

  #perform(operation: Exclude<Operation, { op: 'run' | 'write' }>): void {
    switch (operation.op) {
      case 'finish': this.thread(operation.task).finish(operation.value); this.#pass(SYSTEM_CALL); return;
      case 'map': this.#map(operation.mm, operation.from, operation.length, operation.mapping); return;
      case 'unmap': this.space(operation.mm).unmap(operation.from, operation.length); return;
      case 'protect': this.space(operation.mm).protect(operation.from, operation.length, operation.protection); return;
      case 'space': this.spaces.set(operation.mm, operation.copy === null ? this.#hardware.createAddressSpace() : this.space(operation.copy).fork()); return;
      case 'drop space':
        this.spaces.get(operation.mm)?.release();
        this.spaces.delete(operation.mm);
        return;
      case 'object': this.objects.set(operation.object, this.#hardware.createSharedMemory(operation.length)); this.#objects = operation.object; return;
      case 'write object': this.objects.get(operation.object)?.write(operation.offset, operation.bytes); return;
      case 'grow object': this.objects.get(operation.object)?.grow(operation.length); return;
      case 'limit object': this.objects.get(operation.object)?.limit(operation.end); return;
      case 'drop object': this.objects.delete(operation.object); return;
      case 'copy': {
        const made = this.thread(operation.of).copy();
        if (operation.stack !== null) made.stackPointer = operation.stack;
        if (operation.tls !== null) made.threadPointer = operation.tls;
        this.threads.set(operation.task, made);
        return;
      }
      case 'start': this.threads.set(operation.task, this.#hardware.cpu.start(operation.image, operation.stack)); return;
      case 'start at': this.thread(operation.task).startAt(operation.fn, operation.arg, operation.stack); return;
      case 'tls': this.thread(operation.task).threadPointer = operation.value; return;
      case 'handler': this.thread(operation.task).callHandler(operation.handler, operation.signo, operation.info, operation.context, operation.stack); return;
      case 'return': this.thread(operation.task).returnFromHandler(operation.result); return;
      case 'drop thread': this.threads.delete(operation.task); return;
      case 'clock': this.#pass(operation.to - this.#clock.monotonic);
    }
  }

  #map(mm: number, from: number, length: number, { object, ...mapping }: Mapping): void {
    const shared = object === undefined ? undefined : this.objects.get(object);
    this.space(mm).map(from, length, shared ? { ...mapping, object: shared } : mapping);
  }

  #pass(nanoseconds: bigint): void {
    this.#clock.monotonic += nanoseconds;
    this.#clock.changes++;
  }

  /** Pages that hold bytes, of all spaces: shared ones count once for each. */
  get resident(): number {
    let pages = 0;
    for (const space of this.spaces.values()) pages += space.resident;
    return pages;
  }

  /** All of it as it is now, to go back to. What did not change since the last time is not copied again. */
  keep(): Kept {
    const last = this.#last;
    const { threads, spaces } = this.#changed;
    const kept: Kept = {
      threads: new Map([...this.threads].map(([id, thread]) => [id, (threads.has(id) ? undefined : last?.threads.get(id)) ?? thread.copy()])),
      spaces: new Map([...this.spaces].map(([id, space]) => [id, (spaces.has(id) ? undefined : last?.spaces.get(id)) ?? space.fork()])),
      objects: new Map([...this.objects].map(([id, is]) => [id, { is, held: is.fork() }])),
      monotonic: this.#clock.monotonic,
    };
    this.#settled(kept);
    return kept;
  }

  /** Goes back, or forwards, to what was kept. */
  restore(kept: Kept): void {
    // what is the same as in the state that was kept or restored last needs no copy
    replace(this.threads, kept.threads, (id) => !this.#changed.threads.has(id) && this.#last?.threads.get(id) === kept.threads.get(id), (thread) => thread.copy(), () => undefined);
    replace(this.spaces, kept.spaces, (id) => !this.#changed.spaces.has(id) && this.#last?.spaces.get(id) === kept.spaces.get(id), (space) => space.fork(), (space) => space.release());
    this.objects.clear();
    for (const [id, { is, held }] of kept.objects) {
      is.restore(held);
      this.objects.set(id, is);
    }
    this.#pass(kept.monotonic - this.#clock.monotonic);
    this.#settled(kept);
  }

  #settled(kept: Kept): void {
    this.#last = kept;
    this.#changed.threads.clear();
    this.#changed.spaces.clear();
  }
}

function replace<T>(now: Map<number, T>, then: ReadonlyMap<number, T>, same: (id: number) => boolean, copy: (of: T) => T, drop: (of: T) => void): void {
  const next = [...then].map(([id, kept]): [number, T] => [id, (same(id) ? now.get(id) : undefined) ?? copy(kept)]);
  for (const [id, old] of now) if (!then.has(id) || !same(id)) drop(old);
  now.clear();
  for (const [id, value] of next) now.set(id, value);
}
