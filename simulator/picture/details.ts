import { CAP_NAMES, cap_raised } from '../kernel/capability.ts';
import { cgroup_namespace, task_cgroup } from '../kernel/cgroup.ts';
import { prepend_path } from '../kernel/dcache.ts';
import { ids_of, ipc_namespace } from '../kernel/ipc.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { mnt_namespace } from '../kernel/mnt.ts';
import type { mount } from '../kernel/mount.ts';
import { net } from '../kernel/net.ts';
import { ns_common } from '../kernel/ns_common.ts';
import type { KObject } from '../kernel/object.ts';
import { dev_get_flags } from '../kernel/netdevice.ts';
import { filter_count, SECCOMP_MODE_STRICT } from '../kernel/seccomp.ts';
import { key_of } from '../kernel/state.ts';
import { task_struct } from '../kernel/task.ts';
import { time_namespace } from '../kernel/time.ts';
import { user_namespace } from '../kernel/user.ts';
import { uts_namespace } from '../kernel/uts.ts';
import type { Ref } from './picture.ts';

/** Text as files and the kernel write it; or a phrase of ours, which the page says in the user's language, with values for `{0}`, `{1}` …. */
export type Fact = string | { readonly english: string; readonly values: readonly (string | number)[] };

/** A list of facts under a heading, for one object: what `/proc` would say of it. Plain text, never markup. */
export interface Facts { readonly title: Fact; readonly rows: readonly (readonly [Fact, Fact])[]; readonly more: number }

function phrase(english: string, ...values: readonly (string | number)[]): Fact { return { english, values }; }

/** Rows of one list; what is beyond is counted. */
const MOST_ROWS = 60;
const IFF_UP = 1;

/** What an object contains, in the words of the files that show it; [] when it is none that contains anything, or does not exist now. */
export function detailsOf(k: Kernel, ref: Ref): Facts[] {
  const [kind = ''] = ref.split(':');
  const found = [...k.trace.live.get(kind) ?? []].find((object) => key_of(object) === ref);
  if (found instanceof task_struct) return taskFacts(found);
  return found instanceof ns_common ? namespaceFacts(found) : [];
}

function facts(title: Fact, rows: readonly (readonly [Fact, Fact])[]): Facts {
  return { title, rows: rows.slice(0, MOST_ROWS), more: Math.max(0, rows.length - MOST_ROWS) };
}

function namespaceFacts(ns: ns_common): Facts[] {
  if (ns instanceof uts_namespace) return [facts('utsname', [['nodename', ns.name.nodename], ['domainname', ns.name.domainname], ['release', ns.name.release]])];
  if (ns instanceof mnt_namespace) return [facts(phrase('mounts'), [...ns.mounts.values()].map((mnt) => [pathOf(ns, mnt), mountText(mnt)] as const))];
  if (ns instanceof net) {
    return [facts(phrase('devices'), [...ns.devices.values()].map((device) => [
      device.name, `${device.type}, ${dev_get_flags(device) & IFF_UP ? 'up' : 'down'}${device.addresses.map(({ address, prefix }) => `, ${address}/${prefix}`).join('')}${device.peer ? `, peer ${device.peer.name}` : ''}`,
    ] as const))];
  }
  if (ns instanceof ipc_namespace) {
    const sysv = (['sem', 'msg', 'shm'] as const).flatMap((what) => [...ids_of(ns, what).entries.values()].map((one) => [`${what} ${one.ipc_id}`, `key 0x${(one.key >>> 0).toString(16)}, uid ${one.uid}, mode ${(one.mode & 0o777).toString(8)}`] as const));
    return [facts(phrase('objects'), [...sysv, ...[...ns.mqueues.map.keys()].map((name) => ['mqueue', name] as const)])];
  }
  if (ns instanceof cgroup_namespace) return [facts(phrase('root'), [['cgroup', ns.root_cset.name === '' ? '/' : ns.root_cset.name]])];
  if (ns instanceof time_namespace) return [facts('timens_offsets', [['monotonic', seconds(ns.offsets.monotonic)], ['boottime', seconds(ns.offsets.boottime)], [phrase('fixed'), ns.frozen_offsets ? phrase('yes: a task is in it') : phrase('no: may still be set')]])];
  if (ns instanceof user_namespace) {
    const map = (name: 'uid_map' | 'gid_map') => facts(name, ns[name].map(({ first, lower_first, count }) => [`${first} – ${first + count - 1}`, phrase('= {0} – {1} in the initial namespace', lower_first, lower_first + count - 1)] as const));
    return [map('uid_map'), map('gid_map'), facts('setgroups', [['setgroups', ns.setgroups_allowed ? 'allow' : 'deny'], [phrase('owner uid'), String(ns.owner_uid)], [phrase('level'), String(ns.level)]])];
  }
  return [];
}

