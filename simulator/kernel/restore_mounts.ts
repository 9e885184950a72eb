import { CL_COPY_UNBINDABLE, CL_PRIVATE, CL_SHARED_TO_SLAVE, clone_mnt, copy_tree, lock_mnt_tree } from './copy_tree.ts';
import { isErr } from './errno.ts';
import { ops_of } from './file_system.ts';
import { set_fs_pwd, set_fs_root } from './fs_struct.ts';
import type { HostState, LeftOut, StateMount, StateNamespace } from './host_state.ts';
import type { Kernel } from './kernel.ts';
import { mnt_add_to_ns, mnt_namespace, mntns_root } from './mnt.ts';
import { S_IFDIR, S_IFREG, is_dir } from './mode.ts';
import {
  MNT_NOATIME, MNT_NODEV, MNT_NODIRATIME, MNT_NOEXEC, MNT_NOSUID, MNT_NOSYMFOLLOW, MNT_READONLY, MNT_RELATIME, alloc_vfsmnt, attach_mnt, lookup_mnt, tree_of,
} from './mount.ts';
import type { mount } from './mount.ts';
import { d_lookup } from './namei.ts';
import { ns_get_path } from './nsfs.ts';
import type { NsType } from './ns_common.ts';
import { add_peer, add_slave, mnt_alloc_group_id, set_mnt_shared } from './peers.ts';
import { task_active_pid_ns } from './pid.ts';
import { proc_super } from './procfs.ts';
import type { RestoredNamespaces } from './restore_namespaces.ts';
import { members_of } from './restore_tasks.ts';
import { populate } from './rootfs.ts';
import { switch_to } from './sched.ts';
import { alloc_super, deactivate_super, get_super } from './super.ts';
import type { task_struct } from './task.ts';
import { fill_super, mem_create } from './tmpfs.ts';
import type { dentry, path, super_block } from './vfs.ts';

/** Instances that are made as somebody inside would mount them. All others have a tree in memory, under the name that they have there. */
const GENERATED: ReadonlySet<string> = new Set(['sysfs', 'cgroup2', 'mqueue', 'devpts']);

const FLAGS: Readonly<Record<string, number>> = {
  ro: MNT_READONLY, nosuid: MNT_NOSUID, nodev: MNT_NODEV, noexec: MNT_NOEXEC, noatime: MNT_NOATIME, nodiratime: MNT_NODIRATIME, relatime: MNT_RELATIME, nosymfollow: MNT_NOSYMFOLLOW,
};

/** What mounts of several namespaces have in common. */
interface Shared {
  /** File systems by device number. */
  readonly supers: Map<string, super_block>;
  /** A member of each peer group, by the host's number. */
  readonly groups: Map<number, mount>;
  readonly tags: [mount, StateMount][];
}

/** Fills the mount namespaces. The initial one keeps what the simulated computer has mounted and gets what is missing; one whose mounts could not be read is a copy of it. */
export function restore_mounts(k: Kernel, init: task_struct, state: HostState, namespaces: RestoredNamespaces, tasks: ReadonlyMap<number, task_struct>, left_out: LeftOut[]): void {
  const shared: Shared = { supers: new Map(), groups: new Map(), tags: [] };
  const all = state.namespaces.flatMap((of): [StateNamespace, mnt_namespace][] => {
    const ns = of.type === 'mnt' ? namespaces.find('mnt', of.inode) : null;
    return ns instanceof mnt_namespace ? [[of, ns]] : [];
  });
  const first = namespaces.initial('mnt');
  if (!(first instanceof mnt_namespace)) return;
  for (const [of, ns] of [...all].sort(([a], [b]) => Number(b.initial) - Number(a.initial))) {
    const members = members_of(tasks.values(), ns);
    // who mounted them cannot be known. A proc of its own is there for a PID namespace of its own: so it was somebody in the deepest
    switch_to(k, [...members].sort((a, b) => task_active_pid_ns(b).level - task_active_pid_ns(a).level)[0] ?? init);
    if (of.mounts && of.mounts.length > 0) new Builder(k, of, ns, namespaces, shared, left_out).build(of.mounts, first);
    if (!ns.root) copy_initial(k, ns, first);
    if (ns === first || !ns.root) continue;
    const root = mntns_root(ns.root);
    for (const { fs } of members) {
      if (!fs) continue;
      set_fs_root(k, fs, root);
      set_fs_pwd(k, fs, root);
    }
  }
  propagate(k, shared);
  switch_to(k, init);
}

/** What unshare(CLONE_NEWNS) would have made. */
function copy_initial(k: Kernel, ns: mnt_namespace, of: mnt_namespace): void {
  if (!of.root) return;
  const foreign = ns.user_ns !== of.user_ns;
  const copied = copy_tree(k, of.root, of.root.mnt_root, CL_COPY_UNBINDABLE | (foreign ? CL_SHARED_TO_SLAVE : 0));
  if (isErr(copied)) return;
  if (foreign) lock_mnt_tree(k, copied.root);
  k.trace.write(ns, 'root', copied.root);
  for (const mnt of tree_of(copied.root)) mnt_add_to_ns(k, ns, mnt);
}

