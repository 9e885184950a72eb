/** What is taken from `/proc/PID/status`. */
export interface Status {
  readonly uid: number;
  readonly euid: number;
  /** Null before Linux 4.1, which has no NSpid line. */
  readonly nsPids: readonly number[] | null;
}

/**
 * Reads the text of a `status` file. Its `Name:` line is escaped by the kernel, so a line start is one.
 * Null when the uids are not there.
 */
export function parseStatus(text: string): Status | null {
  const uids = /\nUid:\t(\d+)\t(\d+)/.exec(text);
  if (!uids) return null;
  const nsPids = /\nNSpid:((?:\t\d+)+)/.exec(text);
  return {
    uid: Number(uids[1]), euid: Number(uids[2]),
    nsPids: nsPids ? (nsPids[1] ?? '').split('\t').slice(1).map(Number) : null,
  };
}
