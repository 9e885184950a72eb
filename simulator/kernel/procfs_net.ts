import { err, type Err } from './errno.ts';
import { ids_of } from './ipc.ts';
import type { ipc_namespace } from './ipc.ts';
import type { kern_ipc_perm } from './ipc_ids.ts';
import type { Kernel } from './kernel.ts';
import { S_IFDIR, S_IFREG } from './mode.ts';
import { msg_queue } from './msg.ts';
import type { net } from './net.ts';
import { pid_nr } from './pid_nr.ts';
import { children, register_proc } from './proc_entry.ts';
import type { About } from './proc_entry.ts';
import { fib_route, if_inet6 } from './procfs_route.ts';
import { sem_array } from './sem.ts';
import { shmid_kernel } from './shm.ts';
import { from_kgid_munged, from_kuid_munged } from './uidgid.ts';
import type { user_namespace } from './user.ts';

const ro = S_IFREG | 0o444;
const dir = S_IFDIR | 0o555;

/** Key, id and mode as every table of /proc/sysvipc begins. */
function head(of: kern_ipc_perm): string {
  return `${String(of.key | 0).padStart(10)} ${String(of.ipc_id).padStart(10)}`;
}

function owners(of: kern_ipc_perm, ns: user_namespace): string {
  const uid = (id: number): string => String(from_kuid_munged(ns, id)).padStart(5);
  const gid = (id: number): string => String(from_kgid_munged(ns, id)).padStart(5);
  return `${uid(of.uid)} ${gid(of.gid)} ${uid(of.cuid)} ${gid(of.cgid)}`;
}

function mode(of: kern_ipc_perm, extra = 0): string {
  return (of.mode | extra).toString(8).padStart(4);
}

function pad(n: number, width: number): string {
  return String(n).padStart(width);
}

const SHM_DEST = 0o1000;

function shm_line(k: Kernel, of: shmid_kernel, ns: user_namespace): string {
  return `${head(of)}  ${mode(of, of.dest ? SHM_DEST : 0)} ${pad(of.size, 21)} ${pad(pid_nr(k, of.cprid), 5)} ${pad(pid_nr(k, of.lprid), 5)}  ${pad(of.attaches, 5)} ${owners(of, ns)} `
    + `${pad(of.atime, 10)} ${pad(of.dtime, 10)} ${pad(of.ctime, 10)} ${pad(0, 21)} ${pad(0, 21)}\n`;
}

function msg_line(k: Kernel, of: msg_queue, ns: user_namespace): string {
  return `${head(of)}  ${mode(of)}  ${pad(of.cbytes, 10)} ${pad(of.messages.length, 10)} ${pad(pid_nr(k, of.lspid), 5)} ${pad(pid_nr(k, of.lrpid), 5)} ${owners(of, ns)} `
    + `${pad(of.stime, 10)} ${pad(of.rtime, 10)} ${pad(of.ctime, 10)}\n`;
}

function sem_line(of: sem_array, ns: user_namespace): string {
  return `${head(of)}  ${mode(of)} ${pad(of.semvals.length, 10)} ${owners(of, ns)} ${pad(of.otime, 10)} ${pad(of.ctime, 10)}\n`;
}

/** What the reader's ipc namespace has of a kind. */
function table(kind: kern_ipc_perm['what'], header: string, line: (k: Kernel, of: kern_ipc_perm, ns: user_namespace) => string): (k: Kernel, about: About) => string | Err {
  return (k, { user_ns }) => {
    const ns: ipc_namespace | null = k.current.nsproxy?.ipc_ns ?? null;
    if (!ns) return err('ESRCH');
    return `${header}\n${[...ids_of(ns, kind).entries.values()].map((of) => line(k, of, user_ns)).join('')}`;
  };
}

const SHM = '       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap';
const MSG = '       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime';
const SEM = '       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime';

register_proc({
  'sysvipc': { mode: dir, list: () => children('sysvipc', ['msg', 'sem', 'shm']) },
  'sysvipc/shm': { mode: ro, show: table('shm', SHM, (k, of, ns) => of instanceof shmid_kernel ? shm_line(k, of, ns) : '') },
  'sysvipc/msg': { mode: ro, show: table('msg', MSG, (k, of, ns) => of instanceof msg_queue ? msg_line(k, of, ns) : '') },
  'sysvipc/sem': { mode: ro, show: table('sem', SEM, (_, of, ns) => of instanceof sem_array ? sem_line(of, ns) : '') },
});

/** The net namespace of the task whose directory it is. */
function net_of({ task }: About): net | null {
  return task?.nsproxy?.net_ns ?? null;
}

function with_net(about: About, show: (of: net) => string): string {
  const of = net_of(about);
  return of ? show(of) : '';
}

const DEV = 'Inter-|   Receive                                                |  Transmit\n'
  + ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';

register_proc({
  'pid/net': { mode: dir, root: true, list: (_, about) => net_of(about) ? children('pid/net', ['arp', 'dev', 'if_inet6', 'raw', 'route', 'tcp', 'tcp6', 'udp', 'udp6', 'unix']) : [] },
  'pid/net/dev': {
    mode: ro, root: true,
    show(_, about) {
      const devices = [...net_of(about)?.devices.values() ?? []];
      return DEV + devices.map(({ name }) => `${`${name}:`.padStart(7)}${' '.repeat(7)}0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0\n`).join('');
    },
  },
  'pid/net/arp': { mode: ro, root: true, show: () => 'IP address       HW type     Flags       HW address            Mask     Device\n' },
  'pid/net/if_inet6': { mode: ro, root: true, show: (k, about) => with_net(about, (of) => if_inet6(k, of)) },
  'pid/net/route': { mode: ro, root: true, show: (_, about) => with_net(about, fib_route) },
});
