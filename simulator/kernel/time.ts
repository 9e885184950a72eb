import { ns_common } from './ns_common.ts';
import type { user_namespace } from './user.ts';

/** Offsets in nanoseconds that are added to the host's clock. */
export interface timens_offsets { readonly monotonic: bigint; readonly boottime: bigint }

export class time_namespace extends ns_common {
  override readonly kind = 'time';
  readonly user_ns: user_namespace;
  offsets: timens_offsets;
  /** Set when the first task enters: offsets can not be changed any more. */
  frozen_offsets: boolean;
  constructor(user_ns: user_namespace, offsets: timens_offsets, frozen: boolean) {
    super();
    this.user_ns = user_ns;
    this.offsets = offsets;
    this.frozen_offsets = frozen;
  }
  override get owner(): user_namespace { return this.user_ns; }
}
