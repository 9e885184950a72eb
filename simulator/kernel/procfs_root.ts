import { uptime } from './clock.ts';
import { err } from './errno.ts';
import { filesystems } from './file_system.ts';
import type { Kernel } from './kernel.ts';
import { S_IFDIR, S_IFLNK, S_IFREG } from './mode.ts';
import { nr_in } from './nsfs.ts';
import { task_active_pid_ns } from './pid.ts';
import { process_named, processes } from './procfs_pid.ts';
import { pid_nr_ns } from './procfs_status.ts';
import { children, register_proc } from './proc_entry.ts';
import { TOTAL_MEMORY } from './tmpfs.ts';
import { atLeast } from './version.ts';

const NAMES = [
  'cgroups', 'cmdline', 'consoles', 'cpuinfo', 'devices', 'driver', 'filesystems', 'fs', 'interrupts', 'kmsg', 'loadavg', 'locks', 'meminfo', 'misc', 'mounts',
  'net', 'partitions', 'self', 'stat', 'swaps', 'sys', 'sysvipc', 'thread-self', 'tty', 'uptime', 'version', 'vmstat',
];
const ROOT = children('', NAMES);
const NO_THREAD_SELF = ROOT.filter(({ name }) => name !== 'thread-self');

const ro = S_IFREG | 0o444;
const dir = S_IFDIR | 0o555;
const link = S_IFLNK | 0o777;

/** Hundredths of a second, as /proc/uptime shows. */
function hundredths(nanoseconds: bigint): string {
  const whole = nanoseconds / 1_000_000_000n;
  return `${whole}.${String((nanoseconds / 10_000_000n) % 100n).padStart(2, '0')}`;
}

function kernel_version(k: Kernel): string {
  const name = k.init_nsproxy.uts_ns?.name;
  return name ? `${name.sysname} version ${name.release} (nslab) (gcc 12.2.0) ${name.version}\n` : '';
}

function meminfo(): string {
  const total = TOTAL_MEMORY / 1024;
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', total], ['MemFree', Math.floor(total * 0.75)], ['MemAvailable', Math.floor(total * 0.875)], ['Buffers', 16384], ['Cached', 262144], ['SwapCached', 0],
    ['Active', 131072], ['Inactive', 196608], ['SwapTotal', 0], ['SwapFree', 0], ['Dirty', 0], ['Writeback', 0], ['AnonPages', 32768], ['Mapped', 65536],
    ['Shmem', 1024], ['Slab', 32768], ['PageTables', 1024],
  ];
  return rows.map(([name, kb]) => `${`${name}:`.padEnd(16)}${String(kb).padStart(8)} kB\n`).join('');
}

register_proc({
  '': {
    mode: dir,
    list: (k, { ns }) => [...processes(ns), ...(atLeast(k.version, '3.8') && !atLeast(k.version, '4.19') ? NO_THREAD_SELF : ROOT)],
    find: (_, { ns }, name) => ROOT.find((child) => child.name === name) ?? process_named(ns, name),
  },
  'self': {
    mode: link,
    link(k, { ns }) {
      const tgid = pid_nr_ns(k.current.signal.tgid, ns);
      return tgid === 0 ? err('ENOENT') : String(tgid);
    },
  },
  'thread-self': {
    mode: link,
    link(k, { ns }) {
      const tgid = pid_nr_ns(k.current.signal.tgid, ns);
      const tid = nr_in(k.current, ns);
      return tid === 0 ? err('ENOENT') : `${tgid}/task/${tid}`;
    },
  },
  'mounts': { mode: link, link: () => 'self/mounts' },
  'net': { mode: link, link: () => 'self/net' },
  'uptime': {
    mode: ro,
    show: (k) => `${hundredths(uptime(k))} ${hundredths((k.timekeeper.monotonic * 19n) / 10n)}\n`,
  },
  'loadavg': {
    mode: ro,
    show: (k) => `0.00 0.00 0.00 1/${k.tasks.size} ${task_active_pid_ns(k.current).idr_cursor}\n`,
  },
  'version': { mode: ro, show: kernel_version },
  'meminfo': { mode: ro, show: meminfo },
  'filesystems': {
    mode: ro,
    show: (k) => [...filesystems()].filter(({ since }) => since === undefined || atLeast(k.version, since))
      .map(({ name, requires_dev }) => `${requires_dev ? '' : 'nodev'}\t${name}\n`).join(''),
  },
  'cmdline': { mode: ro, show: () => 'BOOT_IMAGE=/boot/vmlinuz root=overlay quiet\n' },
  'cpuinfo': { mode: ro, show: () => 'processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: simulated x86-64\ncpu MHz\t\t: 1000.000\n\n' },
  'stat': {
    mode: ro,
    show: (k) => `cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\nintr 0\nctxt 0\nbtime ${k.timekeeper.realtime_offset / 1_000_000_000n}\n`
      + `processes ${k.init_pid_ns.idr_cursor}\nprocs_running 1\nprocs_blocked 0\n`,
  },
  'cgroups': { mode: ro, show: () => '#subsys_name\thierarchy\tnum_cgroups\tenabled\n' },
  'devices': { mode: ro, show: () => 'Character devices:\n  1 mem\n  5 /dev/tty\n136 pts\n\nBlock devices:\n' },
  'partitions': { mode: ro, show: () => 'major minor  #blocks  name\n\n' },
  'swaps': { mode: ro, show: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n' },
  'consoles': { mode: ro, show: () => '' },
  'interrupts': { mode: ro, show: () => '           CPU0\n' },
  'locks': { mode: ro, show: () => '' },
  'misc': { mode: ro, show: () => '' },
  'vmstat': { mode: ro, show: () => '' },
  'kmsg': { mode: S_IFREG | 0o400, show: () => '' },
  'driver': { mode: dir, list: () => [] },
  'tty': { mode: dir, list: () => [] },
  'fs': { mode: dir, list: () => [] },
});
