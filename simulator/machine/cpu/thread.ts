import type { Frame, Thread } from '../cpu.ts';
import type { Image } from '../image.ts';
import { OP, SIGNAL_STUB, SIGRETURN_STUB, START_STUB, WORDS } from '../isa.ts';

/** Words that are always free above `top`: the head of a callee's window, a stub's window. */
const SLACK = 64;
/** 64 MiB: far more calls than a stack of 8 MiB takes. */
const MOST_WORDS = 1 << 24;

/**
 * Windows of registers, one a function call under way, in one array. A window begins with its head:
 * [where to return to, the caller's window, its frame base, its stack pointer]; then the slots.
 *
 * Under a task's first function is a window that the start stub uses (slots 4 function, 6 argument, 8 result); under a signal's handler one of the signal stub
 * (4 handler, 6 number, 8 info, 10 context, 12 unused result), whose head says where the interrupted code goes on.
 */
export class MachineThread implements Thread {
  readonly image: Image;
  words: Int32Array;
  /** The same memory as doubles, and as floats. */
  doubles: Float64Array;
  floats: Float32Array;
  /** Word of the code that runs next. */
  pc = START_STUB;
  /** First word of the running function's window, and the first one past it. */
  window = 0;
  top = 16;
  /** Addresses as 32-bit integers with sign. */
  base = 0;
  sp = 0;
  threadPointer = 0;
  statements = 0;
  instructions = 0;
  /** Of the budget. */
  left = 0;
  fuel = 0;
  stopAtStatement = false;

  constructor(image: Image, size = 1024) {
    this.image = image;
    this.words = new Int32Array(size);
    this.doubles = new Float64Array(this.words.buffer);
    this.floats = new Float32Array(this.words.buffer);
  }

  get stackPointer(): number { return this.sp >>> 0; }
  set stackPointer(address: number) { this.sp = address | 0; }

  get at(): number { return this.pc / WORDS; }

  copy(): MachineThread {
    const made = new MachineThread(this.image, 16);
    made.restore(this);
    return made;
  }

  restore(kept: Thread): void {
    if (!(kept instanceof MachineThread)) return;
    const used = Math.max(kept.top, kept.window + 4) + SLACK;
    if (this.words.length < used) this.#size(used);
    this.words.set(kept.words.subarray(0, used));
    this.pc = kept.pc;
    this.window = kept.window;
    this.top = kept.top;
    this.base = kept.base;
    this.sp = kept.sp;
    this.threadPointer = kept.threadPointer;
    this.statements = kept.statements;
    this.instructions = kept.instructions;
  }

  /** Room for a window that ends at `top`, and the slack. False: no more than 64 MiB. */
  grow(top: number): boolean {
    const needed = top + SLACK;
    if (needed > MOST_WORDS) return false;
    if (needed > this.words.length) this.#size(Math.min(Math.max(needed, this.words.length * 2), MOST_WORDS));
    return true;
  }

  #size(size: number): void {
    const words = new Int32Array(size + size % 2);
    words.set(this.words.subarray(0, size));
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
    this.floats = new Float32Array(words.buffer);
  }

  /** `window + register`, when it holds an address that can be used as a number. */
  number(register: number): number {
    return (this.words[this.window + register + 1] ?? 0) * 2 ** 32 + ((this.words[this.window + register] ?? 0) >>> 0);
  }

  setNumber(register: number, value: number): void {
    this.words[this.window + register] = value | 0;
    this.words[this.window + register + 1] = Math.floor(value / 2 ** 32);
  }

  finish(value: number): void {
    this.setNumber(this.image.code[this.pc + 1] ?? 0, value);
    this.pc += WORDS;
  }

  startAt(fn: number, arg: number, stack: number): void {
    if (stack !== 0) this.sp = stack - stack % 16 | 0;
    this.pc = START_STUB;
    this.window = 0;
    this.top = 16;
    this.base = this.sp;
    this.words.fill(0, 0, 16);
    this.words[1] = -1;
    this.setNumber(4, fn);
    this.setNumber(6, arg);
  }

  callHandler(handler: number, signo: number, info: number, context: number, stack: number): void {
    // a function that has not yet made its window has a head all the same
    const window = Math.max(this.top, this.window + 4);
    this.grow(window + 16);
    this.words.set([this.pc, this.window, this.base, this.sp], window);
    this.window = window;
    this.top = window + 16;
    this.pc = SIGNAL_STUB;
    this.base = this.sp = stack - stack % 16 | 0;
    this.setNumber(4, handler);
    this.setNumber(6, signo);
    this.setNumber(8, info);
    this.setNumber(10, context);
  }

  returnFromHandler(result: number | null): void {
    const { words, window } = this;
    this.pc = words[window] ?? 0;
    this.window = words[window + 1] ?? 0;
    this.base = words[window + 2] ?? 0;
    this.sp = words[window + 3] ?? 0;
    this.top = window;
    if (result !== null) this.setNumber(this.image.code[this.pc - WORDS + 1] ?? 0, result);
  }

  frames(): readonly Frame[] {
    const frames: Frame[] = [];
    const { words, image } = this;
    let { pc, window, base } = this;
    // of the frame at hand `pc` is what runs next; of the outer ones it is one past their call
    let back = 0;
    while (window >= 0) {
      const signo = pc - back * WORDS >= SIGNAL_STUB && pc <= SIGRETURN_STUB ? words[window + 6] : undefined;
      if (signo !== undefined) {
        const handler = frames.at(-1);
        if (handler) frames[frames.length - 1] = { ...handler, signal: signo };
        back = 0;
      } else {
        const at = pc / WORDS - back;
        frames.push({ function: functionAt(image, at), at, base: base >>> 0 });
        back = 1;
      }
      pc = words[window] ?? 0;
      base = words[window + 2] ?? 0;
      window = words[window + 1] ?? -1;
    }
    return frames;
  }
}

/** Index of the function that has that instruction; −1: none has. */
export function functionAt(image: Image, at: number): number {
  let low = 0;
  let high = image.functions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const fn = image.functions[middle];
    if (fn && fn.to <= at) low = middle + 1;
    else high = middle;
  }
  const found = image.functions[low];
  return found && found.from <= at ? low : -1;
}

/** A thread that begins with `_start(stackPointer)`. */
export function startThread(image: Image, stackPointer: number): MachineThread {
  const thread = new MachineThread(image);
  thread.stackPointer = stackPointer;
  thread.startAt(image.entry, stackPointer, 0);
  return thread;
}

/** Is there a function's first instruction at that word of the code? */
export const isEntry = (image: Image, word: number): boolean => image.code[word] === OP.ENTER;
