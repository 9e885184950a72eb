import './filesystems.ts';
import { alloc_fs_struct, set_fs_pwd, set_fs_root } from './fs_struct.ts';
import { attach_first } from './graft.ts';
import type { Kernel } from './kernel.ts';
import { get_mnt_ns, mnt_add_to_ns, mnt_namespace } from './mnt.ts';
import { S_IFDIR, S_IFLNK, S_IFREG, S_ISVTX } from './mode.ts';
import { MNT_RELATIME, alloc_vfsmnt } from './mount.ts';
import type { mount } from './mount.ts';
import { kern_mount } from './kern_mount.ts';
import { into_mounts, kern_path } from './namei.ts';
import { MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_REC, sys_mount } from './namespace.ts';
import { INIT_INUM, ns_alloc_inum } from './ns_common.ts';
import { MS_SHARED } from './peers.ts';
import { COMMANDS, NOT_SIMULATED, command_image } from './rootfs_commands.ts';
import { alloc_super } from './super.ts';
import { encode } from './text.ts';
import { make_dev_nodes } from './devtmpfs.ts';
import { fill_super, mem_create } from './tmpfs.ts';
import { alloc_tty } from './tty.ts';
import { dentry } from './vfs.ts';
import type { path } from './vfs.ts';
import { zone_files } from './zoneinfo.ts';
import { atLeast } from './version.ts';

/** The owner of /home/learner. */
const LEARNER = 1000;
/** What the initial mount namespace has as ns_id (6.18). */
const INIT_MNT_NS_ID = 4;

/**
 * The first mount: the hidden root of the initial mount namespace, which init_nsproxy points to from now on. Until then its `mnt_ns` is
 * NULL, alone among its members. Also gives init_task a root directory.
 */
export function init_mount_tree(k: Kernel): void {
  const sb = alloc_super(k, 'rootfs', k.init_user_ns, null, (made) => fill_super(k, made, 0o755));
  const first = alloc_vfsmnt(k, sb, sb.s_root, 'rootfs');
  const ns = k.trace.alloc(new mnt_namespace(k.trace.get(k.init_user_ns)));
  if (k.features.fixed_net_mnt_inums) {
    k.trace.write(ns, 'inum', INIT_INUM.mnt);
    k.trace.insert(k.inums, ns.inum, ns);
    k.trace.write(ns, 'ns_id', INIT_MNT_NS_ID);
  } else {
    ns_alloc_inum(k, ns);
  }
  k.trace.write(ns, 'root', first);
  mnt_add_to_ns(k, ns, first);
  k.trace.write(k.init_nsproxy, 'mnt_ns', get_mnt_ns(k, ns));
  const root: path = { mnt: first, dentry: first.mnt_root };
  k.trace.write(k.init_task, 'fs', alloc_fs_struct(k, root, root));
  kern_mount(k, 'nsfs');
  kern_mount(k, 'pipefs');
}

export interface RootOptions {
  /** `/` and all below are private; without it they are shared, as systemd makes them. */
  readonly private_root?: boolean;
}

/** What is on the memory file systems by now counts as having been there when the machine was switched on. */
export function settle_layers(k: Kernel): void {
  for (const { mnt_sb } of k.mount_ids.values()) k.trace.write(mnt_sb, 's_lower_ino', mnt_sb.s_last_ino);
}

/** The simulated computer's file tree and mounts (init_task's; tasks that are made later inherit its root directory). */
export function prepare_namespace(k: Kernel, { private_root = false }: RootOptions = {}): void {
  const { fs } = k.init_task;
  if (!fs) throw new Error('there is no root mount yet');
  const root = mount_root(k, fs.root);
  set_fs_root(k, fs, root);
  set_fs_pwd(k, fs, root);
  populate(k, root.dentry);
  const tty = alloc_tty(k);
  for (const [source, at, type, flags, data] of MOUNTS) {
    if (type === 'cgroup2' && !atLeast(k.version, '4.19')) continue;
    const failed = sys_mount(k, source, at, type, flags, data);
    if (failed) throw new Error(`${at} cannot be mounted: ${failed}`);
    if (at === '/dev') make_dev_nodes(k, top(k, '/dev'));
    if (at === '/dev/pts') {
      const node = mem_create(k, top(k, '/dev/pts'), String(tty.index), { mode: CHARACTER | 0o620, rdev: (136 << 8) | tty.index });
      node.d_inode.i_gid = TTY_GROUP;
    }
  }
  const failed = private_root ? 0 : sys_mount(k, 'none', '/', null, MS_REC | MS_SHARED, null);
  if (failed) throw new Error(`/ cannot be shared: ${failed}`);
}

