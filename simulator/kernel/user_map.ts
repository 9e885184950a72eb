import { CAP_SETFCAP, CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN, file_ns_capable, ns_capable } from './capability.ts';
import type { cred } from './cred.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { INVALID_ID, map_id_down, map_id_up } from './uidgid.ts';
import type { uid_gid_extent, user_namespace } from './user.ts';

export type MapName = 'uid_map' | 'gid_map' | 'projid_map';

const PAGE_SIZE = 4096;
const OVERFLOW = 0xffffffff;

/** A writer: whoever opened the file. */
interface Opened { readonly f_cred: cred }

/**
 * Writes `/proc/PID/{uid,gid,projid}_map` (KERNEL.md 5.6, in its order). `ns`: the user namespace of PID. The number of bytes written.
 * Errors: EPERM, EINVAL.
 */
export function map_write(k: Kernel, file: Opened, ns: user_namespace, name: MapName, text: string, pos = 0): number | Err {
  const opener_ns = file.f_cred.user_ns;
  if (!ns.parent || (opener_ns !== ns && opener_ns !== ns.parent)) return err('EPERM');
  if (pos !== 0 || text.length >= PAGE_SIZE) return err('EINVAL');
  if (ns[name].length !== 0) return err('EPERM');
  if (name !== 'projid_map' && !file_ns_capable(k, file, ns, CAP_SYS_ADMIN)) return err('EPERM');
  const lines = parse(text, k.features.map_lines);
  if (!lines) return err('EINVAL');
  if (!new_idmap_permitted(k, file, ns, name, lines)) return err('EPERM');
  const extents: uid_gid_extent[] = [];
  for (const { first, lower_first, count } of lines) {
    const lower = map_range_down(ns.parent[name], lower_first, count);
    if (lower === INVALID_ID) return err('EPERM');
    extents.push({ first, lower_first: lower, count });
  }
  k.trace.write(ns, name, extents);
  return text.length;
}

/** Lines `inside outside count` in decimal; null for anything else. One newline may end the last. */
function parse(text: string, most: number): uid_gid_extent[] | null {
  const rows: uid_gid_extent[] = [];
  const nul = text.indexOf('\0');
  const lines = (nul < 0 ? text : text.slice(0, nul)).split('\n');
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    const found = /^[ \t\v\f\r]*(\d+)[ \t\v\f\r]+(\d+)[ \t\v\f\r]+(\d+)[ \t\v\f\r]*$/.exec(line);
    if (!found) return null;
    const [first = 0, lower_first = 0, count = 0] = found.slice(1).map((field) => Number(BigInt.asUintN(32, BigInt(field))));
    if (first === OVERFLOW || lower_first === OVERFLOW || count === 0) return null;
    if (first + count > OVERFLOW || lower_first + count > OVERFLOW) return null;
    const row = { first, lower_first, count };
    if (rows.some((other) => overlap(other, row))) return null;
    rows.push(row);
    if (rows.length > most) return null;
  }
  return rows;
}

function overlap(a: uid_gid_extent, b: uid_gid_extent): boolean {
  return (a.first < b.first + b.count && b.first < a.first + a.count) || (a.lower_first < b.lower_first + b.count && b.lower_first < a.lower_first + a.count);
}

/** The whole range must lie in one extent of the parent. */
function map_range_down(map: readonly uid_gid_extent[], id: number, count: number): number {
  const within = map.some((extent) => id >= extent.first && id + count <= extent.first + extent.count);
  return within ? map_id_down(map, id) : INVALID_ID;
}

/** Rule 6: root of the parent needs CAP_SETFCAP; then one's own id, or CAP_SETUID/SETGID over the parent for both writer and opener. */
function new_idmap_permitted(k: Kernel, file: Opened, ns: user_namespace, name: MapName, lines: readonly uid_gid_extent[]): boolean {
  const { parent } = ns;
  if (!parent) return false;
  const opener = file.f_cred;
  if (name === 'uid_map' && k.features.map_root_needs_setfcap && lines.some(({ lower_first }) => lower_first === 0)) {
    const allowed = opener.user_ns === ns ? ns.parent_could_setfcap : file_ns_capable(k, file, parent, CAP_SETFCAP);
    if (!allowed) return false;
  }
  const [only] = lines;
  if (lines.length === 1 && only?.count === 1 && opener.euid === ns.owner_uid) {
    if (name === 'uid_map' && map_id_down(parent.uid_map, only.lower_first) === opener.euid) return true;
    if (name === 'gid_map' && (!k.features.setgroups || !ns.setgroups_allowed) && map_id_down(parent.gid_map, only.lower_first) === opener.egid) return true;
  }
  if (name === 'projid_map') return true;
  const cap = name === 'uid_map' ? CAP_SETUID : CAP_SETGID;
  return ns_capable(k, parent, cap) && file_ns_capable(k, file, parent, cap);
}

/** What reading a map shows: inside, outside as the reader's user namespace numbers it (its parent's for one inside), count. */
export function map_show(ns: user_namespace, name: MapName, reader: user_namespace): string {
  const lower_ns = reader === ns && ns.parent ? ns.parent : reader;
  const field = (value: number): string => String(value).padStart(10);
  return ns[name].map(({ first, lower_first, count }) => {
    const lower = map_id_up(lower_ns[name], lower_first);
    return `${field(first)} ${field(lower === INVALID_ID ? OVERFLOW : lower)} ${field(count)}\n`;
  }).join('');
}

/** Writes `/proc/PID/setgroups`: "allow" or "deny". Errors: EINVAL, EPERM. */
export function proc_setgroups_write(k: Kernel, ns: user_namespace, text: string, pos = 0): number | Err {
  if (pos !== 0 || text.length >= 8) return err('EINVAL');
  const word = /^(allow|deny)[ \t\n\v\f\r]*(?:\0.*)?$/s.exec(text)?.[1];
  if (!word) return err('EINVAL');
  if (word === 'allow') return ns.setgroups_allowed ? text.length : err('EPERM');
  if (ns.gid_map.length !== 0) return err('EPERM');
  k.trace.write(ns, 'setgroups_allowed', false);
  return text.length;
}

export function proc_setgroups_show(ns: user_namespace): string {
  return ns.setgroups_allowed ? 'allow\n' : 'deny\n';
}

/** May this task open `/proc/PID/setgroups` for writing: CAP_SYS_ADMIN in that user namespace. EACCES. */
export function proc_setgroups_open(k: Kernel, ns: user_namespace, write: boolean): 0 | Err {
  return write && !ns_capable(k, ns, CAP_SYS_ADMIN) ? err('EACCES') : 0;
}
