import fs from 'node:fs';

/** The other end of a pipe of ours is closed: nobody wants to know any more. */
export class NobodyReads extends Error {}

const RETRY_MS = 5;

function code(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** A descriptor that does not block is waited for. */
function wait(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
}

/** Writes all of it at once: what a program prints must not be lost when it is stopped. Throws NobodyReads. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += fs.writeSync(fd, bytes, at);
    } catch (error) {
      if (code(error) === 'EPIPE') throw new NobodyReads();
      if (code(error) !== 'EAGAIN') throw error;
      wait();
    }
  }
}

/** What is there of standard input, waiting for at least a byte; null at its end. */
export function readSome(): Uint8Array | null {
  const buffer = new Uint8Array(65536);
  for (;;) {
    try {
      const count = fs.readSync(0, buffer, 0, buffer.length, null);
      return count > 0 ? buffer.subarray(0, count) : null;
    } catch (error) {
      // nothing is connected, or it is a directory: as good as empty
      if (code(error) !== 'EAGAIN') return null;
      wait();
    }
  }
}

/** Standard input that has an end which comes by itself (a file, /dev/null): all of it. Null: somebody writes or types it. */
export function readAhead(): Uint8Array | null {
  try {
    const stat = fs.fstatSync(0);
    if (stat.isFile()) return fs.readFileSync(0);
    return stat.isCharacterDevice() && stat.rdev === NULL_DEVICE ? new Uint8Array(0) : null;
  } catch {
    return new Uint8Array(0);
  }
}

/** Major 1, minor 3, as Linux numbers it. */
const NULL_DEVICE = 0x103;
