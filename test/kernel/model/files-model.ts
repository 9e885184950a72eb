import { strict as assert } from 'node:assert';
import { sys_chdir, sys_chroot, sys_getcwd, sys_umask } from '../../../simulator/kernel/chroot.ts';
import { errnoName } from '../../../simulator/kernel/errno.ts';
import { sys_close } from '../../../simulator/kernel/files.ts';
import { CLONE_NEWNS, CLONE_NEWUSER } from '../../../simulator/kernel/flags.ts';
import { sys_linkat, sys_mkdirat, sys_mknodat, sys_readlinkat, sys_renameat2, sys_symlinkat, sys_unlinkat } from '../../../simulator/kernel/fs_dir.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import { AT_FDCWD, AT_REMOVEDIR, AT_SYMLINK_NOFOLLOW, O_ACCMODE, O_CREAT, O_NONBLOCK, O_PATH, O_RDONLY, O_WRONLY } from '../../../simulator/kernel/mode.ts';
import { MS_REC, sys_mount } from '../../../simulator/kernel/namespace.ts';
import { sys_openat } from '../../../simulator/kernel/open.ts';
import { MS_PRIVATE } from '../../../simulator/kernel/peers.ts';
import { sys_pivot_root } from '../../../simulator/kernel/pivot_root.ts';
import { ksys_read, ksys_write, sys_getdents } from '../../../simulator/kernel/read_write.ts';
import { sys_faccessat2, sys_fchmodat, sys_fchownat, sys_newfstatat, sys_truncate } from '../../../simulator/kernel/stat.ts';
import { sys_setgroups, sys_setresgid, sys_setresuid } from '../../../simulator/kernel/setid.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { encode } from '../../../simulator/kernel/text.ts';
import { MNT_DETACH, sys_umount } from '../../../simulator/kernel/umount.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { map_write } from '../../../simulator/kernel/user_map.ts';
import { Files } from '../../unit/kernel-model/files.ts';

/** One operation of files.c: worker, name and words. */
export interface Operation { readonly worker: number; readonly op: string; readonly a: string; readonly b?: string; readonly m?: number; readonly n?: number }

/** The line that files.c reads. */
export function lineOf({ worker, op, a, b, m, n }: Operation): string {
  return `${worker} ${op} ${a === '' ? "''" : a} ${b === undefined || b === '' ? "''" : b} ${m ?? 0} ${n ?? 0}`;
}

/** Does the same operations as files.c in the modelled kernel. */
export class FilesModel {
  readonly #files = new Files('6.18');
  readonly #workers: task_struct[] = [];
  readonly #lister: task_struct;

  /** `settings`: the machine's numbers below /proc/sys/fs that decide about others' links and files. */
  constructor(settings: Readonly<Record<string, number>>) {
    for (const [name, value] of Object.entries(settings)) this.#files.k.trace.insert(this.#files.k.sysctl, `fs/${name}`, value);
    const first = this.#files.fork();
    this.#lister = first;
    this.#done(first, (k) => ksys_unshare(k, CLONE_NEWNS));
    this.#done(first, (k) => sys_mount(k, 'none', '/', null, MS_REC | MS_PRIVATE, null));
    this.#done(first, (k) => sys_mount(k, 'root', '/tmp', 'tmpfs', 0, 'mode=755'));
    for (let w = 0; w < 4; w++) this.#workers.push(this.#become(this.#files.fork(first), w));
    this.#done(first, (k) => { sys_umask(k, 0); return sys_chroot(k, '/tmp') || sys_chdir(k, '/'); });
    this.#tree(first);
  }

  /** What files.c prints for the beginning, and for an operation. */
  start(): string { return `0 \n${this.#list('')}`; }
  do(operation: Operation): string {
    const [result, text] = this.#operate(this.#workers[operation.worker]!, operation);
    return `${Math.abs(result)} ${result === 0 ? text : ''}\n${this.#list('')}`;
  }

