import { CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_FSETID, CAP_SETGID, CAP_SETUID, cap_bit, ns_capable } from './capability.ts';
import { abort_creds, commit_creds, prepare_creds, set_cred_ucounts } from './cred.ts';
import type { cred } from './cred.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { SECURE_NO_SETUID_FIXUP, SECURE_KEEP_CAPS } from './securebits.ts';
import { INVALID_ID, from_kgid_munged, from_kuid_munged, make_kgid, make_kuid } from './uidgid.ts';

// Ids of programs are those of their own user namespace; -1 in set*id means "leave it".

const KEEP = -1;

export function sys_getuid(k: Kernel): number { return from_kuid_munged(k.current.cred.user_ns, k.current.cred.uid); }
export function sys_geteuid(k: Kernel): number { return from_kuid_munged(k.current.cred.user_ns, k.current.cred.euid); }
export function sys_getgid(k: Kernel): number { return from_kgid_munged(k.current.cred.user_ns, k.current.cred.gid); }
export function sys_getegid(k: Kernel): number { return from_kgid_munged(k.current.cred.user_ns, k.current.cred.egid); }

/** Real, effective, saved. */
export function sys_getresuid(k: Kernel): readonly [number, number, number] {
  const { user_ns, uid, euid, suid } = k.current.cred;
  return [from_kuid_munged(user_ns, uid), from_kuid_munged(user_ns, euid), from_kuid_munged(user_ns, suid)];
}

export function sys_getresgid(k: Kernel): readonly [number, number, number] {
  const { user_ns, gid, egid, sgid } = k.current.cred;
  return [from_kgid_munged(user_ns, gid), from_kgid_munged(user_ns, egid), from_kgid_munged(user_ns, sgid)];
}

/** The kernel-wide ids of those given: -1 stays, null when one is not mapped. */
function mapped(make: (id: number) => number, ids: readonly number[]): number[] | null {
  const made: number[] = [];
  for (const id of ids) {
    const kid = id === KEEP ? INVALID_ID : make(id >>> 0);
    if (id !== KEEP && kid === INVALID_ID) return null;
    made.push(kid);
  }
  return made;
}

/** setuid(2). With CAP_SETUID all ids, else the effective one among real and saved. Errors: EINVAL (not mapped), EPERM. */
export function sys_setuid(k: Kernel, uid: number): 0 | Err {
  const kuid = make_kuid(k.current.cred.user_ns, uid >>> 0);
  if (kuid === INVALID_ID) return err('EINVAL');
  const made = prepare_creds(k);
  const old = k.current.cred;
  if (ns_capable(k, old.user_ns, CAP_SETUID)) {
    k.trace.write(made, 'suid', kuid);
    k.trace.write(made, 'uid', kuid);
  } else if (kuid !== old.uid && kuid !== old.suid) return refuse(k, made);
  k.trace.write(made, 'euid', kuid);
  k.trace.write(made, 'fsuid', kuid);
  return commit_uid(k, made);
}

/** setreuid(2). Errors: EINVAL, EPERM. */
export function sys_setreuid(k: Kernel, ruid: number, euid: number): 0 | Err {
  const { cred: old } = k.current;
  const ids = mapped((id) => make_kuid(old.user_ns, id), [ruid, euid]);
  if (!ids) return err('EINVAL');
  const [kruid = INVALID_ID, keuid = INVALID_ID] = ids;
  const made = prepare_creds(k);
  const privileged = (): boolean => ns_capable(k, old.user_ns, CAP_SETUID);
  if (ruid !== KEEP) {
    k.trace.write(made, 'uid', kruid);
    if (kruid !== old.uid && kruid !== old.euid && !privileged()) return refuse(k, made);
  }
  if (euid !== KEEP) {
    k.trace.write(made, 'euid', keuid);
    if (keuid !== old.uid && keuid !== old.euid && keuid !== old.suid && !privileged()) return refuse(k, made);
  }
  if (ruid !== KEEP || (euid !== KEEP && keuid !== old.uid)) k.trace.write(made, 'suid', made.euid);
  k.trace.write(made, 'fsuid', made.euid);
  return commit_uid(k, made);
}

