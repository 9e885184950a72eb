import { strict as assert } from 'node:assert';
import { sys_chdir } from '../../../simulator/kernel/chroot.ts';
import { CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS } from '../../../simulator/kernel/flags.ts';
import { sys_mkdirat, sys_mknodat, sys_readlinkat, sys_unlinkat as unlinkat } from '../../../simulator/kernel/fs_dir.ts';
import { sys_close } from '../../../simulator/kernel/files.ts';
import { AT_FDCWD, O_NONBLOCK, O_RDWR, O_WRONLY } from '../../../simulator/kernel/mode.ts';
import { sys_openat } from '../../../simulator/kernel/open.ts';
import { do_pipe2 } from '../../../simulator/kernel/pipe.ts';
import { ksys_read, ksys_write, sys_getdents } from '../../../simulator/kernel/read_write.ts';
import { command_of } from '../../../simulator/kernel/rootfs_commands.ts';
import { Blocked } from '../../../simulator/kernel/sched.ts';
import { sys_newfstatat } from '../../../simulator/kernel/stat.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { decode, encode } from '../../../simulator/kernel/text.ts';
import { tty_input } from '../../../simulator/kernel/tty.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import { Files } from './files.ts';

function names(f: Files, task: task_struct, name: string): string[] {
  return f.as(task, (k) => {
    const fd = sys_openat(k, AT_FDCWD, name, 0, 0);
    assert.ok(typeof fd === 'number' && fd >= 0, `${name}: ${fd}`);
    const all = sys_getdents(k, fd, 1000);
    sys_close(k, fd);
    assert.ok(typeof all === 'object');
    return all.map((one) => one.name).filter((one) => !one.startsWith('.'));
  });
}

function unshare(f: Files, task: task_struct, flags: number): void {
  assert.equal(f.errno(task, (k) => ksys_unshare(k, flags)), 'OK');
}

function field(text: string, name: string): string {
  return new RegExp(`^${name}:\\t(.*)$`, 'm').exec(text)?.[1] ?? assert.fail(`no ${name} in ${text}`);
}

