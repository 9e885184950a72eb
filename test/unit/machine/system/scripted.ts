import type { Budget, Cpu, Frame, Stop, Thread } from '../../../../simulator/machine/cpu.ts';
import type { Image } from '../../../../simulator/machine/image.ts';
import type { AddressSpace } from '../../../../simulator/machine/memory.ts';
import { SYSCALL_NUMBERS } from '../../../../simulator/kernel/syscalls/numbers.ts';
import { encode } from '../../../../simulator/kernel/text.ts';

/** What a scripted program does next: a system call, or a fault; `goto` a label; absent: it is over (exit 0). */
export type Action = Stop | { readonly why: 'goto'; readonly to: string } | { readonly why: 'handled' } | null;

/** A program in TypeScript: at each step it is asked what to do. State is in the thread (its `vars`, which fork copies) and in its memory. */
export type Script = Readonly<Record<string, (program: Scripted) => Action>>;

interface Interrupted { readonly label: string; readonly pending: Stop | null; readonly context: number; readonly result: number }

/** Registers of a scripted thread: which label it is at, the result of its last call, numbers by name. */
export class Scripted implements Thread {
  readonly image: Image;
  label = 'main';
  pending: Stop | null = null;
  result = 0;
  vars: Record<string, number> = {};
  stackPointer = 0;
  threadPointer = 0;
  statements = 0;
  instructions = 0;
  /** Handlers under way: where to go on, and their context. */
  handlers: Interrupted[] = [];
  space!: AddressSpace;

  constructor(image: Image) { this.image = image; }
  get at(): number { return this.statements; }
  frames(): readonly Frame[] { return []; }
  copy(): Scripted {
    const made = new Scripted(this.image);
    made.restore(this);
    return made;
  }
  restore(kept: Thread): void {
    if (!(kept instanceof Scripted)) return;
    for (const field of ['label', 'pending', 'result', 'stackPointer', 'threadPointer', 'statements', 'instructions'] as const) Object.assign(this, { [field]: kept[field] });
    this.vars = { ...kept.vars };
    this.handlers = [...kept.handlers];
  }
  finish(value: number): void {
    this.pending = null;
    this.result = value;
  }
  startAt(fn: number, arg: number, stack: number): void {
    this.label = `fn${fn}`;
    this.vars['arg'] = arg;
    this.pending = null;
    this.stackPointer = stack;
  }
  callHandler(handler: number, signo: number, info: number, context: number, stack: number): void {
    this.handlers.push({ label: this.label, pending: this.pending, context, result: this.result });
    this.label = `handler${handler}`;
    this.pending = null;
    Object.assign(this.vars, { signo, info, context });
    this.stackPointer = stack;
  }
  returnFromHandler(): void {
    const was = this.handlers.pop();
    if (!was) throw new Error('no handler runs');
    this.label = was.label;
    this.pending = was.pending;
    this.result = was.result;
  }

  /** A system call by name; then it goes on at `to`. */
  call(to: string, name: string, ...args: readonly number[]): Action {
    const nr = SYSCALL_NUMBERS.get(name);
    if (nr === undefined) throw new Error(`no system call ${name}`);
    this.label = to;
    return { why: 'syscall', nr, args };
  }

  /** A text in memory, at a place of its own below the stack. */
  text(value: string, at = DATA): number {
    this.space.write(at, encode(`${value}\0`));
    return at;
  }
}

/** Where a scripted program has room for its data: 64 KiB. */
export const DATA = 0x500000;

const scripts = new WeakMap<Image, Script>();

export function program(name: string, script: Script): Image {
  const image = {
    name, code: new Int32Array(0), segments: [{ address: DATA, bytes: new Uint8Array(0), size: 65536, write: true, name: 'data' as const }], tls: { data: new Uint8Array(0), size: 0, align: 1 },
    entry: 0x400000, brk: DATA + 65536, functions: [], variables: [], lines: new Int32Array(0), places: [], missing: [],
  } as unknown as Image;
  scripts.set(image, script);
  return image;
}

/** Runs scripts: each step is one statement and ten instructions. */
export const scriptedCpu: Cpu = {
  start(image, stackPointer) {
    const made = new Scripted(image);
    made.stackPointer = stackPointer;
    return made;
  },
  run(t, space, budget: Budget): Stop {
    if (!(t instanceof Scripted)) throw new Error('not a scripted thread');
    t.space = space;
    if (t.pending) return t.pending;
    let statements = 0;
    let instructions = 0;
    for (;;) {
      if (instructions >= budget.instructions) return { why: 'fuel' };
      t.statements++;
      t.instructions += 10;
      instructions += 10;
      if (++statements >= budget.statements) return { why: budget.stopAtStatement ? 'statement' : 'fuel' };
      const action = scripts.get(t.image)?.[t.label]?.(t) ?? null;
      if (action === null) {
        t.pending = { why: 'syscall', nr: SYSCALL_NUMBERS.get('exit_group') ?? 0, args: [0] };
        return t.pending;
      }
      if (action.why === 'goto') t.label = action.to;
      else if (action.why === 'handled') return { why: 'sigreturn', context: t.handlers.at(-1)?.context ?? 0 };
      else {
        if (action.why === 'syscall' || action.why === 'clone') t.pending = action;
        return action;
      }
    }
  },
};
