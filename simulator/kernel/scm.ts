import { CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { fd_install, fget_raw, fput, get_unused_fd } from './files.ts';
import type { Kernel } from './kernel.ts';
import { pid_vnr } from './pid_lookup.ts';
import { SOL_SOCKET, ucred } from './sockopt.ts';
import type { packet, peer_cred } from './socket.ts';
import { Reader, Writer } from './uaccess.ts';
import { make_kgid, make_kuid } from './uidgid.ts';
import type { file } from './vfs.ts';

const SCM_RIGHTS = 1;
const SCM_CREDENTIALS = 2;
const SCM_MAX_FD = 253;
/** struct cmsghdr: length of all, level, type. What follows is padded to eight bytes. */
const HEADER = 16;
export const MSG_CTRUNC = 0x8;
export const MSG_CMSG_CLOEXEC = 0x40000000;

const align = (n: number): number => Math.ceil(n / 8) * 8;

/** What comes along with a message: files, and who the sender says it is. */
export interface scm_cookie { readonly files: readonly file[]; readonly cred: peer_cred | null }

/** Reads the control messages of sendmsg(2). Errors: EINVAL, EBADF, EPERM (others' credentials), ESRCH. */
export function scm_send(k: Kernel, control: Uint8Array): scm_cookie | Err {
  const files: file[] = [];
  let cred: peer_cred | null = null;
  for (let at = 0; at + HEADER <= control.length;) {
    const reader = new Reader(control.subarray(at));
    const length = reader.u64();
    const [level, type] = [reader.i32(), reader.i32()];
    if (length < HEADER || at + length > control.length) return err('EINVAL');
    const data = control.subarray(at + HEADER, at + length);
    at += align(length);
    if (level !== SOL_SOCKET) continue;
    if (type === SCM_RIGHTS) {
      const failed = add_files(k, data, files);
      if (failed) return failed;
    } else if (type === SCM_CREDENTIALS) {
      const found = credentials(k, data);
      if (isErr(found)) return found;
      cred = found;
    } else return err('EINVAL');
  }
  return { files, cred };
}

function add_files(k: Kernel, data: Uint8Array, files: file[]): 0 | Err {
  const count = Math.floor(data.length / 4);
  if (files.length + count > SCM_MAX_FD) return err('EINVAL');
  const reader = new Reader(data);
  for (let n = 0; n < count; n++) {
    const of = fget_raw(k, reader.i32());
    if (!of) return err('EBADF');
    files.push(of);
  }
  return 0;
}

/** One may say who one is; who may change ids may say other things. */
function credentials(k: Kernel, data: Uint8Array): peer_cred | Err {
  if (data.length !== 12) return err('EINVAL');
  const reader = new Reader(data);
  const [nr, uid, gid] = [reader.i32(), reader.i32(), reader.i32()];
  const { cred, signal } = k.current;
  const ns = cred.user_ns;
  const [kuid, kgid] = [make_kuid(ns, uid), make_kgid(ns, gid)];
  if (kuid < 0 || kgid < 0) return err('EINVAL');
  const own_pid = nr === pid_vnr(k, signal.tgid) || ns_capable(k, ns, CAP_SYS_ADMIN);
  const own_uid = [cred.uid, cred.euid, cred.suid].includes(kuid) || ns_capable(k, ns, CAP_SETUID);
  const own_gid = [cred.gid, cred.egid, cred.sgid].includes(kgid) || ns_capable(k, ns, CAP_SETGID);
  if (!own_pid || !own_uid || !own_gid) return err('EPERM');
  const pid = nr === pid_vnr(k, signal.tgid) ? signal.tgid : [...k.tasks.values()].find((task) => pid_vnr(k, task.thread_pid) === nr)?.thread_pid ?? null;
  return pid ? { pid, uid: kuid, gid: kgid } : err('ESRCH');
}

/**
 * The control messages that the receiver of a packet gets, in `room` bytes: credentials, if it asked for them (SO_PASSCRED), and descriptors, which are
 * installed as far as there is room; other files are closed.
 */
export function scm_recv(k: Kernel, got: packet, room: number, passcred: boolean, cloexec: boolean): { readonly control: Uint8Array; readonly flags: number } {
  const to = new Writer();
  let used = 0;
  let flags = 0;
  const put = (type: number, data: Uint8Array): void => {
    const left = room - used;
    if (left < HEADER) {
      flags |= MSG_CTRUNC;
      return;
    }
    if (left < HEADER + data.length) flags |= MSG_CTRUNC;
    const whole = new Writer().u64(Math.min(HEADER + data.length, left)).u32(SOL_SOCKET).u32(type).fixed(data).done();
    const size = Math.min(align(whole.length), left);
    to.fixed(whole, size);
    used += size;
  };
  if (passcred) put(SCM_CREDENTIALS, ucred(k, got.cred));
  if (got.files.length === 0) return { control: to.done(), flags };
  const fits = Math.max(0, Math.floor((room - used - HEADER) / 4));
  const fds: number[] = [];
  for (const of of got.files) {
    const fd = fds.length < fits ? get_unused_fd(k) : -1;
    if (fd < 0) fput(k, of);
    else {
      fd_install(k, fd, of, cloexec);
      fds.push(fd);
    }
  }
  if (fds.length < got.files.length) flags |= MSG_CTRUNC;
  if (fds.length > 0) {
    const data = new Writer();
    for (const fd of fds) data.u32(fd);
    put(SCM_RIGHTS, data.done());
  }
  return { control: to.done(), flags };
}
