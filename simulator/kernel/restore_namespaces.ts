import { cap_full_set } from './capability.ts';
import { common_ancestor, cgroup_mkdir, cgroup_move, hierarchy } from './cgroup_fs.ts';
import { copy_cgroup_ns, put_cgroup, task_cgroup } from './cgroup.ts';
import type { cgroup } from './cgroup.ts';
import { commit_creds, prepare_creds, put_cred, set_cred_ucounts } from './cred.ts';
import { err, errnoName, isErr, type Err } from './errno.ts';
import { CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWTIME, CLONE_NEWUTS } from './flags.ts';
import type { HostState, LeftOut, StateNamespace } from './host_state.ts';
import { copy_ipcs } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { alloc_mnt_ns } from './mnt.ts';
import { copy_net_ns } from './net.ts';
import type { ns_common, NsType } from './ns_common.ts';
import { put_ns } from './nsfs_pin.ts';
import { nsproxy_of } from './nsproxy.ts';
import { create_pid_namespace, pid_namespace } from './pid.ts';
import { switch_to } from './sched.ts';
import type { task_struct } from './task.ts';
import { copy_time_ns, time_namespace } from './time.ts';
import { create_user_ns, get_user_ns, put_user_ns, user_namespace } from './user.ts';
import { copy_utsname, uts_namespace } from './uts.ts';
import { run_work } from './worker.ts';

/** The namespaces of a state, by type and inode. It holds a reference of each that it made, until `release`. */
export class RestoredNamespaces {
  readonly #k: Kernel;
  readonly #made = new Map<string, ns_common>();
  readonly #initial = new Map<NsType, ns_common>();
  constructor(k: Kernel) {
    this.#k = k;
    const { uts_ns, ipc_ns, mnt_ns, net_ns, cgroup_ns, time_ns } = k.init_nsproxy;
    for (const ns of [uts_ns, ipc_ns, mnt_ns, net_ns, cgroup_ns, time_ns, k.init_pid_ns, k.init_user_ns]) if (ns) this.#initial.set(ns.kind, ns);
  }

  /** Null: it was left out, or is none of the state. */
  find(type: NsType, inode: number | null | undefined): ns_common | null {
    return inode === null || inode === undefined ? null : this.#made.get(`${type}:${inode}`) ?? null;
  }