  #done(task: task_struct, call: (k: Kernel) => number): void {
    const result = this.#files.as(task, call);
    assert.ok(result >= 0, `the beginning fails with ${errnoName(result) ?? result}`);
  }

  #become(task: task_struct, w: number): task_struct {
    if (w < 2) {
      this.#done(task, (k) => sys_chroot(k, '/tmp') || sys_chdir(k, '/'));
    } else {
      this.#done(task, (k) => ksys_unshare(k, CLONE_NEWNS) || sys_chdir(k, '/tmp') || sys_pivot_root(k, '.', '.') || sys_umount(k, '.', MNT_DETACH) || sys_chdir(k, '/'));
    }
    if (w === 1 || w === 2) this.#done(task, (k) => sys_setgroups(k, []) || sys_setresgid(k, 1000, 1000, 1000) || sys_setresuid(k, 1000, 1000, 1000));
    if (w >= 2) this.#done(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    if (w === 2) {
      const { user_ns } = task.cred;
      this.#done(task, (k) => {
        k.trace.write(user_ns, 'setgroups_allowed', false);
        return Math.min(map_write(k, { f_cred: task.cred }, user_ns, 'uid_map', '0 1000 1'), map_write(k, { f_cred: task.cred }, user_ns, 'gid_map', '0 1000 1'));
      });
    }
    return task;
  }

  #tree(task: task_struct): void {
    this.#done(task, (k) => {
      for (const [name, mode] of [['/r', 0o755], ['/u', 0o755], ['/t', 0o1777], ['/p', 0o700], ['/g', 0o2777]] as const) {
        sys_mkdirat(k, AT_FDCWD, name, mode & 0o777);
        sys_fchmodat(k, AT_FDCWD, name, mode);
      }
      sys_fchownat(k, AT_FDCWD, '/u', 1000, 1000);
      sys_fchownat(k, AT_FDCWD, '/g', 0, 500);
      for (const [name, mode] of [['/r/f', 0o644], ['/u/f', 0o640], ['/r/s', 0o600]] as const) sys_close(k, Number(sys_openat(k, AT_FDCWD, name, O_CREAT | O_WRONLY, mode)));
      sys_fchownat(k, AT_FDCWD, '/u/f', 1000, 1000);
      return sys_symlinkat(k, '/u', AT_FDCWD, '/r/l') || sys_symlinkat(k, 'loop', AT_FDCWD, '/r/loop') || sys_symlinkat(k, '../u/f', AT_FDCWD, '/r/m');
    });
  }

  #operate(task: task_struct, { op, a, b = '', m = 0, n = 0 }: Operation): readonly [number, string] {
    const call = (made: (k: Kernel) => number): readonly [number, string] => [this.#files.as(task, made), ''];
    switch (op) {
      case 'mkdir': return call((k) => sys_mkdirat(k, AT_FDCWD, a, m));
      case 'rmdir': return call((k) => sys_unlinkat(k, AT_FDCWD, a, AT_REMOVEDIR));
      case 'unlink': return call((k) => sys_unlinkat(k, AT_FDCWD, a, 0));
      case 'symlink': return call((k) => sys_symlinkat(k, b, AT_FDCWD, a));
      case 'link': return call((k) => sys_linkat(k, AT_FDCWD, a, AT_FDCWD, b, 0));
      case 'rename': return call((k) => sys_renameat2(k, AT_FDCWD, a, AT_FDCWD, b, m));
      case 'chmod': return call((k) => sys_fchmodat(k, AT_FDCWD, a, m));
      case 'chown': return call((k) => sys_fchownat(k, AT_FDCWD, a, m, n));
      case 'lchown': return call((k) => sys_fchownat(k, AT_FDCWD, a, m, n, AT_SYMLINK_NOFOLLOW));
      case 'truncate': return call((k) => sys_truncate(k, AT_FDCWD, a, m));
      case 'access': return call((k) => sys_faccessat2(k, AT_FDCWD, a, m, 0));
      case 'chdir': return call((k) => sys_chdir(k, a));
      case 'chroot': return call((k) => sys_chroot(k, a));
      case 'umask': return call((k) => sys_umask(k, m) * 0);
      case 'mknod': return call((k) => sys_mknodat(k, AT_FDCWD, a, m, n));
      case 'open': return this.#files.as(task, (k) => open(k, a, m, n));
      case 'getcwd': return this.#text(task, (k) => sys_getcwd(k));
      case 'readlink': return this.#text(task, (k) => sys_readlinkat(k, AT_FDCWD, a));
      case 'stat': return this.#text(task, (k) => {
        const s = sys_newfstatat(k, AT_FDCWD, a, 0);
        return typeof s === 'number' ? s : `${s.mode.toString(8)} ${s.nlink} ${s.uid} ${s.gid} ${s.size} ${s.rdev.toString(16)}`;
      });
      default: throw new Error(`${op} is no operation`);
    }
  }

  #text(task: task_struct, call: (k: Kernel) => number | string): readonly [number, string] {
    const got = this.#files.as(task, call);
    return typeof got === 'string' ? [0, got] : [got, ''];
  }

  /** Every file, as root sees it. */
  #list(at: string): string {
    return this.#files.as(this.#lister, (k) => list(k, at));
  }
}

function open(k: Kernel, name: string, flags: number, mode: number): readonly [number, string] {
  const fd = sys_openat(k, AT_FDCWD, name, flags | O_NONBLOCK, mode);
  if (typeof fd !== 'number') return [9999, ''];
  if (fd < 0) return [fd, ''];
  let text = '';
  if (!(flags & O_PATH)) {
    const reads = (flags & O_ACCMODE) === O_RDONLY;
    const done = reads ? ksys_read(k, fd, 64) : ksys_write(k, fd, encode('xyz'));
    text = `${reads ? 'read' : 'wrote'} ${done instanceof Uint8Array ? done.length : done}`;
  }
  sys_close(k, fd);
  return [0, text];
}

function list(k: Kernel, at: string): string {
  const fd = sys_openat(k, AT_FDCWD, at === '' ? '/' : at, 0, 0);
  if (typeof fd !== 'number' || fd < 0) return '';
  const entries = sys_getdents(k, fd, 1000);
  sys_close(k, fd);
  if (typeof entries === 'number') return '';
  let text = '';
  for (const { name } of [...entries].filter(({ name: one }) => one !== '.' && one !== '..').sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = `${at}/${name}`;
    const s = sys_newfstatat(k, AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);
    if (typeof s === 'number') continue;
    const link = (s.mode & 0o170000) === 0o120000 ? sys_readlinkat(k, AT_FDCWD, path) : '';
    text += `${path} ${s.mode.toString(8)} ${s.nlink} ${s.uid} ${s.gid} ${s.size} ${link}\n`;
    if ((s.mode & 0o170000) === 0o040000) text += list(k, path);
  }
  return text;
}
