/**
 * What fork, vfork, clone and clone3 ask for, decoded. Addresses are numbers of the caller's memory, 0 for none; the kernel model only
 * compares and keeps them. `flags` without the exit signal.
 */
export interface kernel_clone_args {
  readonly flags: number;
  readonly exit_signal: number;
  readonly stack?: number;
  readonly stack_size?: number;
  readonly tls?: number;
  /** CLONE_PIDFD: where the descriptor goes. */
  readonly pidfd?: number;
  /** CLONE_PARENT_SETTID: where the caller gets the child's thread id. */
  readonly parent_tid?: number;
  readonly child_tid?: number;
  /** Wanted pids, innermost pid namespace first. */
  readonly set_tid?: readonly number[];
  /** CLONE_INTO_CGROUP: descriptor of the group's directory. */
  readonly cgroup?: number;
  /** Stores a 32-bit number in the caller's memory; false: the address is bad (EFAULT). Absent: nowhere to store. */
  readonly put_user?: (address: number, value: number) => boolean;
}