function propagate(k: Kernel, { groups, tags }: Shared): void {
  const number = (of: StateMount, tag: string): number => Number(new RegExp(`(?:^| )${tag}:(\\d+)`).exec(of.propagation)?.[1] ?? 0);
  for (const [mnt, of] of tags) {
    const group = number(of, 'shared');
    const member = groups.get(group);
    if (group === 0 || mnt.shared) {
      if (mnt.shared && !member) groups.set(group, mnt);
      continue;
    }
    if (member) {
      k.trace.write(mnt, 'mnt_group_id', member.mnt_group_id);
      add_peer(k, member, mnt);
    } else {
      mnt_alloc_group_id(k, mnt);
      groups.set(group, mnt);
    }
    set_mnt_shared(k, mnt);
  }
  for (const [mnt, of] of tags) {
    const master = groups.get(number(of, 'master'));
    if (master && !mnt.mnt_master && master !== mnt) add_slave(k, master, mnt);
    if (of.propagation === 'unbindable' && !mnt.shared) k.trace.write(mnt, 'unbindable', true);
  }
}

class Builder {
  readonly #k: Kernel;
  readonly #of: StateNamespace;
  readonly #ns: mnt_namespace;
  readonly #namespaces: RestoredNamespaces;
  readonly #shared: Shared;
  readonly #left_out: LeftOut[];
  /** By the host's number: the mount, and what of it is at the mountpoint. */
  readonly #made = new Map<number, { readonly mnt: mount; readonly root: dentry; readonly of: StateMount }>();
  constructor(k: Kernel, of: StateNamespace, ns: mnt_namespace, namespaces: RestoredNamespaces, shared: Shared, left_out: LeftOut[]) {
    this.#k = k;
    this.#of = of;
    this.#ns = ns;
    this.#namespaces = namespaces;
    this.#shared = shared;
    this.#left_out = left_out;
  }

