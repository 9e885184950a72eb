import fs from 'node:fs';
import type { EnterCaller, EnterNamespace, EnterPlan, EnterTarget, Errno, NsType } from '../protocol.ts';
import { capabilitiesIn } from '../kernel/capabilities.ts';
import type { Native } from '../kernel/native.ts';
import { openNamespace } from '../kernel/openNamespace.ts';
import { nsInode, readProcFile } from '../kernel/procFile.ts';
import type { Pins } from './pins.ts';
import { readIds, readProcess, startOf } from './process.ts';
import { ENTER_ORDER, Relations } from './relations.ts';
import { findShells } from './shells.ts';
import { findNsenter } from './tool.ts';

/** A namespace as the scanner knows it: a file that leads to it, and a process in it. */
export interface Route { readonly type: NsType; readonly inode: number; readonly path: string | null; readonly memberPid: number | null }

/** The target is not what it was when it was chosen. `message` is for people. */
export class TargetGone extends Error {}

/**
 * Opens and reads all that `EnterPlan` tells. `routeOf`: how a namespace is reached now; null: it is gone. `caller`: the process as whose child a terminal would enter.
 * Throws `TargetGone`.
 */
export function readPlan(target: EnterTarget, native: Native | Errno, pins: Pins, routeOf: (key: string) => Route | null, caller: number | 'self' = 'self'): EnterPlan {
  const relations = new Relations(native);
  const opened: number[] = [];
  try {
    const ready = target.kind === 'process' ? ofProcess(target, relations, opened, caller) : ofNamespace(target.key, relations, opened, routeOf, caller);
    const own = fs.openSync(`/proc/${caller}/ns/user`, 'r');
    try {
      relations.user(own);
    } finally {
      fs.closeSync(own);
    }
    const hostShells = findShells('', process.geteuid?.() ?? null);
    const plan = {
      // the number that /proc knows it by: in another pid namespace than that of the /proc mounted here, process.pid is somebody else
      helperPid: Number(fs.readlinkSync('/proc/self')), target, caller: readCaller(caller), namespaces: ready.namespaces, userNamespaces: relations.userNamespaces,
      ids: ready.idsOf === null ? null : readIds(ready.idsOf), process: ready.process, tool: findNsenter(),
      hostShells: typeof hostShells === 'string' ? [] : hostShells.shells,
    };
    return { pin: pins.hold(opened), ...plan };
  } catch (error) {
    for (const fd of opened) fs.closeSync(fd);
    throw error;
  }
}

interface Ready { readonly namespaces: EnterNamespace[]; readonly process: EnterPlan['process']; readonly idsOf: number | null }

function ofProcess({ pid, start }: Extract<EnterTarget, { kind: 'process' }>, relations: Relations, opened: number[], caller: number | 'self'): Ready {
  const namespaces = ENTER_ORDER.map((type) => look(type, `/proc/${pid}/ns/${type}`, relations, opened, false, caller));
  const process = readProcess(pid, '');
  // last: whatever was opened above was this process's, if it is still the same one now
  const now = startOf(pid);
  if (typeof now === 'string') throw new TargetGone(now === 'ENOENT' || now === 'ESRCH' ? `Process ${pid} has ended.` : `Process ${pid} cannot be looked at (${now}).`);
  if (now.start !== start) throw new TargetGone(`Process ${pid} has ended, and its number belongs to another process now (${now.comm}). Nothing was entered.`);
  if (now.zombie) throw new TargetGone(`Process ${pid} has ended; only its parent has not taken notice yet (it is a zombie). Its namespaces cannot be entered through it.`);
  return { namespaces, process: { ...process, comm: now.comm }, idsOf: pid };
}

function ofNamespace(key: string, relations: Relations, opened: number[], routeOf: (key: string) => Route | null, caller: number | 'self'): Ready {
  const route = routeOf(key);
  if (!route) throw new TargetGone(`The namespace ${key.split(':').slice(0, 2).join(' ')} is gone.`);
  if (route.path === null) throw new TargetGone(`No file that can be opened from here leads to the ${route.type} namespace ${route.inode}.`);
  const found = look(route.type, route.path, relations, opened, route.type === 'pid' && route.memberPid === null, caller);
  if (found.inode !== null && found.inode !== route.inode) throw new TargetGone(`${route.path} leads to another ${route.type} namespace now (${found.inode}). Nothing was entered.`);
  return { namespaces: [{ ...found, inode: found.inode ?? route.inode }], process: null, idsOf: route.type === 'user' ? route.memberPid : null };
}

function look(type: NsType, path: string, relations: Relations, opened: number[], empty: boolean, caller: number | 'self'): EnterNamespace {
  const fd = openNamespace(path);
  if (typeof fd === 'string') return { type, inode: null, same: false, descriptor: null, unread: fd, owner: null, ownerUnread: fd, ancestors: [], ancestorsEnd: fd, empty };
  opened.push(fd);
  const inode = fs.fstatSync(fd).ino;
  const { inode: owner, unread: ownerUnread } = relations.owner(fd);
  if (type === 'user') relations.user(fd);
  const { inodes, end } = type === 'pid' ? relations.ancestors(fd) : { inodes: [], end: null };
  return { type, inode, same: nsInode(caller, type) === inode, descriptor: fd, unread: null, owner, ownerUnread, ancestors: inodes, ancestorsEnd: end, empty };
}

function readCaller(pid: number | 'self'): EnterCaller {
  const status = readProcFile(`/proc/${pid}/status`);
  const text = typeof status === 'string' ? '' : status.text;
  const effective = (name: string): number => Number(new RegExp(`^${name}:\\s*\\d+\\s+(\\d+)`, 'm').exec(text)?.[1] ?? -1);
  const inode = (name: string): number | null => {
    const found = nsInode(pid, name);
    return typeof found === 'number' ? found : null;
  };
  return {
    euid: effective('Uid'), egid: effective('Gid'), capabilities: capabilitiesIn(text, 'CapEff'), bounding: capabilitiesIn(text, 'CapBnd'),
    noNewPrivs: /^NoNewPrivs:\s*1$/m.test(text), userNamespace: inode('user'), pidNamespace: inode('pid'), setgroups: readIds(pid).setgroups,
  };
}