const CHARACTER = 0o020000;
const TTY_GROUP = 5;
const NODEV_NOEXEC_NOSUID = MS_NOSUID | MS_NODEV | MS_NOEXEC;

const MOUNTS: readonly (readonly [source: string, at: string, type: string, flags: number, data: string])[] = [
  ['proc', '/proc', 'proc', NODEV_NOEXEC_NOSUID, ''],
  ['sysfs', '/sys', 'sysfs', NODEV_NOEXEC_NOSUID, ''],
  ['cgroup2', '/sys/fs/cgroup', 'cgroup2', NODEV_NOEXEC_NOSUID, ''],
  ['tmpfs', '/dev', 'tmpfs', MS_NOSUID, 'mode=755'],
  ['devpts', '/dev/pts', 'devpts', MS_NOSUID | MS_NOEXEC, 'gid=5,mode=620,ptmxmode=666'],
  ['tmpfs', '/dev/shm', 'tmpfs', MS_NOSUID | MS_NODEV, ''],
  ['mqueue', '/dev/mqueue', 'mqueue', NODEV_NOEXEC_NOSUID, ''],
  ['tmpfs', '/tmp', 'tmpfs', MS_NOSUID | MS_NODEV, ''],
];

function top(k: Kernel, name: string): dentry {
  const at = kern_path(k, name);
  if (typeof at === 'number') throw new Error(`${name} is not there`);
  return at.dentry;
}

/** The mount that programs see as `/`, over the hidden first one. */
function mount_root(k: Kernel, hidden: path): path {
  const sb = alloc_super(k, 'overlay', k.init_user_ns, null, (made) => {
    fill_super(k, made, 0o755);
    made.s_options = ',lowerdir=/run/layers/base,upperdir=/run/layers/upper,workdir=/run/layers/work';
  });
  const mnt: mount = alloc_vfsmnt(k, sb, sb.s_root, 'overlay');
  k.trace.write(mnt, 'mnt_flags', MNT_RELATIME);
  attach_first(k, mnt, hidden.mnt, hidden.dentry);
  return into_mounts(hidden);
}

/** Directories: permission bits and owner; parents first. */
const DIRECTORIES: readonly (readonly [path: string, mode: number, owner?: number])[] = [
  ['/boot', 0o755], ['/dev', 0o755], ['/etc', 0o755], ['/home', 0o755], ['/home/learner', 0o755, LEARNER], ['/media', 0o755], ['/mnt', 0o755], ['/opt', 0o755],
  ['/proc', 0o555], ['/root', 0o700], ['/run', 0o755], ['/run/lock', 0o755 | S_ISVTX], ['/srv', 0o755], ['/sys', 0o555], ['/tmp', 0o777 | S_ISVTX],
  ['/usr', 0o755], ['/usr/bin', 0o755], ['/usr/sbin', 0o755], ['/usr/lib', 0o755], ['/usr/lib64', 0o755], ['/usr/local', 0o755], ['/usr/local/bin', 0o755],
  ['/usr/share', 0o755], ['/usr/share/zoneinfo', 0o755], ['/var', 0o755], ['/var/lib', 0o755], ['/var/log', 0o755], ['/var/tmp', 0o777 | S_ISVTX],
];

const LINKS: readonly (readonly [path: string, to: string])[] = [
  ['/bin', 'usr/bin'], ['/sbin', 'usr/sbin'], ['/lib', 'usr/lib'], ['/lib64', 'usr/lib64'], ['/usr/bin/[', 'test'], ['/usr/bin/dash', 'sh'], ['/var/run', '/run'], ['/etc/mtab', '../proc/self/mounts'],
  ['/etc/localtime', '/usr/share/zoneinfo/Etc/UTC'],
];

