import { CAP_SETPCAP, cap_bit, cap_full_set, cap_issubset, cap_raised, ns_capable } from './capability.ts';
import { commit_creds, prepare_creds } from './cred.ts';
import type { cred } from './cred.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';

/** Bits of PR_SET_SECUREBITS; each has its lock one bit higher. */
export const SECURE_NOROOT = 1 << 0;
export const SECURE_NO_SETUID_FIXUP = 1 << 2;
export const SECURE_KEEP_CAPS = 1 << 4;
export const SECURE_NO_CAP_AMBIENT_RAISE = 1 << 6;
const ALL_BITS = SECURE_NOROOT | SECURE_NO_SETUID_FIXUP | SECURE_KEEP_CAPS | SECURE_NO_CAP_AMBIENT_RAISE;
const ALL_LOCKS = ALL_BITS << 1;
const KEEP_CAPS_LOCKED = SECURE_KEEP_CAPS << 1;

export const PR_GET_KEEPCAPS = 7;
export const PR_SET_KEEPCAPS = 8;
export const PR_CAPBSET_READ = 23;
export const PR_CAPBSET_DROP = 24;
export const PR_GET_SECUREBITS = 27;
export const PR_SET_SECUREBITS = 28;
export const PR_CAP_AMBIENT = 47;
const PR_CAP_AMBIENT_IS_SET = 1;
const PR_CAP_AMBIENT_RAISE = 2;
const PR_CAP_AMBIENT_LOWER = 3;
const PR_CAP_AMBIENT_CLEAR_ALL = 4;

/** The options of prctl(2) that are about capabilities; null for all others. Errors: EINVAL, EPERM. */
export function cap_task_prctl(k: Kernel, option: number, arg2: number, arg3: number, arg4: number, arg5: number): number | null {
  const { cred: old } = k.current;
  switch (option) {
    case PR_CAPBSET_READ:
      return valid(k, arg2) ? Number(cap_raised(old.cap_bset, arg2)) : err('EINVAL');
    case PR_CAPBSET_DROP:
      if (!ns_capable(k, old.user_ns, CAP_SETPCAP)) return err('EPERM');
      if (!valid(k, arg2)) return err('EINVAL');
      return change(k, 'cap_bset', old.cap_bset & ~cap_bit(arg2));
    case PR_GET_SECUREBITS: return old.securebits;
    case PR_SET_SECUREBITS: return set_securebits(k, old, arg2);
    case PR_GET_KEEPCAPS: return Number((old.securebits & SECURE_KEEP_CAPS) !== 0);
    case PR_SET_KEEPCAPS:
      if (arg2 !== 0 && arg2 !== 1) return err('EINVAL');
      if ((old.securebits & KEEP_CAPS_LOCKED) !== 0) return err('EPERM');
      return change(k, 'securebits', arg2 ? old.securebits | SECURE_KEEP_CAPS : old.securebits & ~SECURE_KEEP_CAPS);
    case PR_CAP_AMBIENT: return k.features.cap_ambient ? ambient(k, old, arg2, arg3, arg4, arg5) : err('EINVAL');
    default: return null;
  }
}

/** Locked bits stay, locks stay, nothing unknown, and CAP_SETPCAP is needed: EPERM otherwise. */
function set_securebits(k: Kernel, old: cred, bits: number): 0 | Err {
  const locked = (old.securebits & ALL_LOCKS) >> 1;
  const refused = (locked & (old.securebits ^ bits)) !== 0 || (old.securebits & ALL_LOCKS & ~bits) !== 0 || (bits & ~(ALL_BITS | ALL_LOCKS)) !== 0
    || !ns_capable(k, old.user_ns, CAP_SETPCAP);
  return refused ? err('EPERM') : change(k, 'securebits', bits);
}

function ambient(k: Kernel, old: cred, what: number, cap: number, arg4: number, arg5: number): number {
  if (what === PR_CAP_AMBIENT_CLEAR_ALL) return cap !== 0 || arg4 !== 0 || arg5 !== 0 ? err('EINVAL') : change(k, 'cap_ambient', 0n);
  if (arg4 !== 0 || arg5 !== 0 || !valid(k, cap)) return err('EINVAL');
  switch (what) {
    case PR_CAP_AMBIENT_IS_SET: return Number(cap_raised(old.cap_ambient, cap));
    case PR_CAP_AMBIENT_RAISE:
      if (!cap_raised(old.cap_permitted, cap) || !cap_raised(old.cap_inheritable, cap) || (old.securebits & SECURE_NO_CAP_AMBIENT_RAISE) !== 0) return err('EPERM');
      return change(k, 'cap_ambient', old.cap_ambient | cap_bit(cap));
    case PR_CAP_AMBIENT_LOWER: return change(k, 'cap_ambient', old.cap_ambient & ~cap_bit(cap));
    default: return err('EINVAL');
  }
}

function valid(k: Kernel, cap: number): boolean {
  return Number.isInteger(cap) && cap >= 0 && cap <= k.features.cap_last;
}

function change<F extends 'securebits' | 'cap_bset' | 'cap_ambient'>(k: Kernel, field: F, value: cred[F]): 0 {
  const made = prepare_creds(k);
  k.trace.write(made, field, value);
  return commit_creds(k, made);
}

/** Three of a task's five sets. */
export interface cap_user_data { readonly effective: bigint; readonly permitted: bigint; readonly inheritable: bigint }

/** capget(2) of a task, already found. */
export function cap_capget(of: cred): cap_user_data {
  return { effective: of.cap_effective, permitted: of.cap_permitted, inheritable: of.cap_inheritable };
}

/** capset(2), for the caller only: effective within the new permitted, permitted within the old, inheritable within what may be passed on. EPERM. */
export function cap_capset(k: Kernel, to: cap_user_data): 0 | Err {
  const { cred: old } = k.current;
  const full = cap_full_set(k);
  const effective = to.effective & full;
  const permitted = to.permitted & full;
  const inheritable = to.inheritable & full;
  const limited = !ns_capable(k, old.user_ns, CAP_SETPCAP);
  if (limited && !cap_issubset(inheritable, old.cap_inheritable | old.cap_permitted)) return err('EPERM');
  if (!cap_issubset(inheritable, old.cap_inheritable | old.cap_bset)) return err('EPERM');
  if (!cap_issubset(permitted, old.cap_permitted) || !cap_issubset(effective, permitted)) return err('EPERM');
  const made = prepare_creds(k);
  k.trace.write(made, 'cap_effective', effective);
  k.trace.write(made, 'cap_permitted', permitted);
  k.trace.write(made, 'cap_inheritable', inheritable);
  k.trace.write(made, 'cap_ambient', made.cap_ambient & permitted & inheritable);
  return commit_creds(k, made);
}
