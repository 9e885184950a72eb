import { err, isErr } from '../../kernel/errno.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { SHM_EXEC, SHM_REMAP, SHM_RND, do_shmat, shm_close } from '../../kernel/shm.ts';
import type { shmid_kernel } from '../../kernel/shm.ts';
import type { Call, SyscallRow } from '../../kernel/syscalls/table.ts';
import { filled, int, long } from '../../kernel/syscalls/table.ts';
import { PAGE_SIZE } from '../memory.ts';
import { within } from './machine.ts';
import type { Machine } from './machine.ts';
import { pages } from './mapped_files.ts';

/** The shared object with the bytes of a segment: made when it is attached first. */
function objectOf(k: Kernel, { user, books }: Machine, shm: shmid_kernel): number {
  const known = books.segments.get(shm.id);
  if (known !== undefined) return known;
  const object = user.createObject(pages(shm.size));
  k.trace.insert(books.segments, shm.id, object);
  return object;
}

function shmat(machine: Machine, { k }: Call, shmid: number, wish: number, flags: number): number {
  const mm = k.current.mm?.id ?? 0;
  const { user, books } = machine;
  const remap = (flags & SHM_REMAP) !== 0;
  const address = (flags & SHM_RND) !== 0 ? Math.floor(wish / PAGE_SIZE) * PAGE_SIZE : wish;
  if (shmid < 0 || address % PAGE_SIZE !== 0 || (remap && address === 0)) return err('EINVAL');
  const attached = do_shmat(k, shmid, flags);
  if (isErr(attached)) return attached;
  const { shm, readonly } = attached;
  const length = pages(shm.size);
  const space = user.space(mm);
  const blocked = address !== 0 && !remap && space.regions.some((region) => region.from < address + length && region.to > address);
  const at = address === 0 ? space.findFree(length) : address;
  if (at === null || blocked || !within(at, length)) {
    shm_close(k, shm);
    return err(at === null ? 'ENOMEM' : 'EINVAL');
  }
  if (remap) detachRange(k, machine, mm, at, length);
  const execute = (flags & SHM_EXEC) !== 0;
  user.do({ op: 'map', mm, from: at, length, mapping: { read: true, write: !readonly, execute, name: `/SYSV${(shm.key >>> 0).toString(16).padStart(8, '0')} (deleted)`, object: objectOf(k, machine, shm) } });
  k.trace.insert(books.attached, mm, [...books.attached.get(mm) ?? [], { address: at, length, shm }]);
  return at;
}

function shmdt(machine: Machine, { k }: Call, address: number): number {
  const mm = k.current.mm?.id ?? 0;
  const found = machine.books.attached.get(mm)?.find((one) => one.address === address);
  if (!found) return err('EINVAL');
  detachRange(k, machine, mm, found.address, found.length);
  machine.user.do({ op: 'unmap', mm, from: found.address, length: found.length });
  return 0;
}

/** The range is about to be mapped anew, or unmapped: segments that are wholly in it are detached. */
export function detachRange(k: Kernel, { books }: Machine, mm: number, from: number, length: number): void {
  const attached = books.attached.get(mm);
  if (!attached) return;
  const gone = attached.filter((one) => one.address >= from && one.address + one.length <= from + length);
  if (gone.length === 0) return;
  k.trace.insert(books.attached, mm, attached.filter((one) => !gone.includes(one)));
  for (const { shm } of gone) shm_close(k, shm);
}

/** The kernel has the segments; here their bytes come into address spaces. */
export function shmCalls(machine: Machine): readonly SyscallRow[] {
  return [
    filled('shmat', [int, long, int], (call, shmid, address, flags) => shmat(machine, call, shmid, address, flags)),
    filled('shmdt', [long], (call, address) => shmdt(machine, call, address)),
  ];
}
