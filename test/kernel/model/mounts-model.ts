import { errnoName } from '../../../simulator/kernel/errno.ts';
import { sys_chdir, sys_chroot } from '../../../simulator/kernel/chroot.ts';
import { sys_close } from '../../../simulator/kernel/files.ts';
import { sys_fsconfig, sys_fsmount, sys_fsopen } from '../../../simulator/kernel/fsopen.ts';
import { CLONE_NEWNS, CLONE_NEWUSER } from '../../../simulator/kernel/flags.ts';
import { sys_mkdirat, sys_unlinkat } from '../../../simulator/kernel/fs_dir.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import { AT_FDCWD, AT_REMOVEDIR, O_CLOEXEC, O_DIRECTORY } from '../../../simulator/kernel/mode.ts';
import { MS_BIND, MS_MOVE, MS_REC, MS_REMOUNT, sys_mount } from '../../../simulator/kernel/namespace.ts';
import { sys_mount_setattr } from '../../../simulator/kernel/mount_setattr.ts';
import { OPEN_TREE_CLONE, sys_move_mount, sys_open_tree } from '../../../simulator/kernel/open_tree.ts';
import { sys_openat } from '../../../simulator/kernel/open.ts';
import { MS_PRIVATE } from '../../../simulator/kernel/peers.ts';
import { sys_pivot_root } from '../../../simulator/kernel/pivot_root.ts';
import { proc_entry_of } from '../../../simulator/kernel/proc_entry.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { MNT_DETACH, sys_umount } from '../../../simulator/kernel/umount.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { map_write } from '../../../simulator/kernel/user_map.ts';
import { Files } from '../../unit/kernel-model/files.ts';

/** One operation of mounts.c: worker, name and words. */
export interface Operation { readonly worker: number; readonly op: string; readonly a?: string; readonly b?: string; readonly n?: number }

/** What came of it: the errno (0: none) and every worker's mountinfo. */
export interface Outcome { readonly errno: number; readonly mountinfo: ReadonlyMap<number, string> }

/** The line that mounts.c reads. */
export function lineOf({ worker, op, a, b, n }: Operation): string {
  return `${worker} ${op} ${a ?? 'x'} ${b ?? 'x'} ${n ?? 0}`;
}

function fsopen_new(k: Kernel, at: string, source: string, attr: number): number {
  const fs = sys_fsopen(k, 'tmpfs', 1);
  if (fs < 0) return fs;
  let result = sys_fsconfig(k, fs, 1, 'source', source) || sys_fsconfig(k, fs, 6, null, null);
  const fd = result === 0 ? sys_fsmount(k, fs, 1, attr) : -1;
  if (result === 0) result = fd < 0 ? fd : sys_move_mount(k, fd, '', AT_FDCWD, at, 4);
  if (fd >= 0) sys_close(k, fd);
  sys_close(k, fs);
  return result;
}

/** Does the same operations as mounts.c in the modelled kernel. */
export class MountsModel {
  readonly #files = new Files('6.18');
  readonly #workers = new Map<number, task_struct>();
  readonly base: string;

  constructor(base: string) {
    this.base = base;
    const first = this.#files.fork();
    this.#workers.set(0, first);
    const done = (call: (k: Kernel) => number): void => {
      const result = this.#as(first, call);
      if (result !== 0) throw new Error(`the beginning fails with ${errnoName(result) ?? result}`);
    };
    done((k) => ksys_unshare(k, CLONE_NEWNS));
    done((k) => sys_mount(k, 'none', '/', null, MS_REC | MS_PRIVATE, null));
    done((k) => sys_mount(k, 'root', '/mnt', 'tmpfs', 0, null));
    for (let at = base.indexOf('/', 1); at > 0; at = base.indexOf('/', at + 1)) done((k) => sys_mkdirat(k, AT_FDCWD, `/mnt${base.slice(0, at)}`, 0o755));
    for (const name of [base, '/old']) done((k) => sys_mkdirat(k, AT_FDCWD, `/mnt${name}`, 0o755));
    done((k) => sys_pivot_root(k, '/mnt', '/mnt/old'));
    done((k) => sys_umount(k, '/old', MNT_DETACH));
    done((k) => sys_unlinkat(k, AT_FDCWD, '/old', AT_REMOVEDIR));
    done((k) => sys_chdir(k, '/'));
    this.#as(first, (k) => sys_mount(k, 'nsl0', base, 'tmpfs', 0, null));
    this.#directories(first, base);
  }

