import { err, type Err } from './errno.ts';
import { register_filesystem } from './file_system.ts';
import type { MountRequest } from './file_system.ts';
import type { Kernel } from './kernel.ts';
import { kern_path } from './namei.ts';
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFLNK, S_IFMT } from './mode.ts';
import { alloc_super, parse_options, sget } from './super.ts';
import { fill_super, mem_create } from './tmpfs.ts';
import type { user_namespace } from './user.ts';
import type { dentry, super_block } from './vfs.ts';

/** Device files that a Linux system has: name, permission bits, major, minor. */
const NODES: readonly (readonly [name: string, mode: number, major: number, minor: number])[] = [
  ['null', 0o666, 1, 3], ['zero', 0o666, 1, 5], ['full', 0o666, 1, 7], ['random', 0o666, 1, 8], ['urandom', 0o666, 1, 9], ['tty', 0o666, 5, 0],
];

/** Fills a /dev: devices, links, and empty directories to mount on. */
export function make_dev_nodes(k: Kernel, root: dentry): void {
  for (const [name, mode, major, minor] of NODES) mem_create(k, root, name, { mode: S_IFCHR | mode, rdev: (major << 8) | minor });
  for (const [name, link] of [['fd', '/proc/self/fd'], ['stdin', '/proc/self/fd/0'], ['stdout', '/proc/self/fd/1'], ['stderr', '/proc/self/fd/2'], ['ptmx', 'pts/ptmx']] as const) {
    mem_create(k, root, name, { mode: S_IFLNK | 0o777, link });
  }
  for (const name of ['pts', 'shm', 'mqueue']) mem_create(k, root, name, { mode: S_IFDIR | 0o755 });
}

/** One instance for the whole machine. */
register_filesystem({
  name: 'devtmpfs', userns_mount: false, magic: 0x01021994,
  get_tree(k, _, user_ns) {
    const found = sget(k, 'devtmpfs', null);
    if (found) return k.trace.get(found);
    const sb = alloc_super(k, 'devtmpfs', user_ns, null, (made) => fill_super(k, made, 0o755));
    make_dev_nodes(k, sb.s_root);
    return sb;
  },
});

/** Every mount of devpts is a new instance, with the terminals that are opened through its ptmx: none here but those of the machine. */
function devpts(k: Kernel, { data }: MountRequest, user_ns: user_namespace): super_block | Err {
  let gid = 0;
  let mode = 0o600;
  let ptmxmode = 0;
  for (const [key, value] of parse_options(data)) {
    if (key === 'newinstance') continue;
    const n = value === null ? NaN : key === 'gid' || key === 'uid' || key === 'max' ? Number(value) : parseInt(value, 8);
    if (!Number.isInteger(n)) return err('EINVAL');
    if (key === 'gid') gid = n;
    else if (key === 'mode') mode = n & 0o777;
    else if (key === 'ptmxmode') ptmxmode = n & 0o777;
    else if (key !== 'uid' && key !== 'max') return err('EINVAL');
  }
  const sb = alloc_super(k, 'devpts', user_ns, null, (made) => {
    fill_super(k, made, 0o755);
    made.s_options = `${gid > 0 ? `,gid=${gid}` : ''},mode=${mode.toString(8)},ptmxmode=${ptmxmode.toString(8).padStart(3, '0')}`;
  });
  mem_create(k, sb.s_root, 'ptmx', { mode: S_IFCHR | ptmxmode, rdev: (5 << 8) | 2 });
  return sb;
}
register_filesystem({ name: 'devpts', userns_mount: true, magic: 0x1cd1, get_tree: devpts, reconfigure: () => 0 });

/** File systems on block devices: there is no disk, so all that can be found out is what is wrong with the device. */
function on_disk(k: Kernel, { source }: MountRequest): Err {
  const at = kern_path(k, source);
  if (typeof at === 'number') return at;
  return (at.dentry.d_inode.i_mode & S_IFMT) === S_IFBLK ? err('ENXIO') : err('ENOTBLK');
}
for (const [name, magic] of [['ext4', 0xef53], ['ext3', 0xef53], ['ext2', 0xef53], ['vfat', 0x4d44], ['xfs', 0x58465342], ['btrfs', 0x9123683e]] as const) {
  register_filesystem({ name, userns_mount: false, requires_dev: true, magic, get_tree: on_disk });
}
