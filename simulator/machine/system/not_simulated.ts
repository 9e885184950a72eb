import { SYSCALL_NAMES } from '../../kernel/syscalls/numbers.ts';
import { notModelled } from '../../kernel/syscalls.ts';

/** Names of families that a real kernel has and the model has not. */
const FAMILIES: ReadonlyMap<number, string> = new Map([[3, 'AF_AX25'], [15, 'AF_KEY'], [17, 'AF_PACKET'], [31, 'AF_BLUETOOTH'], [38, 'AF_ALG'], [40, 'AF_VSOCK'], [44, 'AF_XDP']]);
const AF_NETLINK = 16;
/** Protocols of netlink that a real kernel has and the model has not. */
const NETLINKS: ReadonlyMap<number, string> = new Map([[2, 'NETLINK_USERSOCK'], [6, 'NETLINK_XFRM'], [9, 'NETLINK_AUDIT'], [12, 'NETLINK_NETFILTER'], [15, 'NETLINK_KOBJECT_UEVENT'], [16, 'NETLINK_GENERIC']]);

/** Knows which system calls do not do what the real ones do, because nobody modelled them. `own`: names of those that the machine does itself. */
export class NotSimulated {
  readonly #names: ReadonlySet<string>;

  constructor(own: readonly string[]) {
    const done = new Set(own);
    this.#names = new Set(notModelled.filter((name) => !done.has(name)));
  }

  /** How to call what is asked for, if it is not simulated. */
  named(nr: number, args: readonly number[]): string | null {
    const name = SYSCALL_NAMES.get(nr);
    if (name === undefined) return null;
    if (this.#names.has(name)) return `${name}()`;
    if (name === 'socket') {
      const netlink = args[0] === AF_NETLINK ? NETLINKS.get(args[2] ?? 0) : undefined;
      if (netlink !== undefined) return `socket(AF_NETLINK, ${netlink})`;
      const family = FAMILIES.get(args[0] ?? 0);
      return family === undefined ? null : `socket(${family})`;
    }
    return null;
  }
}