const FILES: readonly (readonly [path: string, text: string, mode?: number])[] = [
  ['/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\nlearner:x:1000:1000:learner:/home/learner:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n'],
  ['/etc/group', 'root:x:0:\ntty:x:5:\nlearner:x:1000:\nnogroup:x:65534:\n'],
  ['/etc/shadow', 'root:*:20000:0:99999:7:::\nlearner:*:20000:0:99999:7:::\n', 0o640],
  ['/etc/hostname', 'host\n'],
  ['/etc/hosts', '127.0.0.1\tlocalhost\n192.0.2.10\thost\n'],
  ['/etc/resolv.conf', 'nameserver 192.0.2.1\n'],
  ['/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n'],
  ['/etc/subuid', 'learner:100000:65536\n'], ['/etc/subgid', 'learner:100000:65536\n'],
  ['/etc/os-release', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n'],
  ['/etc/debian_version', '12.11\n'], ['/etc/fstab', '# nothing is mounted from here\n'], ['/etc/shells', '# /etc/shells: valid login shells\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/bin/dash\n/usr/bin/dash\n'],
];

/** Directories, links and files of the simulated computer, in an empty tree in memory. */
export function populate(k: Kernel, root: dentry): void {
  const tree = new Tree(k, root);
  for (const [path, mode, owner] of DIRECTORIES) tree.dir(path, mode, owner);
  for (const [path, to] of LINKS) tree.link(path, to);
  for (const [path, text, mode] of FILES) tree.file(path, encode(text), mode ?? 0o644);
  for (const [dir, names] of [...COMMANDS, ...NOT_SIMULATED]) for (const name of names) tree.file(`${dir}/${name}`, command_image(name), 0o755);
  zones(tree);
  small_root(tree);
}

function zones(tree: Tree): void {
  const base = '/usr/share/zoneinfo';
  const made = new Set<string>();
  for (const { names: [first = '', ...others], data } of zone_files()) {
    for (const name of [first, ...others]) {
      for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
        const dir = name.slice(0, at);
        if (!made.has(dir)) tree.dir(`${base}/${dir}`, 0o755);
        made.add(dir);
      }
      if (name === first) tree.file(`${base}/${name}`, data, 0o644);
      else tree.hard_link(`${base}/${first}`, `${base}/${name}`);
    }
  }
}

/** `rootfs/` in the learner's home: something to change the root directory to. */
function small_root(tree: Tree): void {
  const base = '/home/learner/rootfs';
  tree.dir(base, 0o755, LEARNER);
  for (const name of ['bin', 'dev', 'etc', 'home', 'lib', 'lib64', 'mnt', 'oldroot', 'proc', 'root', 'sbin', 'sys', 'tmp', 'usr', 'usr/bin', 'var']) {
    tree.dir(`${base}/${name}`, name === 'tmp' ? 0o777 | S_ISVTX : 0o755, LEARNER);
  }
  for (const [, names] of COMMANDS) for (const name of names) tree.file(`${base}/bin/${name}`, command_image(name === 'ls' ? 'busybox-ls' : name), 0o755, LEARNER);
  tree.file(`${base}/bin/busybox`, command_image('busybox'), 0o755, LEARNER);
  for (const name of ['passwd', 'group']) {
    const text = FILES.find(([path]) => path === `/etc/${name}`)?.[1] ?? '';
    tree.file(`${base}/etc/${name}`, encode(text), 0o644, LEARNER);
  }
}

function missing(path: string): never {
  throw new Error(`there is no ${path}`);
}

/** Writes a file tree before anybody can see it. */
class Tree {
  readonly #k: Kernel;
  readonly #root: dentry;
  constructor(k: Kernel, root: dentry) {
    this.#k = k;
    this.#root = root;
  }

  #add(path: string, mode: number, owner: number, link = ''): dentry {
    const names = path.split('/');
    const last = names.pop() ?? '';
    const made = mem_create(this.#k, this.#at(names), last, { mode, link });
    made.d_inode.i_uid = owner;
    made.d_inode.i_gid = owner;
    return made;
  }

  /** One more name of a file. */
  hard_link(path: string, to: string): void {
    const of = this.#at(path.split('/')).d_inode;
    const names = to.split('/');
    const name = names.pop() ?? '';
    const dir = this.#at(names);
    this.#k.trace.write(of, 'i_nlink', of.i_nlink + 1);
    this.#k.trace.insert(dir.d_children, name, this.#k.trace.alloc(new dentry(dir, name, of)));
  }

  #at(names: readonly string[]): dentry {
    let at = this.#root;
    for (const name of names) if (name !== '') at = at.d_children.get(name) ?? missing(names.join('/'));
    return at;
  }

  dir(path: string, mode: number, owner = 0): void { this.#add(path, S_IFDIR | mode, owner); }
  link(path: string, to: string): void { this.#add(path, S_IFLNK | 0o777, 0, to); }
  file(path: string, data: Uint8Array, mode: number, owner = 0): void { this.#add(path, S_IFREG | mode, owner).d_inode.i_data = data; }
}

