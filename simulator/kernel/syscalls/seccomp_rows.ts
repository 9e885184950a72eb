import { err, isErr, type Err } from '../errno.ts';
import { sys_seccomp, type ReadProgram } from '../seccomp.ts';
import type { sock_filter } from '../seccomp_bpf.ts';
import { Reader, Writer } from '../uaccess.ts';
import { answer, filled, given, pointer, uint, type Call, type Result, type SyscallRow } from './table.ts';

const SOCK_FPROG = 16;
const SOCK_FILTER = 8;

/** struct sock_fprog: how many instructions, and where they are. */
export function program_at(call: Call, address: number): ReadProgram {
  return () => {
    const bytes = given(call, address, SOCK_FPROG);
    if (isErr(bytes)) return bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const length = view.getUint16(0, true), from = Number(view.getBigUint64(8, true));
    return { length, read: () => (from === 0 ? err('EINVAL') : filters_of(given(call, from, length * SOCK_FILTER))) };
  };
}

function filters_of(bytes: Uint8Array | Err): readonly sock_filter[] | Err {
  if (isErr(bytes)) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: bytes.length / SOCK_FILTER }, (_, n) => {
    const at = n * SOCK_FILTER;
    return { code: view.getUint16(at, true), jt: view.getUint8(at + 2), jf: view.getUint8(at + 3), k: view.getUint32(at + 4, true) };
  });
}

function seccomp(call: Call, op: number, flags: number, uargs: number): Result {
  return sys_seccomp(call.k, op, flags, uargs, {
    program: program_at(call, uargs),
    action: () => {
      const bytes = given(call, uargs, 4);
      return isErr(bytes) ? bytes : new Reader(bytes).u32();
    },
    sizes: (sizes) => {
      const to = new Writer();
      for (const size of sizes) to.u16(size);
      return answer(call, uargs, to.done());
    },
  });
}

export const SECCOMP_CALLS: readonly SyscallRow[] = [filled('seccomp', [uint, uint, pointer], seccomp)];
