import type { Errno, NsLink, ProcessField, Unread } from '../protocol.ts';
import { NS_LINKS } from '../protocol.ts';
import type { ProcFs } from './procFs.ts';

/** Parted by a character that neither a link's target nor an errno contains. */
export const SEPARATOR = '|';

/**
 * Ten links that some processes have in common: most processes of a host share one tuple, so that what happens to
 * namespaces is worked out once for each tuple and not once for each process.
 */
export class Tuple {
  /** The targets as read: equal text is an equal tuple, and comparing it costs less than parsing. */
  readonly raw: string;
  /** Ten inodes in the order of `NS_LINKS`; null where unread. */
  readonly ns: readonly (number | null)[];
  readonly unread: Unread<ProcessField>;
  /** Pids of processes (leaders) that have it. */
  readonly members = new Set<number>();
  /** `pid/tid` of threads that have it while their leader has another. */
  readonly threads = new Set<string>();

  constructor(raw: string) {
    this.raw = raw;
    const { ns, unread } = parseLinks(raw);
    this.ns = ns;
    this.unread = unread;
  }

  get unused(): boolean { return this.members.size === 0 && this.threads.size === 0; }
}

/**
 * The ten links in the directory that was entered (`PID/ns` or `PID/task/TID/ns`), unparsed. Permission is asked of the
 * process, not of the link, so the first refusal stands for all.
 * @param absent links that this kernel does not have at all: not asked for (each would cost an exception)
 */
export function readLinks(proc: ProcFs, absent: ReadonlySet<NsLink>): string {
  let raw = '';
  for (const link of NS_LINKS) {
    const target = absent.has(link) ? '!ENOENT' : proc.hereLink(link);
    if (target === '!EACCES' || target === '!EPERM') return target;
    raw += raw === '' ? target : SEPARATOR + target;
  }
  return raw;
}

/** Takes apart what `readLinks` read. When all ten failed in the same way the reason is given once, as `ns`. */
export function parseLinks(raw: string): { ns: readonly (number | null)[]; unread: Unread<ProcessField> } {
  const targets = raw.split(SEPARATOR);
  const ns: (number | null)[] = [];
  const unread: Partial<Record<ProcessField, Errno>> = {};
  const reasons = new Set<Errno>();
  for (const [i, link] of NS_LINKS.entries()) {
    const target = targets[i] ?? targets[0] ?? '';
    const inode = /\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined) {
      ns.push(Number(inode));
    } else {
      ns.push(null);
      const reason = target.startsWith('!') ? target.slice(1) as Errno : 'EFORMAT';
      unread[link] = reason;
      reasons.add(reason);
    }
  }
  const [only] = reasons;
  if (only !== undefined && reasons.size === 1 && ns.every((inode) => inode === null)) return { ns, unread: { ns: only } };
  return { ns, unread };
}
