import { cap_issubset } from './capability.ts';
import { prepare_creds, set_cred_ucounts } from './cred.ts';
import type { cred } from './cred.ts';
import type { Kernel } from './kernel.ts';
import { SECURE_KEEP_CAPS, SECURE_NOROOT } from './securebits.ts';
import { make_kuid } from './uidgid.ts';

/** What of the file that is executed matters: set-user-id and set-group-id owners (kernel-wide), and its capabilities. */
export interface bprm_file {
  /** Owner if the set-user-id bit counts (mapped, mount allows it, no no_new_privs); else null. */
  readonly suid: number | null;
  readonly sgid: number | null;
  /** File capabilities; null when it has none. */
  readonly caps: { readonly permitted: bigint; readonly inheritable: bigint; readonly effective: boolean } | null;
}

/**
 * Credentials for after an exec (KERNEL.md 6.6, capabilities(7)): saved and file system ids follow the effective ones; unless root (uid 0
 * of the user namespace) runs it, capabilities are lost but for ambient and file ones. `secure`: the program must not trust its environment.
 */
export function exec_creds(k: Kernel, file: bprm_file): { readonly cred: cred; readonly secure: boolean } {
  const made = prepare_creds(k);
  const old = k.current.cred;
  const write = <F extends keyof cred>(field: F, value: cred[F]): void => k.trace.write(made, field, value);
  if (file.suid !== null) write('euid', file.suid);
  if (file.sgid !== null) write('egid', file.sgid);
  const root = make_kuid(made.user_ns, 0);
  const is_real = made.uid === root;
  const is_eff = made.euid === root;
  const setid = made.euid !== old.uid || made.egid !== old.gid;

  const { caps } = file;
  let effective = caps?.effective ?? false;
  let gained = caps ? (made.cap_bset & caps.permitted) | (made.cap_inheritable & caps.inheritable) : 0n;
  if ((made.securebits & SECURE_NOROOT) === 0 && !(caps && !is_real && is_eff)) {
    if (is_real || is_eff) gained = old.cap_bset | old.cap_inheritable;
    if (is_eff) effective = true;
  }
  if (k.current.no_new_privs) gained &= old.cap_permitted;
  const ambient = caps || setid ? 0n : made.cap_ambient;
  write('cap_ambient', ambient);
  write('cap_permitted', gained | ambient);
  write('cap_effective', effective ? gained | ambient : ambient);
  write('securebits', made.securebits & ~SECURE_KEEP_CAPS);
  write('suid', made.euid);
  write('fsuid', made.euid);
  write('sgid', made.egid);
  write('fsgid', made.egid);
  set_cred_ucounts(k, made);
  const grew = !cap_issubset(made.cap_permitted, old.cap_permitted | old.cap_ambient);
  return { cred: made, secure: setid || (!is_real && (effective || grew)) };
}
