import { CAP_NET_ADMIN, CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err } from './errno.ts';
import type { ipc_limits } from './ipc_ids.ts';
import type { ipc_namespace } from './ipc.ts';
import { MAX_THREADS } from './copy_process.ts';
import { MOUNT_MAX } from './graft.ts';
import type { Kernel } from './kernel.ts';
import { MAY_EXEC, MAY_READ, MAY_WRITE, S_IFDIR, S_IFREG } from './mode.ts';
import { fs_sysctl } from './permission.ts';
import { task_active_pid_ns } from './pid.ts';
import { children, register_proc } from './proc_entry.ts';
import type { Child, proc_entry } from './proc_entry.ts';
import { USER_SYSCTL, set_permissions, user_max_show, user_max_write } from './ucount_sysctl.ts';
import { proc_do_uts_string } from './utsname.ts';
import { atLeast } from './version.ts';
import type { NsType } from './ns_common.ts';

const dir = S_IFDIR | 0o555;
const ro = S_IFREG | 0o444;
const rw = S_IFREG | 0o644;

/** Files below /proc/sys know no capabilities: they ask whether one is root of the whole machine. */
function sysctl_permission(mode: number): NonNullable<proc_entry['permission']> {
  return (k, _, mask) => {
    const { cred } = k.current;
    const bits = cred.euid === 0 ? mode >> 6 : cred.egid === 0 || cred.group_info.includes(0) ? mode >> 3 : mode;
    return (mask & (MAY_READ | MAY_WRITE | MAY_EXEC) & ~bits) === 0 ? 0 : err('EACCES');
  };
}

function sysctl(mode: number, show: NonNullable<proc_entry['show']>, write?: NonNullable<proc_entry['write']>): proc_entry {
  return { mode, show, root: true, permission: sysctl_permission(mode), ...(write ? { write } : {}) };
}

/** A decimal number within bounds, as sysctl files take it; null for anything else. */
function decimal(text: string, least: number, most: number): number | null {
  const found = /^[ \t\n]*(-?\d+)(?=[ \t\n\0]|$)/.exec(text)?.[1];
  const value = found === undefined ? NaN : Number(found);
  return value >= least && value <= most ? value : null;
}

const constant = (text: string): proc_entry => sysctl(ro, () => `${text}\n`);

function uts(field: 'sysname' | 'release' | 'version' | 'nodename' | 'domainname', write = false): proc_entry {
  const show = (k: Kernel): string => `${k.current.nsproxy?.uts_ns?.name[field] ?? ''}\n`;
  if (!write) return sysctl(ro, show);
  return sysctl(rw, show, (k, _, text, pos) => pos === 0 && (field === 'nodename' || field === 'domainname') ? proc_do_uts_string(k, field, text) : err('EINVAL'));
}

function own_ipc(k: Kernel): ipc_namespace | null {
  return k.current.nsproxy?.ipc_ns ?? null;
}

/** Limits of System V IPC and POSIX queues, of the ipc namespace that the reader is in. */
function ipc(field: Exclude<keyof ipc_limits, 'sem_ctls'>): proc_entry {
  return sysctl(rw, (k) => `${own_ipc(k)?.limits[field] ?? 0}\n`, (k, _, text) => {
    const ns = own_ipc(k);
    const found = /^[ \t\n]*(\d+)(?=[ \t\n\0]|$)/.exec(text)?.[1];
    if (!ns || found === undefined) return err('EINVAL');
    k.trace.write(ns, 'limits', { ...ns.limits, [field]: typeof ns.limits[field] === 'bigint' ? BigInt(found) : Number(found) });
    return text.length;
  });
}

function sem(): proc_entry {
  return sysctl(rw, (k) => `${own_ipc(k)?.limits.sem_ctls.join('\t') ?? ''}\n`, (k, _, text) => {
    const ns = own_ipc(k);
    const [a, b, c, d] = text.trim().split(/\s+/).map(Number);
    if (!ns || a === undefined || b === undefined || c === undefined || d === undefined || [a, b, c, d].some((n) => !Number.isInteger(n) || n < 0)) return err('EINVAL');
    k.trace.write(ns, 'limits', { ...ns.limits, sem_ctls: [a, b, c, d] });
    return text.length;
  });
}

