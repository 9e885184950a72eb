import { Counted } from './object.ts';
import type { ucounts } from './ucount.ts';
import type { user_namespace } from './user.ts';

/** A set of capabilities as a bit set: bit n is capability n (41 of them, so not a 32-bit integer). */
export type kernel_cap_t = bigint;

/** Credentials. Never changed once a task uses them (a changed copy replaces them), except in `prepare_creds`' hands. Ids are kernel-wide (kuid, kgid). */
export class cred extends Counted {
  override readonly kind = 'cred';
  uid = 0; gid = 0; suid = 0; sgid = 0; euid = 0; egid = 0; fsuid = 0; fsgid = 0;
  securebits = 0;
  cap_inheritable: kernel_cap_t = 0n;
  cap_permitted: kernel_cap_t = 0n;
  cap_effective: kernel_cap_t = 0n;
  cap_bset: kernel_cap_t = 0n;
  cap_ambient: kernel_cap_t = 0n;
  group_info: readonly number[] = [];
  user_ns: user_namespace;
  ucounts: ucounts | null = null;
  constructor(user_ns: user_namespace) {
    super();
    this.user_ns = user_ns;
  }
}
