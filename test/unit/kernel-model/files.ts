import { strict as assert } from 'node:assert';
import { errnoName } from '../../../simulator/kernel/errno.ts';
import { sys_close } from '../../../simulator/kernel/files.ts';
import { set_fs_pwd, set_fs_root } from '../../../simulator/kernel/fs_struct.ts';
import { sys_mkdirat } from '../../../simulator/kernel/fs_dir.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import { AT_FDCWD, O_CREAT, O_RDWR, O_TRUNC } from '../../../simulator/kernel/mode.ts';
import { sys_mount } from '../../../simulator/kernel/namespace.ts';
import { sys_openat } from '../../../simulator/kernel/open.ts';
import { prepare_namespace } from '../../../simulator/kernel/rootfs.ts';
import type { RootOptions } from '../../../simulator/kernel/rootfs.ts';
import { ksys_read, ksys_write } from '../../../simulator/kernel/read_write.ts';
import { sys_newfstatat } from '../../../simulator/kernel/stat.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import type { Level } from '../../../simulator/kernel/trace.ts';
import { decode, encode } from '../../../simulator/kernel/text.ts';
import type { Version } from '../../../simulator/kernel/version.ts';
import { Processes } from './processes.ts';

/** Processes on a machine with the simulated computer's files. Failures of the helpers themselves fail the test. */
export class Files extends Processes {
  constructor(version: Version = '6.18', options: RootOptions = {}, level: Level = 'off') {
    super(version, level);
    const { k } = this;
    k.current = k.init_task;
    prepare_namespace(k, options);
    const { fs } = k.init_task;
    assert.ok(fs && this.init.fs);
    set_fs_root(k, this.init.fs, fs.root);
    set_fs_pwd(k, this.init.fs, fs.pwd);
    k.current = this.init;
  }

  /** A call as that task: its number, or the name of the errno. */
  call(task: task_struct, call: (k: Kernel) => number | string): number | string {
    const result = this.as(task, call);
    return typeof result === 'number' && result < 0 ? errnoName(result) ?? result : result;
  }

  mount(task: task_struct, source: string | null, target: string, type: string | null, flags: number, data: string | null = null): string {
    return this.errno(task, (k) => sys_mount(k, source, target, type, flags, data));
  }

  mkdir(task: task_struct, ...names: string[]): void {
    for (const name of names) assert.equal(this.call(task, (k) => sys_mkdirat(k, AT_FDCWD, name, 0o755)), 0, `mkdir ${name}`);
  }

  /** Writes a file, made if need be: OK or the errno. */
  write(task: task_struct, name: string, text: string, flags = O_RDWR | O_CREAT | O_TRUNC): string {
    return this.as(task, (k) => {
      const fd = sys_openat(k, AT_FDCWD, name, flags, 0o644);
      if (typeof fd !== 'number') return fd;
      if (fd < 0) return errnoName(fd) ?? String(fd);
      const done = ksys_write(k, fd, encode(text));
      sys_close(k, fd);
      return typeof done === 'number' && done >= 0 ? 'OK' : typeof done === 'number' ? errnoName(done) ?? String(done) : done;
    });
  }

  /** Reads a whole file, or the errno. */
  read(task: task_struct, name: string): string {
    return this.as(task, (k) => {
      const fd = sys_openat(k, AT_FDCWD, name, 0, 0);
      if (typeof fd !== 'number' || fd < 0) return typeof fd === 'number' ? errnoName(fd) ?? '?' : fd;
      let text = '';
      for (;;) {
        const got = ksys_read(k, fd, 100);
        if (!(got instanceof Uint8Array)) {
          sys_close(k, fd);
          return typeof got === 'number' ? errnoName(got) ?? '?' : got;
        }
        if (got.length === 0) break;
        text += decode(got);
      }
      sys_close(k, fd);
      return text;
    });
  }

  exists(task: task_struct, name: string): boolean {
    return typeof this.as(task, (k) => sys_newfstatat(k, AT_FDCWD, name, 0)) === 'object';
  }

  /** Lines of the task's mountinfo as `mountpoint [optional fields]`, for those whose path begins so. */
  mounts(task: task_struct, prefix: string): string[] {
    return this.read(task, '/proc/self/mountinfo').split('\n').filter((line) => line !== '').map((line) => {
      const fields = line.split(' ');
      return `${fields[4]} [${fields.slice(6, fields.indexOf('-')).join(' ')}]`;
    }).filter((line) => line.startsWith(prefix));
  }
}