  build(mounts: readonly StateMount[], first: mnt_namespace): void {
    const known = new Set(mounts.map(({ id }) => id));
    let waiting = [...mounts];
    for (let before = -1; waiting.length > 0 && waiting.length !== before;) {
      before = waiting.length;
      waiting = waiting.filter((of) => {
        if (known.has(of.parent) && of.parent !== of.id && !this.#made.has(of.parent)) return true;
        if (!this.#mount(of, first)) this.#left_out.push({ what: 'mount', inode: this.#of.inode, point: of.point, fstype: of.fstype, why: 'place' });
        this.#settle();
        return false;
      });
    }
    for (const { point, fstype } of waiting) this.#left_out.push({ what: 'mount', inode: this.#of.inode, point, fstype, why: 'place' });
  }

  #mount(of: StateMount, first: mnt_namespace): boolean {
    const on = this.#made.get(of.parent);
    if (!on) return of.point === '/' && this.#root(of, first);
    const names = below(on.of.point, of.point);
    if (!names) return false;
    const there = this.#walk(on.root, names);
    if (this.#ns === first && there) {
      const own = lookup_mnt(on.mnt, there);
      if (own && ![...this.#made.values()].some(({ mnt }) => mnt === own)) return this.#add(own, of);
      // what the simulated computer itself has must stay to be seen
      if (own || there.d_inode.i_op !== 'mem' || there.d_children.size > 0) return this.#cover(own ?? on.mnt, own ? own.mnt_root : there, of);
    }
    const shown = this.#shown(of, there);
    if (!shown) return false;
    const [sb, root] = shown;
    const at = there ?? this.#create(on.root, names, is_dir(root.d_inode.i_mode));
    if (!at || is_dir(at.d_inode.i_mode) !== is_dir(root.d_inode.i_mode)) return false;
    const mnt = this.#alloc(of, sb, root);
    attach_mnt(this.#k, mnt, on.mnt, at);
    mnt_add_to_ns(this.#k, this.#ns, mnt);
    return this.#add(mnt, of);
  }

  /** What is `/` inside. */
  #root(of: StateMount, first: mnt_namespace): boolean {
    const k = this.#k;
    if (!first.root) return false;
    if (this.#ns === first) return this.#made.size === 0 && this.#add(mntns_root(first.root).mnt, of);
    if (this.#ns.root) return false;
    const hidden = clone_mnt(k, first.root, first.root.mnt_root, CL_PRIVATE);
    k.trace.write(this.#ns, 'root', hidden);
    mnt_add_to_ns(k, this.#ns, hidden);
    const shown = this.#shown({ ...of, root: '/' }, null);
    if (!shown) return false;
    const mnt = this.#alloc(of, ...shown);
    attach_mnt(k, mnt, hidden, hidden.mnt_root);
    mnt_add_to_ns(k, this.#ns, mnt);
    return this.#add(mnt, of);
  }

  /** It is left out; what stands on it stands on what is there. */
  #cover(mnt: mount, root: dentry, of: StateMount): boolean {
    this.#made.set(of.id, { mnt, root, of });
    this.#left_out.push({ what: 'mount', inode: this.#of.inode, point: of.point, fstype: of.fstype, why: 'covers' });
    return true;
  }

  #add(mnt: mount, of: StateMount): boolean {
    this.#made.set(of.id, { mnt, root: mnt.mnt_root, of });
    if (of.dev !== null && !this.#shared.supers.has(of.dev)) this.#shared.supers.set(of.dev, mnt.mnt_sb);
    this.#shared.tags.push([mnt, of]);
    return true;
  }

  #alloc(of: StateMount, sb: super_block, root: dentry): mount {
    const mnt = alloc_vfsmnt(this.#k, get_super(this.#k, sb), root, of.source);
    const flags = of.options.split(',').reduce((sum, option) => sum | (Object.hasOwn(FLAGS, option) ? FLAGS[option] ?? 0 : 0), 0);
    this.#k.trace.write(mnt, 'mnt_flags', flags);
    return mnt;
  }

  /** Instances that were made for the mount at hand. */
  readonly #fresh = new Map<super_block, string | null>();

  /** Each came with a reference of its own. By now its mount has one, or there is none, and it ends. */
  #settle(): void {
    for (const [sb, dev] of this.#fresh) {
      if (sb.count === 1 && dev !== null) this.#shared.supers.delete(dev);
      deactivate_super(this.#k, sb);
    }
    this.#fresh.clear();
  }

  /** The file system, and the place in it that the mount shows; `over`: what will be beneath. */
  #shown(of: StateMount, over: dentry | null): [super_block, dentry] | null {
    if (of.fstype === 'nsfs') {
      const [, type = '', inode = ''] = /^(\w+):\[(\d+)\]$/.exec(of.root) ?? [];
      const ns = this.#namespaces.find(type as NsType, Number(inode));
      if (!ns) return null;
      const at: path = ns_get_path(this.#k, ns);
      return [at.mnt.mnt_sb, at.dentry];
    }
    const sb = this.#super(of);
    if (!sb) return null;
    const top = ops_of(sb.s_type)?.root?.(this.#k, sb) ?? sb.s_root;
    const names = of.root.split('/').filter((name) => name !== '');
    if (over && names.length > 0 && over.d_inode.i_sb === sb && over.d_name === names.at(-1)) return [sb, over];
    const root = this.#walk(top, names) ?? this.#create(top, names, over === null || is_dir(over.d_inode.i_mode));
    return root ? [sb, root] : null;
  }

  #super(of: StateMount): super_block | null {
    const k = this.#k;
    const known = of.dev === null ? undefined : this.#shared.supers.get(of.dev);
    if (known && !known.freed) return known;
    const made = of.fstype === 'proc' ? proc_super(k, task_active_pid_ns(k.current))
      : GENERATED.has(of.fstype) ? ops_of(of.fstype)?.get_tree(k, { source: of.source, data: '', sb_flags: 0 }, this.#ns.user_ns) ?? null
        : alloc_super(k, of.fstype, this.#ns.user_ns, null, (sb) => { fill_super(k, sb, 0o755); });
    if (made === null || isErr(made)) return null;
    // what is in a container's image cannot be known: it has what the simulated computer has
    if (of.point === '/' && made.s_root.d_inode.i_op === 'mem') populate(k, made.s_root);
    if (of.dev !== null) this.#shared.supers.set(of.dev, made);
    this.#fresh.set(made, of.dev);
    return made;
  }

  #walk(from: dentry, names: readonly string[]): dentry | null {
    let at = from;
    for (const name of names) {
      if (!is_dir(at.d_inode.i_mode)) return null;
      const next = d_lookup(this.#k, at, name);
      if (next === null || isErr(next)) return null;
      at = next;
    }
    return at;
  }

  /** The place, made where the file system is one in memory. */
  #create(from: dentry, names: readonly string[], directory: boolean): dentry | null {
    let at = from;
    for (const [n, name] of names.entries()) {
      if (!is_dir(at.d_inode.i_mode)) return null;
      const next = d_lookup(this.#k, at, name);
      if (isErr(next)) return null;
      if (!next && at.d_inode.i_op !== 'mem') return null;
      const mode = directory || n < names.length - 1 ? S_IFDIR | 0o755 : S_IFREG | 0o644;
      at = next ?? mem_create(this.#k, at, name, { mode });
    }
    return at;
  }
}

/** Names from one mountpoint down to another; null when it is not below. */
function below(above: string, point: string): readonly string[] | null {
  const [from, to] = [above, point].map((of) => of.split('/').filter((name) => name !== ''));
  if (!from || !to || from.some((name, n) => to[n] !== name)) return null;
  return to.slice(from.length);
}