function pid_max(): proc_entry {
  const ns_of = (k: Kernel): { pid_max: number } & ReturnType<typeof task_active_pid_ns> => atLeast(k.version, '6.18') ? task_active_pid_ns(k.current) : k.init_pid_ns;
  return sysctl(rw, (k) => `${ns_of(k).pid_max}\n`, (k, _, text) => {
    const value = decimal(text, 301, 4194304);
    if (value === null) return err('EINVAL');
    k.trace.write(ns_of(k), 'pid_max', value);
    return text.length;
  });
}

/** Reading says which number was given out last; writing sets it, for those who may restore processes. */
const ns_last_pid: proc_entry = {
  mode: S_IFREG | 0o666, root: true,
  show: (k) => `${task_active_pid_ns(k.current).idr_cursor}\n`,
  write(k, _, text) {
    const ns = task_active_pid_ns(k.current);
    if (!ns_capable(k, ns.user_ns, CAP_SYS_ADMIN)) return err('EPERM');
    const value = decimal(text, 0, ns.pid_max);
    if (value === null) return err('EINVAL');
    k.trace.write(ns, 'idr_cursor', value);
    return text.length;
  },
};

/** A number of the whole machine, and what it is when nobody changed it. */
function number(path: string, usual: number, least: number, most: number): proc_entry {
  return sysctl(rw, (k) => `${k.sysctl.get(path) ?? usual}\n`, (k, _, text) => {
    const value = decimal(text, least, most);
    if (value === null) return err('EINVAL');
    k.trace.insert(k.sysctl, path, value);
    return text.length;
  });
}

/** A number below sys/fs, 0 … `most`. */
function fs(name: string, most: number): proc_entry {
  return sysctl(rw, (k) => `${fs_sysctl(k, name)}\n`, (k, _, text) => {
    const value = decimal(text, 0, most);
    if (value === null) return err('EINVAL');
    k.trace.insert(k.sysctl, `fs/${name}`, value);
    return text.length;
  });
}

const KERNEL: Readonly<Record<string, proc_entry>> = {
  'cap_last_cap': sysctl(ro, (k) => `${k.features.cap_last}\n`),
  'domainname': uts('domainname', true), 'hostname': uts('nodename', true),
  'msgmax': ipc('msg_ctlmax'), 'msgmnb': ipc('msg_ctlmnb'), 'msgmni': ipc('msg_ctlmni'), ns_last_pid,
  'osrelease': uts('release'), 'ostype': uts('sysname'), 'overflowgid': constant('65534'), 'overflowuid': constant('65534'), 'pid_max': pid_max(),
  'randomize_va_space': constant('2'), 'sem': sem(), 'shmall': ipc('shm_ctlall'), 'shmmax': ipc('shm_ctlmax'), 'shmmni': ipc('shm_ctlmni'),
  'threads-max': number('kernel/threads-max', MAX_THREADS, 1, 0x3fffffff), 'version': uts('version'),
};
const MQUEUE: Readonly<Record<string, proc_entry>> = {
  'msg_default': ipc('mq_msg_default'), 'msg_max': ipc('mq_msg_max'), 'msgsize_default': ipc('mq_msgsize_default'), 'msgsize_max': ipc('mq_msgsize_max'),
  'queues_max': ipc('mq_queues_max'),
};
const FS: Readonly<Record<string, proc_entry>> = {
  'file-max': constant('9223372036854775807'), 'mount-max': number('fs/mount-max', MOUNT_MAX, 1, 0x7fffffff), 'nr_open': constant('1048576'), 'pipe-max-size': constant('1048576'),
  'protected_fifos': fs('protected_fifos', 2), 'protected_hardlinks': fs('protected_hardlinks', 1), 'protected_regular': fs('protected_regular', 2),
  'protected_symlinks': fs('protected_symlinks', 1), 'suid_dumpable': constant('0'),
};
const VM: Readonly<Record<string, proc_entry>> = { 'overcommit_memory': constant('0'), 'swappiness': constant('60') };