function pathOf(ns: mnt_namespace, mnt: mount): string {
  const root = ns.root;
  return root ? prepend_path({ mnt, dentry: mnt.mnt_root }, { mnt: root, dentry: root.mnt_root }).text : '/';
}

function mountText(mnt: mount): string {
  const spread = [mnt.shared ? `shared:${mnt.mnt_group_id}` : '', mnt.mnt_master ? `slave of ${mnt.mnt_master.mnt_group_id}` : '', mnt.unbindable ? 'unbindable' : ''].filter(Boolean);
  return `${mnt.mnt_sb.s_type}, ${spread.length > 0 ? spread.join(', ') : 'private'}`;
}

function seconds(nanoseconds: bigint): string {
  return `${nanoseconds / 1_000_000_000n} s`;
}

function taskFacts(task: task_struct): Facts[] {
  const { cred: of, fs } = task;
  const found: Facts[] = [facts(phrase('credentials'), [
    ['uid', phrase('{0}, effective {1}, saved {2}', of.uid, of.euid, of.suid)], ['gid', phrase('{0}, effective {1}, saved {2}', of.gid, of.egid, of.sgid)], [phrase('effective capabilities'), capsText(of.cap_effective)],
    ...task.no_new_privs ? [['no_new_privs', '1'] as const] : [],
    ...task.seccomp ? [['seccomp', task.seccomp.mode === SECCOMP_MODE_STRICT ? phrase('strict') : phrase('{0} filters', filter_count(task))] as const] : [],
  ])];
  if (fs) found.push(facts('fs_struct', [['root', fullPath(fs.root)], ['cwd', fullPath(fs.pwd)], ['umask', fs.umask.toString(8).padStart(4, '0')]]));
  if (task.cgroups) found.push(facts('cgroup', [['cgroup', task_cgroup(task).name === '' ? '/' : task_cgroup(task).name]]));
  const parent = task.real_parent;
  if (parent) found.push(facts(phrase('family'), [[phrase('parent'), `${parent.comm} ${parent.thread_pid?.numbers[0]?.nr ?? ''}`.trim()], [phrase('children'), [...task.children.values()].map((child) => `${child.comm} ${child.thread_pid?.numbers[0]?.nr ?? ''}`.trim()).join(', ') || phrase('none')]]));
  return found;
}

function fullPath(of: { readonly mnt: mount; readonly dentry: KObject }): string {
  const top = rootOf(of.mnt);
  return prepend_path(of as Parameters<typeof prepend_path>[0], { mnt: top, dentry: top.mnt_root }).text;
}

function rootOf(mnt: mount): mount {
  let top = mnt;
  while (top.mnt_parent && top.mnt_parent !== top) top = top.mnt_parent;
  return top;
}

function capsText(set: bigint): Fact {
  const names = CAP_NAMES.filter((_, n) => cap_raised(set, n));
  if (names.length === 0) return phrase('none');
  return names.length > 6 ? phrase('{0} of {1}', names.length, CAP_NAMES.length) : names.join(', ');
}