  /** The state before anything is done. */
  start(): Outcome { return this.#outcome(0); }

  do(operation: Operation): Outcome {
    const { worker, op, n = 0 } = operation;
    const task = this.#workers.get(worker);
    if (!task) return this.#outcome(9998);
    if (op === 'exit') {
      this.#files.exit(task, 0);
      // Its parent is not one that waits; the first process is.
      this.#workers.delete(worker);
      return this.#outcome(0);
    }
    if (op === 'fork') {
      if (this.#workers.has(n)) return this.#outcome(9998);
      this.#workers.set(n, this.#files.fork(task));
      return this.#outcome(0);
    }
    return this.#outcome(Math.abs(this.#operate(task, operation)));
  }

  #operate(task: task_struct, { op, a = 'x', b = 'x', n = 0 }: Operation): number {
    switch (op) {
      case 'new': {
        const made = this.#as(task, (k) => sys_mount(k, b, a, 'tmpfs', n, null));
        if (made === 0) this.#directories(task, a);
        return made;
      }
      case 'bind': return this.#as(task, (k) => sys_mount(k, a, b, null, MS_BIND | n, null));
      case 'move': return this.#as(task, (k) => sys_mount(k, a, b, null, MS_MOVE, null));
      case 'type': return this.#as(task, (k) => sys_mount(k, 'none', a, null, n, null));
      case 'remount': return this.#as(task, (k) => sys_mount(k, 'none', a, null, MS_REMOUNT | MS_BIND | n, null));
      case 'umount': return this.#as(task, (k) => sys_umount(k, a, n));
      case 'chdir': return this.#as(task, (k) => sys_chdir(k, a));
      case 'chroot': return this.#as(task, (k) => sys_chroot(k, a));
      case 'pivot': return this.#as(task, (k) => sys_pivot_root(k, a, b));
      case 'mkdir': return this.#as(task, (k) => sys_mkdirat(k, AT_FDCWD, a, 0o755));
      case 'rmdir': return this.#as(task, (k) => sys_unlinkat(k, AT_FDCWD, a, AT_REMOVEDIR));
      case 'hold': return this.#as(task, (k) => {
        const fd = sys_openat(k, AT_FDCWD, a, O_DIRECTORY, 0);
        return typeof fd === 'number' && fd < 0 ? fd : 0;
      });
      case 'tree': return this.#as(task, (k) => {
        const fd = sys_open_tree(k, AT_FDCWD, a, OPEN_TREE_CLONE | O_CLOEXEC | n);
        if (fd < 0) return fd;
        const moved = sys_move_mount(k, fd, '', AT_FDCWD, b, 4);
        sys_close(k, fd);
        return moved;
      });
      case 'fsnew': {
        const made = this.#as(task, (k) => fsopen_new(k, a, b, n));
        if (made === 0) this.#directories(task, a);
        return made;
      }
      case 'setattr': {
        const [attr_set = 0, attr_clr = 0, propagation = 0] = b.split(',').map(Number);
        return this.#as(task, (k) => sys_mount_setattr(k, AT_FDCWD, a, n, { attr_set, attr_clr, propagation }));
      }
      case 'unshare': return this.#unshare(task, n);
      default: throw new Error(`${op} is no operation`);
    }
  }

  #unshare(task: task_struct, kind: number): number {
    const done = this.#as(task, (k) => ksys_unshare(k, kind === 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS));
    if (done === 0 && kind !== 0) {
      const { user_ns } = task.cred;
      this.#as(task, (k) => {
        k.trace.write(user_ns, 'setgroups_allowed', false);
        for (const name of ['uid_map', 'gid_map'] as const) {
          const written = map_write(k, { f_cred: task.cred }, user_ns, name, '0 0 1');
          if (written < 0) throw new Error(`${name}: ${errnoName(written)}`);
        }
        return 0;
      });
    }
    return done;
  }

  #as(task: task_struct, call: (k: Kernel) => number): number { return this.#files.as(task, call); }

  #directories(task: task_struct, at: string): void {
    const three = ['a', 'b', 'c'];
    for (const name of three.flatMap((one) => [one, ...three.map((two) => `${one}/${two}`)])) this.#as(task, (k) => sys_mkdirat(k, AT_FDCWD, `${at}/${name}`, 0o755));
  }

  #outcome(errno: number): Outcome {
    const { k } = this.#files;
    const mountinfo = new Map<number, string>();
    for (const [worker, task] of [...this.#workers].sort(([a], [b]) => a - b)) {
      const about = { pid: task.thread_pid, task, arg: '', ns: k.init_pid_ns, user_ns: task.cred.user_ns, file: null };
      const text = proc_entry_of('pid/mountinfo').show?.(k, about);
      mountinfo.set(worker, typeof text === 'string' ? text : '');
    }
    return { errno, mountinfo };
  }
}