  /** Null: this kernel has no such namespaces. */
  initial(type: NsType): ns_common | null { return this.#initial.get(type) ?? null; }

  user(inode: number | null): user_namespace {
    const found = this.find('user', inode);
    return found instanceof user_namespace ? found : this.#k.init_user_ns;
  }

  pid(inode: number | null): pid_namespace {
    const found = this.find('pid', inode);
    return found instanceof pid_namespace ? found : this.#k.init_pid_ns;
  }

  /** Takes over the reference. */
  add(of: StateNamespace, ns: ns_common): void {
    this.#made.set(`${of.type}:${of.inode}`, ns);
    renumber(this.#k, ns, of.inode);
  }

  /** Lets go of all; one that nothing else holds by now ends, as it would have. */
  release(left_out: LeftOut[]): void {
    for (const [key, ns] of [...this.#made].reverse()) {
      // what was let go of a moment ago may hold it until then
      run_work(this.#k);
      if (this.#initial.get(ns.kind) === ns) continue;
      if (ns.count === 1) left_out.push({ what: 'unheld', type: ns.kind, inode: Number(key.slice(key.indexOf(':') + 1)) });
      put_ns(this.#k, ns);
    }
    run_work(this.#k);
  }
}

/** The inode number that the host's has, unless something here has it already. */
function renumber(k: Kernel, ns: ns_common, inode: number): void {
  if (!k.features.inums || ns.inum === inode || k.inums.has(inode)) return;
  k.trace.remove(k.inums, ns.inum);
  k.trace.write(ns, 'inum', inode);
  k.trace.insert(k.inums, inode, ns);
}

/** Makes the namespaces: owners and parents first. Mount namespaces are empty yet (restore_mounts.ts). */
export function restore_namespaces(k: Kernel, init: task_struct, state: HostState, left_out: LeftOut[]): RestoredNamespaces {
  const made = new RestoredNamespaces(k);
  for (const of of state.namespaces) {
    if (!of.initial) continue;
    const ns = made.initial(of.type);
    if (!ns) continue;
    made.add(of, ns);
    fill(k, ns, of);
  }
  const others = state.namespaces.filter(({ initial }) => !initial);
  for (const of of by_level(others.filter(({ type }) => type === 'user'))) make(k, init, of, state, made, left_out);
  for (const of of by_level(others.filter(({ type }) => type === 'pid'))) make(k, init, of, state, made, left_out);
  for (const of of others) if (of.type !== 'user' && of.type !== 'pid') make(k, init, of, state, made, left_out);
  return made;
}

/** Parents before children. */
function by_level(all: readonly StateNamespace[]): StateNamespace[] {
  const known = new Map(all.map((of) => [of.inode, of]));
  const sorted = new Set<StateNamespace>();
  const visit = (of: StateNamespace, above: ReadonlySet<StateNamespace>): void => {
    const parent = of.parent === null ? undefined : known.get(of.parent);
    // a file can say that two are each other's parent
    if (parent && !above.has(parent)) visit(parent, new Set([...above, of]));
    sorted.add(of);
  };
  for (const of of all) visit(of, new Set());
  return [...sorted];
}

function make(k: Kernel, init: task_struct, of: StateNamespace, state: HostState, made: RestoredNamespaces, left_out: LeftOut[]): void {
  if (!made.initial(of.type) || made.find(of.type, of.inode)) return;
  const owner = of.type === 'user' ? made.user(of.parent) : made.user(of.owner);
  const ns = as_root_of(k, init, owner, of.type === 'user' ? of.creator : 0, () => create(k, init, of, owner, state, made));
  if (isErr(ns)) {
    left_out.push({ what: 'namespace', type: of.type, inode: of.inode, why: errnoName(ns) ?? String(ns) });
    return;
  }
  fill(k, ns, of);
  made.add(of, ns);
}

function create(k: Kernel, init: task_struct, of: StateNamespace, owner: user_namespace, state: HostState, made: RestoredNamespaces): ns_common | Err {
  const { uts_ns, ipc_ns, net_ns, cgroup_ns, time_ns } = nsproxy_of(init);
  switch (of.type) {
    case 'user': return create_user(k);
    case 'pid': return create_pid_namespace(k, owner, made.pid(of.parent));
    case 'mnt': return alloc_mnt_ns(k, owner, false);
    case 'uts': return uts_ns ? copy_utsname(k, CLONE_NEWUTS, owner, uts_ns) : err('EINVAL');
    case 'ipc': return ipc_ns ? copy_ipcs(k, CLONE_NEWIPC, owner, ipc_ns) : err('EINVAL');
    case 'net': return net_ns ? copy_net_ns(k, CLONE_NEWNET, owner, net_ns) : err('EINVAL');
    case 'time': return time_ns ? copy_time_ns(k, CLONE_NEWTIME, owner, time_ns) : err('EINVAL');
    case 'cgroup': {
      if (!cgroup_ns) return err('EINVAL');
      const before = k.trace.get(task_cgroup(init));
      // its root is the group of who makes it: what its members have in common
      const members = state.tasks.filter(({ ns }) => ns.cgroup === of.inode).map(({ cgroup: path }) => group_at(k, path));
      cgroup_move(k, init, members.length > 0 ? members.reduce(common_ancestor) : before);
      const ns = copy_cgroup_ns(k, CLONE_NEWCGROUP, owner, cgroup_ns);
      cgroup_move(k, init, before);
      put_cgroup(k, before);
      return ns;
    }
  }
}

function create_user(k: Kernel): user_namespace | Err {
  const credentials = prepare_creds(k);
  const failed = create_user_ns(k, credentials);
  const ns = failed === 0 ? get_user_ns(k, credentials.user_ns) : null;
  put_cred(k, credentials);
  return ns ?? (failed);
}

/** The group at a path of the tree, made if it is not there. */
export function group_at(k: Kernel, path: string): cgroup {
  let at = hierarchy(k);
  for (const name of path.split('/')) {
    if (name === '' || name === '.' || name === '..') continue;
    const made = at.children.get(name) ?? cgroup_mkdir(k, at, name);
    if (isErr(made)) return at;
    at = made;
  }
  return at;
}

/** What is in it. */
function fill(k: Kernel, ns: ns_common, of: StateNamespace): void {
  if (ns instanceof uts_namespace) {
    k.trace.write(ns, 'name', { ...ns.name, nodename: of.nodename ?? ns.name.nodename, domainname: of.domainname ?? ns.name.domainname });
  } else if (ns instanceof user_namespace && !of.initial) {
    k.trace.write(ns, 'uid_map', of.uid_map);
    k.trace.write(ns, 'gid_map', of.gid_map);
    k.trace.write(ns, 'setgroups_allowed', of.setgroups);
  } else if (ns instanceof time_namespace && !of.initial) {
    k.trace.write(ns, 'offsets', { monotonic: of.monotonic, boottime: of.boottime });
    k.trace.write(ns, 'frozen_offsets', true);
  }
}

/** Does something as a process with every capability in that user namespace, and that kuid. */
function as_root_of<T>(k: Kernel, init: task_struct, user_ns: user_namespace, uid: number, act: () => T): T {
  switch_to(k, init);
  if (user_ns === k.init_user_ns && uid === 0) return act();
  const own = k.trace.get(init.cred);
  become(k, user_ns, uid, uid, true);
  const result = act();
  commit_creds(k, own);
  return result;
}

/** New credentials of the running task. `gid`: what it has as group, too, as nobody told. */
export function become(k: Kernel, user_ns: user_namespace, uid: number, euid: number, capable: boolean): void {
  const made = prepare_creds(k);
  k.trace.write(made, 'uid', uid);
  k.trace.write(made, 'gid', uid);
  for (const field of ['euid', 'suid', 'fsuid', 'egid', 'sgid', 'fsgid'] as const) k.trace.write(made, field, euid);
  k.trace.write(made, 'group_info', [uid]);
  for (const field of ['cap_permitted', 'cap_effective'] as const) k.trace.write(made, field, capable ? cap_full_set(k) : 0n);
  if (made.user_ns !== user_ns) {
    put_user_ns(k, made.user_ns);
    k.trace.write(made, 'user_ns', get_user_ns(k, user_ns));
  }
  set_cred_ucounts(k, made);
  commit_creds(k, made);
}
