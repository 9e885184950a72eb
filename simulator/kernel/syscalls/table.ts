import { err, isErr, type Err } from '../errno.ts';
import type { Kernel } from '../kernel.ts';
import type { Blocked } from '../sched.ts';
import type { task_struct, Wait } from '../task.ts';
import { copy_from_user, copy_to_user, getname } from '../uaccess.ts';
import type { UserMemory } from '../uaccess.ts';

/** One execution of a system call: the first, or another after a wait. */
export interface Call {
  readonly k: Kernel;
  /** The caller's memory. */
  readonly user: UserMemory;
  /** Memory of another task: of a child that was just made, which has its own copy by then. */
  memory(task: task_struct): UserMemory;
  /** What the registers hold: integers, as the program passed them. Missing ones are 0. */
  readonly args: readonly number[];
  /** What it waited for when it was executed before; null the first time. */
  readonly waited: Wait | null;
}

/** A value, a negative errno, or that the caller sleeps. */
export type Result = number | Blocked;
export interface SyscallRow {
  readonly name: string;
  readonly call: (call: Call) => Result;
  /** It waited, and a signal ended it with EINTR: writes what the caller is told all the same (the time that was left). */
  readonly interrupted?: (call: Call) => void;
}

/** An argument that could not be read, and why. A class of its own, since negative numbers are good arguments. */
export class Refused {
  readonly errno: Err;
  constructor(errno: Err) {
    this.errno = errno;
  }
}

/** How an argument is had from a register. */
export type Decoder<T> = (raw: number, call: Call) => T | Refused;

export const int: Decoder<number> = (raw) => raw | 0;
export const uint: Decoder<number> = (raw) => raw >>> 0;
export const long: Decoder<number> = (raw) => raw;
/** A path name. */
export const path: Decoder<string> = (raw, { user }) => refused(getname(user, raw));
/** A path name, or null for the address 0. */
export const path_or_null: Decoder<string | null> = (raw, { user }) => (raw === 0 ? null : refused(getname(user, raw)));
/** An address that the call itself reads or writes. */
export const pointer: Decoder<number> = (raw) => raw;

function refused<T extends string | Uint8Array>(value: T | Err): T | Refused {
  return isErr(value) ? new Refused(value) : value;
}

type Decoded<A extends readonly Decoder<unknown>[]> = { -readonly [N in keyof A]: A[N] extends Decoder<infer T> ? T : never };

/** A system call whose function takes its decoded arguments one by one. The first argument that can not be read ends it. */
export function row<const A extends readonly Decoder<unknown>[]>(name: string, decoders: A, fn: (k: Kernel, ...args: Decoded<A>) => Result): SyscallRow {
  return filled(name, decoders, ({ k }, ...args) => fn(k, ...args));
}

/** As `row`, for those that also write to the caller's memory or need what they waited for. */
export function filled<const A extends readonly Decoder<unknown>[]>(name: string, decoders: A, fn: (call: Call, ...args: Decoded<A>) => Result): SyscallRow {
  return {
    name,
    call(call) {
      const args: unknown[] = [];
      for (const [n, decode] of decoders.entries()) {
        const value = decode(call.args[n] ?? 0, call);
        if (value instanceof Refused) return value.errno;
        args.push(value);
      }
      return fn(call, ...args as Decoded<A>);
    },
  };
}

/** Writes what a call found to the caller's memory and returns `value`, or EFAULT. An errno in place of the bytes is returned as it is. */
export function answer(call: Call, address: number, bytes: Uint8Array | Err, value = 0): number {
  if (isErr(bytes)) return bytes;
  return copy_to_user(call.user, address, bytes) || value;
}

/** The bytes of a structure in the caller's memory. */
export function given(call: Call, address: number, length: number): Uint8Array | Err {
  return copy_from_user(call.user, address, length);
}

/** For a call that has no meaning in the model but harms nobody by succeeding. */
export function nothing(name: string): SyscallRow {
  return { name, call: () => 0 };
}

/** A call that is there and always refuses. */
export function refuses(name: string, errno: Parameters<typeof err>[0]): SyscallRow {
  return { name, call: () => err(errno) };
}