function directory(prefix: string, entries: Readonly<Record<string, proc_entry>>, more: readonly Child[] = []): proc_entry {
  register_proc(Object.fromEntries(Object.entries(entries).map(([name, entry]) => [`${prefix}/${name}`, entry])));
  const all = [...children(prefix, Object.keys(entries)), ...more].sort((a, b) => a.name < b.name ? -1 : 1);
  return { mode: dir, root: true, list: () => all };
}

const USER_TYPES = Object.keys(USER_SYSCTL) as NsType[];

register_proc({
  'sys': { mode: dir, root: true, list: () => children('sys', ['fs', 'kernel', 'net', 'user', 'vm']) },
  'sys/kernel': directory('sys/kernel', KERNEL, [{ name: 'random', entry: 'sys/kernel/random' }]),
  'sys/kernel/random': directory('sys/kernel/random', { 'boot_id': constant('6e734c61-622d-4b65-8e6e-656c2d626f6f'), 'uuid': constant('6e734c61-622d-4b65-8e6e-656c2d757569') }),
  'sys/fs': directory('sys/fs', FS, [{ name: 'mqueue', entry: 'sys/fs/mqueue' }, { name: 'binfmt_misc', entry: 'fs/binfmt_misc' }]),
  'sys/fs/mqueue': directory('sys/fs/mqueue', MQUEUE),
  'fs/binfmt_misc': { mode: dir, root: true, list: () => [] },
  'sys/vm': directory('sys/vm', VM),
  // The limits of the reader's own user namespace.
  'sys/user': {
    mode: dir, root: true,
    list: (k) => k.features.ucounts ? USER_TYPES.filter((type) => k.features.types.includes(type)).map((type) => ({ name: USER_SYSCTL[type], entry: 'sys/user/max', arg: type })) : [],
  },
  'sys/user/max': {
    mode: rw, root: true,
    permission: (k, _, mask) => mask & MAY_WRITE && !(set_permissions(k) & 0o200) ? err('EACCES') : 0,
    show: (_, { user_ns, arg }) => user_max_show(user_ns, arg as NsType),
    write: (k, { user_ns, arg }, text, pos) => pos === 0 ? user_max_write(k, user_ns, arg as NsType, text) : err('EINVAL'),
  },
  // Sysctls of the net namespace that the reader is in.
  'sys/net': { mode: dir, root: true, list: () => children('sys/net', ['core', 'ipv4', 'ipv6']) },
  'sys/net/core': net_directory('core', ['somaxconn']),
  'sys/net/ipv4': net_directory('ipv4', ['ip_forward', 'ip_unprivileged_port_start', 'ping_group_range', 'ip_local_port_range']),
  'sys/net/ipv6': net_directory('ipv6', ['bindv6only']),
  'sys/net/file': {
    mode: rw, root: true,
    permission(k, _, mask) {
      const owner = k.current.nsproxy?.net_ns?.user_ns;
      if (!(mask & MAY_WRITE)) return 0;
      return owner && (ns_capable(k, owner, CAP_NET_ADMIN) || k.current.cred.euid === owner.owner_uid) ? 0 : err('EACCES');
    },
    show: (k, { arg }) => `${k.current.nsproxy?.net_ns?.sysctl.get(arg) ?? NET_DEFAULTS[arg] ?? '0'}\n`,
    write(k, { arg }, text) {
      const ns = k.current.nsproxy?.net_ns;
      if (!ns || !/^[\d \t]+\n?$/.test(text)) return err('EINVAL');
      k.trace.insert(ns.sysctl, arg, text.trim());
      return text.length;
    },
  },
});


const NET_DEFAULTS: Readonly<Record<string, string>> = {
  'core/somaxconn': '4096', 'ipv4/ip_forward': '0', 'ipv4/ip_unprivileged_port_start': '1024', 'ipv4/ping_group_range': '1\t0', 'ipv4/ip_local_port_range': '32768\t60999',
};

function net_directory(part: string, names: readonly string[]): proc_entry {
  return { mode: dir, root: true, list: () => names.map((name) => ({ name, entry: 'sys/net/file', arg: `${part}/${name}` })) };
}

