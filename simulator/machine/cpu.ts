import type { AddressSpace } from './memory.ts';
import type { Image } from './image.ts';

/** One function call under way, innermost first in `Thread.frames()`. */
export interface Frame {
  /** Index into the image's functions; −1: none (the bottom). */
  readonly function: number;
  /** Number of the instruction that it is at (in an outer frame: of the call). */
  readonly at: number;
  /** Address of its memory frame: locals stand at `base + offset` (`LocalInfo`). */
  readonly base: number;
  /** It is a signal handler that interrupted the frame below it. */
  readonly signal?: number;
}

/**
 * The registers of a task: instruction, frames, temporaries, stack pointer, thread pointer. Plain data: `copy()` is a fork's. Its program's variables are not
 * here but in the address space (as gcc -O0 keeps them: a vfork child changes its parent's).
 */
export interface Thread {
  readonly image: Image;
  copy(): Thread;
  /** Takes over what `kept`, an earlier copy, holds. */
  restore(kept: Thread): void;
  frames(): readonly Frame[];
  /** Number of the instruction that runs next. */
  readonly at: number;
  stackPointer: number;
  threadPointer: number;
  /** Statements of user code that it has begun. */
  readonly statements: number;
  /** Instructions that it has run, as they count against a budget: the machine's clock goes by it, so the same program always counts the same. */
  readonly instructions: number;

  /** After a `syscall` or `clone` stop: its result, and it can run on. Until then `run` makes the same call again (also after a handler has returned): a restarted call. */
  finish(value: number): void;
  /** In a child that `__clone` made: it runs `fn(arg)` on that stack, with nothing else below; when `fn` returns, exit(2) is called with its value. */
  startAt(fn: number, arg: number, stack: number): void;
  /**
   * A signal's handler is called before it goes on: `handler(signo, info, context)`; `info` and `context` (siginfo_t 128 bytes, ucontext 968 bytes) are on
   * its stack, or on `altstack`, as the caller of this has written them; the handler's frame goes below `stack`. When it returns, `run` stops with `sigreturn`. A call that
   * was interrupted with a result is `finish`ed before; one that is not is made again when the handler has returned.
   */
  callHandler(handler: number, signo: number, info: number, context: number, stack: number): void;
  /** After a `sigreturn` stop: the interrupted frame is on top again. `result`: the one of the call that it interrupted, if the handler changed it. */
  returnFromHandler(result: number | null): void;
}

/**
 * Why `run` came back. `syscall`: arguments are integers as the registers hold them (64-bit ones beyond 2^53 lose low bits). `clone`: the same for a child that begins
 * elsewhere. `sigreturn`: a handler returned; `context` is what `callHandler` was given. `statement`: a statement of user code begins (only when asked for). `fuel`: the budget is used up. `fault`: SIGSEGV, SIGFPE (division by zero), SIGILL
 * (`trap`), SIGBUS; the instruction is the one that failed. `missing`: a function that is not simulated was called. `budget`: some limit of the thread itself (depth of frames).
 */
export type Stop =
  | { readonly why: 'syscall'; readonly nr: number; readonly args: readonly number[] }
  | { readonly why: 'clone'; readonly nr: number; readonly args: readonly number[]; readonly fn: number; readonly arg: number; readonly stack: number }
  | { readonly why: 'statement' | 'fuel' }
  | { readonly why: 'sigreturn'; readonly context: number }
  | { readonly why: 'fault'; readonly signo: number; readonly code: number; readonly address: number }
  | { readonly why: 'missing'; readonly name: string };

/**
 * How long to run. When `statements` statements of user code have begun, it stops before the last of them does anything: with `statement` if `stopAtStatement`, else with
 * `fuel`; so the same statements are run either way. `instructions`: it gives up the processor (`fuel`) after so many, at the next jump or call.
 */
export interface Budget { readonly statements: number; readonly instructions: number; readonly stopAtStatement: boolean }

export interface Cpu {
  /** Runs a thread until something is to be done by others. Never throws for what a program does. */
  run(thread: Thread, space: AddressSpace, budget: Budget): Stop;
  /** A thread at the start of the image: `_start(sp)`. */
  start(image: Image, stackPointer: number): Thread;
}
