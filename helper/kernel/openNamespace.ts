import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { errnoOf } from './errno.ts';

/** open(2): names the file without opening it. The same number on every architecture of `syscallNumbers`. */
const O_PATH = 0o10000000;
/** A link that the kernel itself resolves, and that can lead to nothing but a namespace. */
const KERNEL_LINK = /^\/proc\/(?:\d+|self|thread-self)(?:\/task\/\d+)?\/ns\/[a-z_]+$/;

let nsfsDevice: number | undefined;

/**
 * Opens a namespace file for reading; the caller closes it. EINVAL: the path leads to something else.
 *
 * A bind mount or a descriptor that was found a moment ago may be anything by now, and its owner may wish us ill: opening a
 * FIFO would block for ever, opening a device may act on it. So the file is looked at before it is opened.
 * @param path one character per byte, since names on the host are bytes
 */
export function openNamespace(path: string): number | Errno {
  try {
    if (KERNEL_LINK.test(path)) return fs.openSync(path, 'r');
    const named = fs.openSync(Buffer.from(path, 'latin1'), O_PATH);
    try {
      nsfsDevice ??= fs.statSync('/proc/self/ns/net').dev;
      return fs.fstatSync(named).dev === nsfsDevice ? fs.openSync(`/proc/self/fd/${named}`, 'r') : 'EINVAL';
    } finally {
      fs.closeSync(named);
    }
  } catch (error) {
    return errnoOf(error);
  }
}
