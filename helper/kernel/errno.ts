import os from 'node:os';
import type { Errno } from '../protocol.ts';

const NAMES = new Map<number, Errno>();
for (const [name, number] of Object.entries(os.constants.errno)) {
  // EWOULDBLOCK and EAGAIN, EOPNOTSUPP and ENOTSUP share a number: the first is the kernel's own name
  if (!NAMES.has(number)) NAMES.set(number, name as Errno);
}
// EUSERS and EREMOTE are not in node's table; setns and user namespaces return the first
NAMES.set(87, 'EUSERS');

/** Name of a positive errno number, `E<number>` where it has none that we know. */
export function errnoName(number: number): Errno {
  return NAMES.get(number) ?? `E${number}`;
}

/** The errno of an exception that a node:fs call threw; `EIO` for anything else, which fs calls do not throw on valid arguments. */
export function errnoOf(error: unknown): Errno {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (typeof code === 'string' && code.startsWith('E')) return code.startsWith('ERR_') ? 'EINVAL' : code as Errno;
  return 'EIO';
}

/** Tells a failure from a value, for calls that return either. */
export function isErrno(value: unknown): value is Errno {
  return typeof value === 'string' && /^E[A-Z0-9]+$/.test(value);
}
