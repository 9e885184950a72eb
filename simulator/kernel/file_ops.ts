import type { Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { KObject } from './object.ts';
import type { Blocked } from './sched.ts';
import type { file } from './vfs.ts';

/** Events of poll(2), values of the uapi header. */
export const POLLIN = 0x1;
export const POLLPRI = 0x2;
export const POLLOUT = 0x4;
export const POLLERR = 0x8;
export const POLLHUP = 0x10;
export const POLLNVAL = 0x20;
export const POLLRDNORM = 0x40;
export const POLLRDBAND = 0x80;
export const POLLWRNORM = 0x100;
export const POLLWRBAND = 0x200;
export const POLLRDHUP = 0x2000;
/** What files that never block always are. */
export const DEFAULT_POLLMASK = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;
export const READABLE = POLLIN | POLLRDNORM;
export const WRITABLE = POLLOUT | POLLWRNORM;

/** ioctl(2) of whatever can be read: how many bytes wait; of what is written: how many are on their way. */
export const FIONREAD = 0x541b;
export const TIOCOUTQ = 0x5411;

/** What can be done with an open file, by kind of file. Absent: EINVAL (read, write), ENOTTY (ioctl), always ready (poll). */
export interface file_operations {
  /** Called once by open(2); an error makes it fail. May block (a FIFO waits for the other end). */
  open?(k: Kernel, of: file): 0 | Err | Blocked;
  /** At most `count` bytes from `pos`; fewer, or none at the end. */
  read?(k: Kernel, of: file, count: number, pos: number): Uint8Array | Err | Blocked;
  /** How many of the bytes were taken. */
  write?(k: Kernel, of: file, data: Uint8Array, pos: number): number | Err | Blocked;
  /** `arg`: a number, or what the caller read from memory; the answer is a number, or what is to be written there. */
  ioctl?(k: Kernel, of: file, cmd: number, arg: unknown): IoctlResult;
  /** A process closes a descriptor of it, of which there may be more. */
  flush?(k: Kernel, of: file): void;
  /** The last reference is gone. */
  release?(k: Kernel, of: file): void;
  poll?(k: Kernel, of: file): number;
  /** What is woken when `poll` may have changed; absent: what `private_data` is. */
  wait_queues?(k: Kernel, of: file): readonly KObject[];
  /** Where the end is, for SEEK_END; absent: the size of the inode. */
  size?(k: Kernel, of: file): number;
  /** It has no position: lseek fails with ESPIPE. */
  readonly stream?: boolean;
  /** Can be written at its own position only, not at a given one (pwrite: ESPIPE): the kernel's seq_file. */
  in_order?(of: file): boolean;
  /** Writing leaves its position where it is. */
  stays?(of: file): boolean;
  /** What /proc/PID/fd/N says, for files without a path: `pipe:[123]`. */
  name?(k: Kernel, of: file): string;
  /** Further lines of /proc/PID/fdinfo/N. */
  fdinfo?(k: Kernel, of: file): string;
  /** Inode number and mode, for files without a path. */
  inode?(k: Kernel, of: file): { readonly ino: number; readonly mode: number; readonly uid?: number; readonly gid?: number };
}

/** The result of an ioctl: a number, plus bytes for the caller's memory at `arg`. */
export type IoctlResult = number | Blocked | { readonly value: number; readonly out: Uint8Array };

const OPS = new Map<string, file_operations>();
const NONE: file_operations = {};

/** Makes a kind of open file known by the name that its files have as `f_op`; called once by its module. */
export function register_file_ops(name: string, ops: file_operations): void {
  OPS.set(name, ops);
}

export function f_op(of: file): file_operations {
  return OPS.get(of.f_op) ?? NONE;
}