/** setresuid(2). Errors: EINVAL, EPERM. */
export function sys_setresuid(k: Kernel, ruid: number, euid: number, suid: number): 0 | Err {
  const { cred: old } = k.current;
  const ids = mapped((id) => make_kuid(old.user_ns, id), [ruid, euid, suid]);
  if (!ids) return err('EINVAL');
  const own = [old.uid, old.euid, old.suid];
  if (ids.some((id) => id !== INVALID_ID && !own.includes(id)) && !ns_capable(k, old.user_ns, CAP_SETUID)) return err('EPERM');
  const [kruid = INVALID_ID, keuid = INVALID_ID, ksuid = INVALID_ID] = ids;
  const made = prepare_creds(k);
  if (ruid !== KEEP) k.trace.write(made, 'uid', kruid);
  if (euid !== KEEP) k.trace.write(made, 'euid', keuid);
  if (suid !== KEEP) k.trace.write(made, 'suid', ksuid);
  k.trace.write(made, 'fsuid', made.euid);
  return commit_uid(k, made);
}

function commit_uid(k: Kernel, made: cred): 0 {
  cap_setuid_fixup(k, made, k.current.cred);
  set_cred_ucounts(k, made);
  return commit_creds(k, made);
}

function refuse(k: Kernel, made: cred): Err {
  abort_creds(k, made);
  return err('EPERM');
}

/**
 * Leaving root takes capabilities away: permitted and effective (and ambient) when the last of uid, euid, suid that was root changes,
 * effective alone when euid does; becoming effectively root gives the effective set back. "Root" is what uid 0 of the user namespace maps to.
 */
function cap_setuid_fixup(k: Kernel, made: cred, old: cred): void {
  if ((made.securebits & SECURE_NO_SETUID_FIXUP) !== 0) return;
  const root = make_kuid(old.user_ns, 0);
  const was = old.uid === root || old.euid === root || old.suid === root;
  const is = made.uid === root || made.euid === root || made.suid === root;
  if (was && !is) {
    if ((made.securebits & SECURE_KEEP_CAPS) === 0) {
      k.trace.write(made, 'cap_permitted', 0n);
      k.trace.write(made, 'cap_effective', 0n);
    }
    k.trace.write(made, 'cap_ambient', 0n);
  }
  if (old.euid === root && made.euid !== root) k.trace.write(made, 'cap_effective', 0n);
  if (old.euid !== root && made.euid === root) k.trace.write(made, 'cap_effective', made.cap_permitted);
}

/** setgid(2). Errors: EINVAL, EPERM. */
export function sys_setgid(k: Kernel, gid: number): 0 | Err {
  const { cred: old } = k.current;
  const kgid = make_kgid(old.user_ns, gid >>> 0);
  if (kgid === INVALID_ID) return err('EINVAL');
  const made = prepare_creds(k);
  if (ns_capable(k, old.user_ns, CAP_SETGID)) {
    for (const field of ['gid', 'egid', 'sgid', 'fsgid'] as const) k.trace.write(made, field, kgid);
  } else if (kgid === old.gid || kgid === old.sgid) {
    k.trace.write(made, 'egid', kgid);
    k.trace.write(made, 'fsgid', kgid);
  } else return refuse(k, made);
  return commit_creds(k, made);
}

/** setregid(2). Errors: EINVAL, EPERM. */
export function sys_setregid(k: Kernel, rgid: number, egid: number): 0 | Err {
  const { cred: old } = k.current;
  const ids = mapped((id) => make_kgid(old.user_ns, id), [rgid, egid]);
  if (!ids) return err('EINVAL');
  const [krgid = INVALID_ID, kegid = INVALID_ID] = ids;
  const made = prepare_creds(k);
  const privileged = (): boolean => ns_capable(k, old.user_ns, CAP_SETGID);
  if (rgid !== KEEP) {
    if (krgid !== old.gid && krgid !== old.egid && !privileged()) return refuse(k, made);
    k.trace.write(made, 'gid', krgid);
  }
  if (egid !== KEEP) {
    if (kegid !== old.gid && kegid !== old.egid && kegid !== old.sgid && !privileged()) return refuse(k, made);
    k.trace.write(made, 'egid', kegid);
  }
  if (rgid !== KEEP || (egid !== KEEP && kegid !== old.gid)) k.trace.write(made, 'sgid', made.egid);
  k.trace.write(made, 'fsgid', made.egid);
  return commit_creds(k, made);
}

