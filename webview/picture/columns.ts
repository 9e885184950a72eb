import type { NsLink, NsType } from '../../helper/protocol.ts';
import { NS_LINKS, typeOfLink } from '../../helper/protocol.ts';
import type { Subject } from './subject.ts';

/** One column of the table: one of the ten links in `/proc/PID/ns`. */
export interface Column {
  readonly link: NsLink;
  readonly type: NsType;
  /** Not of the task itself but of the children it will have. */
  readonly forChildren: boolean;
  /** Rows are not all in the same namespace (or some could not be read). */
  readonly differs: boolean;
}

/** The order of the slots in the kernel's nsproxy, each with its for-children twin beside it; user, which hangs on the credentials, last. */
const ORDER: readonly NsLink[] = ['uts', 'ipc', 'mnt', 'pid', 'pid_for_children', 'net', 'cgroup', 'time', 'time_for_children', 'user'];

/** Place of a link in a tuple of ten inodes. */
export function place(link: NsLink): number {
  return NS_LINKS.indexOf(link);
}

/** The eight types, and a for-children column only where it says something that its twin does not. */
export function columnsOf(subject: Subject, rows: readonly { readonly ns: readonly (number | null)[] }[]): Column[] {
  const says = (link: NsLink): boolean => {
    const type = typeOfLink(link);
    return link === type || subject.tasks.some((task) => {
      const own = task.ns[place(type)];
      const children = task.ns[place(link)];
      if (own == null || task.zombie) return false;
      // ENOENT: unshare(CLONE_NEWPID) was called, but there is no first child yet, and so no namespace to link to
      return children == null ? task.unread[link] === 'ENOENT' : children !== own;
    });
  };
  return ORDER.filter(says).map((link) => {
    const first = rows[0]?.ns[place(link)] ?? null;
    return {
      link, type: typeOfLink(link), forChildren: link !== typeOfLink(link),
      differs: rows.some((row) => (row.ns[place(link)] ?? null) === null || row.ns[place(link)] !== first),
    };
  });
}