describe('kernel model: /proc', () => {
  for (const version of VERSIONS) {
    it(`${version}: every file can be read, every directory listed, by whom it belongs to`, () => {
      const f = new Files(version);
      const refused: string[] = [];
      const walk = (at: string, depth: number): void => {
        for (const name of names(f, f.init, at)) {
          const path = `${at}/${name}`;
          // The descriptor of the directory itself, closed by now.
          if (/\/fd(info)?\/\d+$/.test(path)) continue;
          const stat = f.as(f.init, (k) => sys_newfstatat(k, AT_FDCWD, path, 0x100));
          if (typeof stat === 'number') refused.push(`${path} ${stat}`);
          else if ((stat.mode & 0o170000) === 0o040000) { if (depth > 0) walk(path, depth - 1); }
          else if ((stat.mode & 0o170000) === 0o100000 && /^E[A-Z]+$/.test(f.read(f.init, path))) refused.push(`${path} ${f.read(f.init, path)}`);
        }
      };
      walk('/proc', 4);
      // memory can be read, but nothing is at its beginning
      assert.deepEqual(refused.sort(), ['/proc/1/mem EIO', '/proc/1/task/1/mem EIO']);
    });
  }

  it('[E4 E4j] status has a number for each pid namespace from the reader\'s proc down', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWPID | CLONE_NEWNS);
    const child = f.fork(p);
    const nr = child.thread_pid!.numbers[0]!.nr;
    assert.equal(field(f.read(f.init, `/proc/${nr}/status`), 'NSpid'), `${nr}\t1`);
    assert.equal(field(f.read(f.init, `/proc/${nr}/status`), 'NSsid').split('\t')[1], '0');
    f.mount(child, 'none', '/', null, 0x4000 | 0x40000);
    assert.equal(f.mount(child, 'proc', '/mnt', 'proc', 0), 'OK');
    assert.equal(field(f.read(child, '/mnt/self/status'), 'NSpid'), '1');
    assert.equal(field(f.read(child, '/mnt/1/status'), 'PPid'), '0');
    assert.deepEqual(names(f, child, '/mnt').filter((name) => /^\d/.test(name)), ['1']);
    assert.equal(f.read(p, '/mnt/self/status'), 'ENOENT', 'who has no number there has no self');
  });

  it('[F1 F15] ids are those of the reader; an unmapped one is 65534', () => {
    const f = new Files();
    const user = f.user();
    const nr = user.thread_pid!.numbers[0]!.nr;
    assert.equal(field(f.read(f.init, `/proc/${nr}/status`), 'Uid'), '1000\t1000\t1000\t1000');
    unshare(f, f.fork(), CLONE_NEWUSER);
    const inside = f.fork();
    unshare(f, inside, CLONE_NEWUSER);
    assert.equal(field(f.read(inside, `/proc/${nr}/status`), 'Uid'), '65534\t65534\t65534\t65534');
    assert.equal(field(f.read(inside, '/proc/self/status'), 'CapEff'), '000001ffffffffff');
    const stat = f.as(inside, (k) => sys_newfstatat(k, AT_FDCWD, '/etc/passwd', 0));
    assert.ok(typeof stat === 'object');
    assert.equal(stat.uid, 65534);
    // A file system of the initial user namespace holds every id; one that was mounted inside only those that are mapped.
    assert.equal(f.write(inside, '/tmp/x', 'x'), 'OK');
    unshare(f, inside, CLONE_NEWNS);
    assert.equal(f.mount(inside, 't', '/mnt', 'tmpfs', 0), 'OK');
    assert.equal(f.write(inside, '/mnt/x', 'x'), 'EOVERFLOW');
    assert.equal(f.call(inside, (k) => sys_mkdirat(k, AT_FDCWD, '/mnt/d', 0o755)), 'EOVERFLOW');
  });

  it('[E7] cgroup paths are relative to the reader\'s cgroup namespace; a pid written into cgroup.procs moves', () => {
    const f = new Files();
    const p = f.fork();
    f.mkdir(p, '/sys/fs/cgroup/x');
    assert.equal(f.write(p, '/sys/fs/cgroup/x/cgroup.procs', '0', O_WRONLY), 'OK');
    assert.equal(f.read(p, '/proc/self/cgroup'), '0::/x\n');
    const nr = p.thread_pid!.numbers[0]!.nr;
    assert.equal(f.read(f.init, '/sys/fs/cgroup/x/cgroup.procs'), `${nr}\n`);
    unshare(f, p, CLONE_NEWCGROUP | CLONE_NEWNS);
    assert.equal(f.read(p, '/proc/self/cgroup'), '0::/\n');
    assert.equal(f.read(p, '/proc/1/cgroup'), '0::/..\n');
    assert.equal(f.mount(p, 'cgroup2', '/mnt', 'cgroup2', 0), 'OK');
    assert.equal(f.read(p, '/mnt/cgroup.procs'), `${nr}\n`);
  });

  it('sysctls are those of the reader\'s namespaces', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET);
    assert.equal(f.write(p, '/proc/sys/kernel/hostname', 'inner\n', O_RDWR), 'OK');
    assert.equal(f.write(p, '/proc/sys/kernel/msgmni', '7', O_RDWR), 'OK');
    assert.deepEqual([f.read(p, '/proc/sys/kernel/hostname'), f.read(f.init, '/proc/sys/kernel/hostname')], ['inner\n', 'host\n']);
    assert.deepEqual([f.read(p, '/proc/sys/kernel/msgmni'), f.read(f.init, '/proc/sys/kernel/msgmni')], ['7\n', '32000\n']);
    assert.match(f.read(p, '/proc/net/dev'), /^ {4}lo:/m);
    assert.deepEqual(names(f, p, '/proc/sys/user').filter((name) => name.endsWith('_namespaces')).length, 8);
    assert.equal(f.write(f.user(), '/proc/sys/kernel/hostname', 'x', O_RDWR), 'EACCES');
  });

  it('[G5 G7] timens_offsets and uptime', () => {
    const f = new Files();
    const p = f.fork();
    unshare(f, p, CLONE_NEWTIME);
    assert.equal(f.write(p, '/proc/self/timens_offsets', 'monotonic 1000 7\nboottime 86400 0', O_RDWR), 'OK');
    assert.equal(f.read(p, '/proc/self/timens_offsets'), 'monotonic        1000         7\nboottime        86400         0\n');
    const child = f.fork(p);
    const up = (task: task_struct): number => parseFloat(f.read(task, '/proc/uptime'));
    assert.equal(Math.round(up(child) - up(p)), 86400);
  });

  it('links of a process lead to its places', () => {
    const f = new Files();
    const p = f.fork();
    f.call(p, (k) => sys_chdir(k, '/tmp'));
    const nr = p.thread_pid!.numbers[0]!.nr;
    const link = (task: task_struct, name: string): number | string => f.call(task, (k) => sys_readlinkat(k, AT_FDCWD, name));
    assert.deepEqual([link(p, '/proc/self'), link(p, '/proc/self/cwd'), link(p, '/proc/self/root'), link(p, '/proc/mounts')], [String(nr), '/tmp', '/', 'self/mounts']);
    f.write(p, '/proc/self/cwd/there', 'x');
    assert.equal(f.read(p, '/tmp/there'), 'x');
    assert.equal(link(f.user(), `/proc/${nr}/cwd`), 'EACCES');
    const fd = Number(f.call(p, (k) => Number(sys_openat(k, AT_FDCWD, '/tmp/there', 0, 0))));
    assert.equal(link(p, `/proc/self/fd/${fd}`), '/tmp/there');
    f.mkdir(p, '/tmp/d');
    f.call(p, (k) => sys_unlinkat(k, '/tmp/there'));
    assert.equal(link(p, `/proc/self/fd/${fd}`), '/tmp/there (deleted)');
    assert.deepEqual(names(f, p, '/proc/self/fd'), [String(fd), String(fd + 1)]);
    const limits = f.read(p, '/proc/self/limits');
    assert.match(limits, /^Max open files {12}1024 {17}1048576 {14}files {5}$/m);
  });

  it('the computer has what its programs need', () => {
    const f = new Files();
    assert.match(f.read(f.init, '/etc/passwd'), /^learner:x:1000:/m);
    assert.equal(command_of(encode(f.read(f.init, '/bin/hostname'))), 'hostname');
    assert.equal(command_of(encode(f.read(f.init, '/home/learner/rootfs/bin/sh'))), 'sh');
    assert.equal(command_of(encode(f.read(f.init, '/etc/passwd'))), null);
    const stat = f.as(f.init, (k) => sys_newfstatat(k, AT_FDCWD, '/home/learner', 0));
    assert.ok(typeof stat === 'object' && stat.uid === 1000);
    assert.deepEqual(f.mounts(f.init, '/').map((line) => line.split(' ')[0]),
      ['/', '/proc', '/sys', '/sys/fs/cgroup', '/dev', '/dev/pts', '/dev/shm', '/dev/mqueue', '/tmp']);
  });
});

