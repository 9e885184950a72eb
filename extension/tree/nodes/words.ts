import type { NsType } from '../../../helper/protocol.ts';

/** Order of the groups "by type": what people look for most comes first. */
export const GROUP_ORDER: readonly NsType[] = ['uts', 'net', 'pid', 'mnt', 'ipc', 'cgroup', 'user', 'time'];

/** Order in which a process's namespaces are named: that of the kernel's `struct nsproxy`, then the two that came with their own rules. */
export const NAMED_ORDER: readonly NsType[] = ['uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'user', 'time'];

/** `1 process`, `3 processes`, `1,204 processes`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return n === 1 ? `1 ${one}` : `${number(n)} ${many}`;
}

/** Thousands separated by commas, the same in every locale, as the rest of the interface is English. */
export function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function processes(n: number): string {
  return count(n, 'process', 'processes');
}