/** setresgid(2). Errors: EINVAL, EPERM. */
export function sys_setresgid(k: Kernel, rgid: number, egid: number, sgid: number): 0 | Err {
  const { cred: old } = k.current;
  const ids = mapped((id) => make_kgid(old.user_ns, id), [rgid, egid, sgid]);
  if (!ids) return err('EINVAL');
  const own = [old.gid, old.egid, old.sgid];
  if (ids.some((id) => id !== INVALID_ID && !own.includes(id)) && !ns_capable(k, old.user_ns, CAP_SETGID)) return err('EPERM');
  const [krgid = INVALID_ID, kegid = INVALID_ID, ksgid = INVALID_ID] = ids;
  const made = prepare_creds(k);
  if (rgid !== KEEP) k.trace.write(made, 'gid', krgid);
  if (egid !== KEEP) k.trace.write(made, 'egid', kegid);
  if (sgid !== KEEP) k.trace.write(made, 'sgid', ksgid);
  k.trace.write(made, 'fsgid', made.egid);
  return commit_creds(k, made);
}

/** Capabilities over files: they follow the file system uid. */
const CAP_FS = [CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_FSETID].reduce((set, cap) => set | cap_bit(cap), 0n);

/** setfsuid(2). Never fails: returns the file system uid as it was. */
export function sys_setfsuid(k: Kernel, uid: number): number {
  const { cred: old } = k.current;
  const was = from_kuid_munged(old.user_ns, old.fsuid);
  const kuid = make_kuid(old.user_ns, uid >>> 0);
  const own = kuid === old.uid || kuid === old.euid || kuid === old.suid || kuid === old.fsuid;
  if (kuid === INVALID_ID || kuid === old.fsuid || (!own && !ns_capable(k, old.user_ns, CAP_SETUID))) return was;
  const made = prepare_creds(k);
  k.trace.write(made, 'fsuid', kuid);
  const root = make_kuid(old.user_ns, 0);
  if ((made.securebits & SECURE_NO_SETUID_FIXUP) === 0) {
    if (old.fsuid === root && kuid !== root) k.trace.write(made, 'cap_effective', made.cap_effective & ~CAP_FS);
    if (old.fsuid !== root && kuid === root) k.trace.write(made, 'cap_effective', made.cap_effective | (made.cap_permitted & CAP_FS));
  }
  commit_creds(k, made);
  return was;
}

/** setfsgid(2). Never fails: returns the file system gid as it was. */
export function sys_setfsgid(k: Kernel, gid: number): number {
  const { cred: old } = k.current;
  const was = from_kgid_munged(old.user_ns, old.fsgid);
  const kgid = make_kgid(old.user_ns, gid >>> 0);
  const own = kgid === old.gid || kgid === old.egid || kgid === old.sgid || kgid === old.fsgid;
  if (kgid === INVALID_ID || kgid === old.fsgid || (!own && !ns_capable(k, old.user_ns, CAP_SETGID))) return was;
  const made = prepare_creds(k);
  k.trace.write(made, 'fsgid', kgid);
  commit_creds(k, made);
  return was;
}

/** Supplementary groups as the caller's user namespace numbers them; those without a number are 65534. */
export function sys_getgroups(k: Kernel): number[] {
  const { user_ns, group_info } = k.current.cred;
  return group_info.map((kgid) => from_kgid_munged(user_ns, kgid));
}

/** May the caller set groups: CAP_SETGID, and (3.19) gid_map written and not denied [F4k F4l]. */
export function may_setgroups(k: Kernel): boolean {
  const { user_ns } = k.current.cred;
  if (!ns_capable(k, user_ns, CAP_SETGID)) return false;
  return !k.features.setgroups || (user_ns.gid_map.length > 0 && user_ns.setgroups_allowed);
}

/** setgroups(2). Errors: EPERM, EINVAL (more than 65536, or one not mapped). */
export function sys_setgroups(k: Kernel, gids: readonly number[]): 0 | Err {
  if (!may_setgroups(k)) return err('EPERM');
  if (gids.length > 65536) return err('EINVAL');
  const { user_ns } = k.current.cred;
  const kgids = gids.map((gid) => make_kgid(user_ns, gid >>> 0));
  if (kgids.includes(INVALID_ID)) return err('EINVAL');
  const made = prepare_creds(k);
  k.trace.write(made, 'group_info', kgids.sort((a, b) => a - b));
  return commit_creds(k, made);
}