describe('kernel model: pipes and terminals', () => {
  const pipe = (f: Files, task: task_struct, flags = 0): readonly [number, number] => {
    const made = f.as(task, (k) => do_pipe2(k, flags));
    assert.ok(typeof made === 'object');
    return made;
  };
  const read = (f: Files, task: task_struct, fd: number, n = 100_000): string | number => f.as(task, (k) => {
    const got = ksys_read(k, fd, n);
    return got instanceof Uint8Array ? decode(got) : got;
  });
  const write = (f: Files, task: task_struct, fd: number, text: string): string | number => f.as(task, (k) => ksys_write(k, fd, encode(text)));

  it('keep bytes in order; the reader waits, then sees the end when no writer is left', () => {
    const f = new Files();
    const p = f.fork();
    const [r, w] = pipe(f, p);
    const child = f.fork(p);
    assert.equal(read(f, child, r), Blocked);
    assert.equal(write(f, p, w, 'one'), 3);
    assert.equal(child.state, 'running');
    assert.equal(write(f, p, w, 'two'), 3);
    assert.equal(read(f, child, r, 4), 'onet');
    f.call(p, (k) => sys_close(k, w));
    assert.equal(read(f, child, r), 'wo');
    assert.equal(read(f, child, r), Blocked, 'the child has the writing end too');
    f.call(child, (k) => sys_close(k, w));
    assert.equal(read(f, child, r), '');
    f.call(child, (k) => sys_close(k, r));
    assert.equal(f.k.trace.live.get('pipe')?.size ?? 0, 1);
    f.call(p, (k) => sys_close(k, r));
    assert.equal(f.k.trace.live.get('pipe')?.size ?? 0, 0);
  });

  it('hold 64 KiB; a longer write goes on when there is room; EAGAIN and EPIPE', () => {
    const f = new Files();
    const p = f.fork();
    const [r, w] = pipe(f, p);
    const long = 'x'.repeat(70_000);
    assert.equal(write(f, p, w, long), Blocked);
    const other = f.fork(p);
    assert.equal(String(read(f, other, r)).length, 65_536);
    assert.equal(write(f, p, w, long), 70_000);
    assert.equal(read(f, other, r), 'x'.repeat(70_000 - 65_536));
    const [, full] = pipe(f, p, O_NONBLOCK);
    assert.equal(write(f, p, full, 'y'.repeat(65_536)), 65_536);
    assert.equal(f.errno(p, (k) => ksys_write(k, full, encode('z'))), 'EAGAIN');
    f.call(other, (k) => sys_close(k, r));
    f.call(p, (k) => sys_close(k, r));
    assert.equal(f.errno(p, (k) => ksys_write(k, w, encode('z'))), 'EPIPE');
    assert.equal(p.pending.has(13) || p.signal.shared_pending.has(13), true);
  });

  it('a FIFO\'s open waits for the other end', () => {
    const f = new Files();
    const p = f.fork();
    const q = f.fork(p);
    assert.equal(f.call(p, (k) => sys_mknodat(k, AT_FDCWD, '/tmp/fifo', 0o010666, 0)), 0);
    const reads = (): unknown => f.as(p, (k) => sys_openat(k, AT_FDCWD, '/tmp/fifo', 0, 0));
    assert.equal(f.errno(q, (k) => sys_openat(k, AT_FDCWD, '/tmp/fifo', O_WRONLY | O_NONBLOCK, 0)), 'ENXIO');
    assert.equal(reads(), Blocked);
    const w = f.as(q, (k) => sys_openat(k, AT_FDCWD, '/tmp/fifo', O_WRONLY, 0));
    assert.equal(typeof w, 'number');
    const r = reads();
    assert.equal(typeof r, 'number');
    assert.equal(write(f, q, Number(w), 'through'), 7);
    assert.equal(read(f, p, Number(r)), 'through');
  });

  it('pipes can be opened again through /proc', () => {
    const f = new Files();
    const p = f.fork();
    const [r, w] = pipe(f, p);
    const again = f.as(p, (k) => sys_openat(k, AT_FDCWD, `/proc/self/fd/${w}`, O_WRONLY, 0));
    assert.equal(write(f, p, Number(again), 'x'), 1);
    assert.equal(read(f, p, r), 'x');
    assert.match(String(f.call(p, (k) => sys_readlinkat(k, AT_FDCWD, `/proc/self/fd/${r}`))), /^pipe:\[\d+\]$/);
  });

  it('a terminal gives whole lines, edited and echoed', () => {
    const f = new Files();
    const p = f.fork();
    const fd = Number(f.call(p, (k) => Number(sys_openat(k, AT_FDCWD, '/dev/pts/0', O_RDWR, 0))));
    const tty = f.k.ttys.get(0)!;
    assert.equal(read(f, p, fd), Blocked);
    tty_input(f.k, tty, encode('helo\x7flo\n'));
    assert.equal(p.state, 'running');
    assert.equal(read(f, p, fd), 'hello\n');
    tty_input(f.k, tty, encode('\x04'));
    assert.equal(read(f, p, fd), '');
    assert.equal(write(f, p, fd, 'out'), 3);
    assert.equal([...tty.output.values()].map(decode).join(''), 'helo\b \blo\nout');
    assert.equal(f.errno(p, (k) => sys_openat(k, AT_FDCWD, '/dev/tty', O_RDWR, 0)), 'ENXIO');
  });
});

function sys_unlinkat(k: Parameters<typeof unlinkat>[0], name: string): number {
  return unlinkat(k, AT_FDCWD, name, 0);
}
