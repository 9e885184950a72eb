import { ns_common } from './ns_common.ts';
import { Counted } from './object.ts';
import { Table } from './trace.ts';
import type { user_namespace } from './user.ts';

/** A group of the v2 hierarchy. The model has one hierarchy, so a css_set is named by its group. */
export class cgroup extends Counted {
  override readonly kind = 'cgroup group';
  readonly parent: cgroup | null;
  /** Last part of its path; '' for the root. */
  readonly name: string;
  readonly children = new Table<string, cgroup>(this, 'children');
  /** Owner (kuid, kgid) of its directory and of its cgroup.procs, mode bits. */
  uid = 0;
  gid = 0;
  constructor(parent: cgroup | null, name: string) {
    super();
    this.parent = parent;
    this.name = name;
  }
}

export class cgroup_namespace extends ns_common {
  override readonly kind = 'cgroup';
  readonly user_ns: user_namespace;
  /** The group that shows as "/" inside. */
  readonly root_cset: cgroup;
  constructor(user_ns: user_namespace, root_cset: cgroup) {
    super();
    this.user_ns = user_ns;
    this.root_cset = root_cset;
  }
  override get owner(): user_namespace { return this.user_ns; }
}
