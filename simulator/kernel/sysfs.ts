import { err } from './errno.ts';
import { register_file_ops } from './file_ops.ts';
import { register_filesystem } from './file_system.ts';
import { register_inode_ops } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { realtime } from './ktime.ts';
import { S_IFDIR, S_IFREG } from './mode.ts';
import { net } from './net.ts';
import type { net_device } from './netdevice.ts';
import { IFF_LOOPBACK, IFF_UP, netif_carrier_ok, operstate } from './netdevice.ts';
import { alloc_super, sget } from './super.ts';
import { encode } from './text.ts';
import { dentry, inode } from './vfs.ts';
import type { super_block } from './vfs.ts';

/** Directories that are always there. `mountpoint`: empty for ever, so that covering it hides nothing. */
const DIRECTORIES: Readonly<Record<string, readonly string[]>> = {
  '': ['block', 'bus', 'class', 'dev', 'devices', 'firmware', 'fs', 'kernel', 'module', 'power'],
  'class': ['net'], 'fs': ['cgroup', 'fuse'], 'kernel': ['debug', 'security', 'tracing'],
};

/** Files of an interface's directory. */
const DEVICE: Readonly<Record<string, (device: net_device) => string>> = {
  addr_len: () => '6', address: ({ address }) => address, broadcast: ({ flags }) => flags & IFF_LOOPBACK ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff', dev_id: () => '0x0',
  carrier: (device) => device.flags & IFF_UP ? netif_carrier_ok(device) ? '1' : '0' : '',
  iflink: ({ ifindex, iflink, peer }) => String(iflink || (peer?.ifindex ?? ifindex)), link_mode: () => '0', tx_queue_len: ({ tx_queue_len }) => String(tx_queue_len), flags: ({ flags }) => `0x${flags.toString(16)}`, ifindex: ({ ifindex }) => String(ifindex), mtu: ({ mtu }) => String(mtu),
  operstate, type: ({ flags }) => flags & IFF_LOOPBACK ? '772' : '1',
};

function net_of(node: inode): net | null {
  return node.i_sb.s_fs_info instanceof net ? node.i_sb.s_fs_info : null;
}

function device_of(node: inode, name: string): net_device | null {
  for (const device of net_of(node)?.devices.values() ?? []) if (device.name === name) return device;
  return null;
}

/** Names in a directory, by its path below the root; `f`: a file. */
function names(node: inode): readonly { readonly name: string; readonly file: boolean }[] {
  const at = node.i_private?.arg ?? '';
  if (at === 'class/net') return [...net_of(node)?.devices.values() ?? []].map(({ name }) => ({ name, file: false }));
  if (at.startsWith('class/net/')) return Object.keys(DEVICE).map((name) => ({ name, file: true }));
  return (DIRECTORIES[at] ?? []).map((name) => ({ name, file: false }));
}

function make(k: Kernel, sb: super_block, at: string, file: boolean): inode {
  let hash = 0x811c9dc5;
  for (const c of at) hash = Math.imul(hash ^ c.charCodeAt(0), 0x01000193);
  const node = new inode(sb, at === '' ? 1 : 2 + (hash >>> 8), file ? S_IFREG | 0o444 : S_IFDIR | 0o755, 'sysfs');
  if (at === '') node.i_mode = S_IFDIR | 0o555;
  node.i_private = { entry: names_nothing(at) && !file ? 'mountpoint' : 'sysfs', object: null, arg: at };
  if (!file) node.i_nlink = 2;
  const now = realtime(k);
  node.i_atime = now;
  node.i_mtime = now;
  node.i_ctime = now;
  return node;
}

function names_nothing(at: string): boolean {
  return !(at in DIRECTORIES) && !at.startsWith('class/net');
}

register_inode_ops('sysfs', {
  f_op: 'sysfs',
  lookup(k, dir, name) {
    const kept = dir.d_children.get(name);
    if (kept) return kept;
    const found = names(dir.d_inode).find((one) => one.name === name);
    const above = dir.d_inode.i_private?.arg ?? '';
    return found ? new dentry(dir, name, make(k, dir.d_inode.i_sb, above === '' ? name : `${above}/${name}`, found.file)) : null;
  },
  readdir: (_, dir) => names(dir.d_inode).map(({ name, file }, i) => ({ name, ino: dir.d_inode.i_ino + 1 + i, type: file ? S_IFREG : S_IFDIR })),
});

register_file_ops('sysfs', {
  read(_, of, count, pos) {
    const node = of.f_path?.dentry.d_inode;
    const [, , device = '', file = ''] = node?.i_private?.arg.split('/') ?? [];
    const found = node && device_of(node, device);
    const text = found && DEVICE[file]?.(found);
    // carrier of an interface that is down
    if (text === '') return err('EINVAL');
    return text ? encode(`${text}\n`).slice(pos, pos + count) : err('ENODEV');
  },
});

register_filesystem({
  name: 'sysfs', userns_mount: true, visible: true, magic: 0x62656572, parameters: [],
  user_ns: (k) => k.current.nsproxy?.net_ns?.user_ns ?? k.init_user_ns,
  // One instance for each net namespace, since it shows that one's interfaces.
  get_tree(k, _, user_ns) {
    const ns = k.current.nsproxy?.net_ns ?? null;
    const found = sget(k, 'sysfs', ns);
    if (found) return k.trace.get(found);
    return alloc_super(k, 'sysfs', user_ns, ns, (sb) => {
      sb.s_root = k.trace.alloc(new dentry(null, '/', k.trace.alloc(make(k, sb, '', false))));
    });
  },
  reconfigure: () => 0,
});
