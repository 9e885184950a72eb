import type { FileTarget } from '../../helper/protocol.ts';

/** The scheme of files as a process sees them: `nslab-file://PID-START/path`. */
export const FILE_SCHEME = 'nslab-file';

/** Where VS Code finds a file of that process. */
export function authorityOf({ pid, start }: Pick<FileTarget, 'pid' | 'start'>): string { return `${pid}-${start}`; }

/** Null: not an address of ours. */
export function targetOf(authority: string, path: string): FileTarget | null {
  const [, pid, start] = /^([1-9]\d{0,9})-(\d{1,20})$/.exec(authority) ?? [];
  return pid === undefined || start === undefined ? null : { pid: Number(pid), start, path: path === '' ? '/' : path };
}
