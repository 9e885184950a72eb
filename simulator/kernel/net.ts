import { ns_common } from './ns_common.ts';
import type { user_namespace } from './user.ts';

/** A net namespace; the kernel calls its type `struct net`. */
export class net extends ns_common {
  override readonly kind = 'net';
  readonly user_ns: user_namespace;
  constructor(user_ns: user_namespace) {
    super();
    this.user_ns = user_ns;
  }
  override get owner(): user_namespace { return this.user_ns; }
}
