import type { Contents, Errno, NamespaceField, NsType, Unread } from '../protocol.ts';
import { UTSNAME } from '../kernel/abi.ts';
import type { Native } from '../kernel/native.ts';
import { nsInode, readProcFile } from '../kernel/procFile.ts';
import type { Visitor } from '../kernel/visit.ts';
import { latin1Text } from '../kernel/hostText.ts';
import { parseIdMap, parseTimeOffsets } from './contentText.ts';

export interface ReadContents { readonly contents: Contents; readonly unread: Unread<NamespaceField> }
const NOTHING: ReadContents = { contents: {}, unread: {} };

/**
 * The cheap part of what is in a namespace: maps of a user namespace, clocks of a time namespace, names of a uts namespace.
 * Other kinds have nothing cheap. `ESRCH`: only a process inside could tell, and there is none.
 */
export function readContents(type: NsType, inode: number, fd: number, memberPid: number | null, native: Native | Errno, visitor: Visitor): ReadContents {
  switch (type) {
    case 'user': return userContents(inode, memberPid);
    case 'time': return timeContents(inode, memberPid);
    case 'uts': return utsContents(inode, fd, native, visitor);
    default: return NOTHING;
  }
}

function userContents(inode: number, pid: number | null): ReadContents {
  const away = memberReason(pid, 'user', inode);
  if (away) return { contents: {}, unread: { uidMap: away, gidMap: away, setgroups: away } };
  const contents: { -readonly [K in keyof Contents]: Contents[K] } = {};
  const unread: { -readonly [F in NamespaceField]?: Errno } = {};
  for (const [field, file] of [['uidMap', 'uid_map'], ['gidMap', 'gid_map']] as const) {
    const read = readProcFile(`/proc/${pid}/${file}`);
    const map = typeof read === 'string' ? read : parseIdMap(read.text);
    if (typeof map === 'string') unread[field] = map;
    else contents[field] = map;
  }
  const setgroups = readProcFile(`/proc/${pid}/setgroups`);
  if (typeof setgroups === 'string') unread.setgroups = setgroups;
  else contents.setgroups = setgroups.text.trim();
  return { contents, unread };
}

function timeContents(inode: number, pid: number | null): ReadContents {
  // the file shows the clocks of the process's *children*, which may be of another namespace than its own
  const away = memberReason(pid, 'time_for_children', inode);
  const read = away ?? readProcFile(`/proc/${pid}/timens_offsets`);
  const offsets = typeof read === 'string' ? read : parseTimeOffsets(read.text);
  if (typeof offsets === 'string') return { contents: {}, unread: { monotonicOffset: offsets, boottimeOffset: offsets } };
  return { contents: { monotonicOffset: offsets.monotonic, boottimeOffset: offsets.boottime }, unread: {} };
}

/**
 * /proc has no file for the names of another uts namespace. Measured here: a visit by this thread takes less than 10 µs, a child
 * `nsenter --uts=… uname -n` 4 ms and a process that other viewers would count; so we visit.
 */
function utsContents(inode: number, fd: number, native: Native | Errno, visitor: Visitor): ReadContents {
  const read = (): Contents | Errno => {
    if (typeof native === 'string') return ownUtsNames();
    const result = native.uname(utsname);
    return result === 0 ? { hostname: utsField(UTSNAME.nodename), domainname: utsField(UTSNAME.domainname) } : result;
  };
  const visited = nsInode('thread-self', 'uts') === inode ? { value: read() } : visitor.visit('uts', fd, read);
  const names = typeof visited === 'string' ? visited : visited.value;
  return typeof names === 'string' ? { contents: {}, unread: { hostname: names, domainname: names } } : { contents: names, unread: {} };
}

const utsname = Buffer.alloc(UTSNAME.size);
function utsField(from: number): string {
  const field = utsname.toString('latin1', from, from + UTSNAME.length);
  const end = field.indexOf('\0');
  return latin1Text(end === -1 ? field : field.slice(0, end));
}

function ownUtsNames(): Contents | Errno {
  const hostname = readProcFile('/proc/sys/kernel/hostname');
  const domainname = readProcFile('/proc/sys/kernel/domainname');
  if (typeof hostname === 'string') return hostname;
  if (typeof domainname === 'string') return domainname;
  return { hostname: latin1Text(hostname.text.replace(/\n$/, '')), domainname: latin1Text(domainname.text.replace(/\n$/, '')) };
}

/** Why this process cannot speak for the namespace: there is none, it moved or ended (pids are reused). Undefined: it can. */
function memberReason(pid: number | null, link: string, inode: number): Errno | undefined {
  if (pid === null) return 'ESRCH';
  const there = nsInode(pid, link);
  if (typeof there === 'string') return there;
  return there === inode ? undefined : 'ESRCH';
}
