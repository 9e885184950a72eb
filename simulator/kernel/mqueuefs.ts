import { err } from './errno.ts';
import { register_file_ops } from './file_ops.ts';
import { register_filesystem } from './file_system.ts';
import { register_inode_ops } from './inode_ops.ts';
import { ipc_namespace } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { realtime } from './ktime.ts';
import { S_IFDIR, S_IFREG, S_ISVTX } from './mode.ts';
import { mqueue_show, sys_mq_unlink } from './mq_calls.ts';
import { mqueue_flush_file } from './mq_notify.ts';
import { mqueue_inode } from './mqueue.ts';
import { alloc_super, sget } from './super.ts';
import { encode } from './text.ts';
import { dentry, inode } from './vfs.ts';
import type { super_block } from './vfs.ts';

function namespace_of(node: inode): ipc_namespace | null {
  return node.i_sb.s_fs_info instanceof ipc_namespace ? node.i_sb.s_fs_info : null;
}

function queue_inode(k: Kernel, sb: super_block, queue: mqueue_inode): inode {
  const node = new inode(sb, queue.id + 1, S_IFREG | queue.mode, 'mqueue');
  node.i_uid = queue.uid;
  node.i_gid = queue.gid;
  node.i_object = queue;
  const now = realtime(k);
  node.i_atime = now;
  node.i_mtime = now;
  node.i_ctime = now;
  return node;
}

register_inode_ops('mqueue', {
  f_op: 'mqueue file',
  lookup(k, dir, name) {
    const queue = namespace_of(dir.d_inode)?.mqueues.get(name);
    return queue ? new dentry(dir, name, queue_inode(k, dir.d_inode.i_sb, queue)) : null;
  },
  readdir(_, dir) {
    return [...namespace_of(dir.d_inode)?.mqueues.map ?? []].map(([name, queue]) => ({ name, ino: queue.id + 1, type: S_IFREG }));
  },
  create: () => err('EACCES'),
  unlink: (k, of) => k.current.nsproxy?.ipc_ns === namespace_of(of.d_inode) ? sys_mq_unlink(k, of.d_name) : err('EPERM'),
  size: () => 80,
});

/** A queue opened by its file tells how much is in it. */
register_file_ops('mqueue file', {
  flush(k, of) {
    const queue = of.f_path?.dentry.d_inode.i_object;
    if (queue instanceof mqueue_inode) mqueue_flush_file(k, queue);
  },
  read(k, of, count, pos) {
    const queue = of.f_path?.dentry.d_inode.i_object;
    return queue instanceof mqueue_inode ? encode(mqueue_show(k, queue)).slice(pos, pos + count) : new Uint8Array(0);
  },
});

register_filesystem({
  name: 'mqueue', userns_mount: true, magic: 0x19800202, parameters: [],
  user_ns: (k) => k.current.nsproxy?.ipc_ns?.user_ns ?? k.init_user_ns,
  // All mounts for one ipc namespace show one instance.
  get_tree(k, _, user_ns) {
    const ns = k.current.nsproxy?.ipc_ns ?? null;
    const found = sget(k, 'mqueue', ns);
    if (found) return k.trace.get(found);
    return alloc_super(k, 'mqueue', user_ns, ns, (sb) => {
      const root = new inode(sb, 1, S_IFDIR | S_ISVTX | 0o777, 'mqueue');
      root.i_nlink = 2;
      sb.s_root = k.trace.alloc(new dentry(null, '/', k.trace.alloc(root)));
    });
  },
});

