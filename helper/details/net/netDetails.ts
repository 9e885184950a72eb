import type { Errno, Listener, NetDetails } from '../../protocol.ts';
import type { Visitor } from '../../kernel/visit.ts';
import { joinInterfaces } from './interfaces.ts';
import type { Listening } from './listening.ts';
import { LISTENER_FILES, parseListening } from './listening.ts';
import type { NetFiles, NetPlace } from './netFiles.ts';
import { exactAddresses, readNetFiles } from './netFiles.ts';
import { parseRoutes4, parseRoutes6, shownRoutes } from './routes.ts';
import { findSocketOwners } from './socketOwners.ts';

const FILES = ['dev', 'if_inet6', 'fib_trie', 'route', 'ipv6_route', ...LISTENER_FILES] as const;
/** Absent where IPv6 is off, which is no failure. */
const OPTIONAL: ReadonlySet<string> = new Set(['if_inet6', 'ipv6_route', 'tcp6', 'udp6']);

/** Everything about one net namespace; `pids` are the processes that may have its sockets open. */
export function readNetDetails(place: NetPlace, visitor: Visitor, pids: readonly number[]): { net?: NetDetails; unread: Record<string, Errno> } {
  const files = readNetFiles(place, FILES, visitor);
  if (typeof files === 'string') return { unread: { net: files } };
  const unread: Record<string, Errno> = {};
  const text = (name: (typeof FILES)[number]): string => {
    const file = files[name];
    if (typeof file !== 'string') return file.text;
    if (!(file === 'ENOENT' && OPTIONAL.has(name))) unread[name] = file;
    return '';
  };
  const routes4 = parseRoutes4(text('route'));
  const exact = exactAddresses(place, visitor);
  const { interfaces, unplaced } = joinInterfaces({
    dev: text('dev'), ifInet6: text('if_inet6'), fibTrie: text('fib_trie'), routes: routes4,
    exact: typeof exact === 'string' ? new Map<string, readonly string[]>() : exact,
  });
  for (const address of unplaced) unread[`interface of ${address}`] = typeof exact === 'string' ? exact : 'ENODEV';
  const routes = shownRoutes(routes4, parseRoutes6(text('ipv6_route')));
  for (const name of LISTENER_FILES) text(name); // for the reasons
  const { listeners, unreadOwners } = withOwners(listeningOf(files, place.inode), pids);
  if (unreadOwners) unread['processes'] = unreadOwners;
  return { net: { interfaces, routes, listeners }, unread };
}

/** Listening sockets of all these namespaces. */
export function readAllListeners(places: readonly NetPlace[], pids: readonly number[], visitor: Visitor): { listeners: Listener[]; unread: { netNamespace: number; errno: Errno }[] } {
  const found: (Listening & { netNamespace: number })[] = [];
  const unread: { netNamespace: number; errno: Errno }[] = [];
  const done = new Set<number>();
  for (const place of places) {
    if (done.has(place.inode)) continue;
    done.add(place.inode);
    const files = readNetFiles(place, LISTENER_FILES, visitor);
    if (typeof files === 'string') unread.push({ netNamespace: place.inode, errno: files });
    else found.push(...listeningOf(files, place.inode));
  }
  return { listeners: withOwners(found, pids).listeners, unread };
}

function listeningOf(files: NetFiles<(typeof LISTENER_FILES)[number]>, netNamespace: number): (Listening & { netNamespace: number })[] {
  return LISTENER_FILES.flatMap((name) => {
    const file = files[name];
    return typeof file === 'string' ? [] : parseListening(name, file.text).map((socket) => ({ ...socket, netNamespace }));
  });
}

function withOwners(found: readonly (Listening & { netNamespace: number })[], pids: readonly number[]): { listeners: Listener[]; unreadOwners: Errno | undefined } {
  const { owners, unread } = findSocketOwners(new Set(found.map(({ inode }) => inode)), pids);
  const listeners = found.map((socket) => ({ ...socket, processes: owners.get(socket.inode) ?? [] }));
  return { listeners, unreadOwners: listeners.some(({ processes }) => processes.length === 0) ? unread : undefined };
}
