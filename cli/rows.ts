import type { Holder } from '../helper/model/holders.ts';
import { holdersOf, indexHolders } from '../helper/model/holders.ts';
import type { HostModel } from '../helper/model/model.ts';
import { visible } from '../helper/model/text.ts';
import type { Namespace, NsType, Process } from '../helper/protocol.ts';
import { NS_TYPES } from '../helper/protocol.ts';
import type { Row } from './table.ts';

/** One row for each namespace of these types: by type, then by inode, as lsns sorts within a type. All text is safe to print. */
export function namespaceRows(model: HostModel, types: readonly NsType[], users: ReadonlyMap<number, string>): Row[] {
  const index = indexHolders(model);
  return [...model.namespaces.values()]
    .filter(({ type }) => types.includes(type))
    .sort((a, b) => NS_TYPES.indexOf(a.type) - NS_TYPES.indexOf(b.type) || a.inode - b.inode)
    .map((namespace) => {
      const members = model.members(namespace);
      const [first] = members;
      return {
        NS: String(namespace.inode), TYPE: namespace.type, NPROCS: String(members.length),
        PID: first ? String(first.pid) : '', USER: first ? userOf(first, users) : '',
        OWNER: namespace.owner === null ? '' : String(namespace.owner),
        'HELD BY': heldBy(holdersOf(model, namespace, index).filter(({ kind }) => kind !== 'process'), members.length === 0, namespace),
        COMMAND: first ? commandOf(first) : '',
      };
    });
}

function userOf({ uid }: Process, users: ReadonlyMap<number, string>): string {
  return uid === null ? '?' : users.get(uid) ?? String(uid);
}

function commandOf(process: Process): string {
  if (process.kernelThread) return `[${visible(process.comm)}]`;
  return process.cmdline && process.cmdline.length > 0 ? process.cmdline.map((arg) => visible(arg)).join(' ') : visible(process.comm);
}

/** What holds it besides the processes in it; for one without processes that is the whole truth, and said so. */
function heldBy(holders: readonly Holder[], processless: boolean, namespace: Namespace): string {
  const of = <K extends Holder['kind']>(kind: K): Extract<Holder, { kind: K }>[] => holders.filter((holder): holder is Extract<Holder, { kind: K }> => holder.kind === kind);
  const words: string[] = [];
  const threads = of('thread');
  if (threads.length > 0) words.push(`${count(threads.length, 'thread')} of ${threads[0]?.process.pid}`);
  const [forChildren] = of('for children');
  if (forChildren) words.push(`children of ${forChildren.process.pid}`);
  for (const mount of of('bind mount')) words.push(`bind mount ${visible(mount.path)}`);
  const fds = of('descriptor');
  if (fds.length > 0) {
    const where = [...new Set(fds.map(({ pid, fd }) => `${pid}:${fd}`))];
    words.push(`${processless && words.length === 0 ? 'fd only' : 'fd'} ${where.slice(0, 3).join(' ')}${where.length > 3 ? ` and ${where.length - 3} more` : ''}`);
  }
  const sockets = of('socket');
  if (sockets.length > 0) words.push(`${count(sockets.length, 'socket')} of ${sockets[0]?.pid}`);
  if (!processless) return words.join(', ');
  const below = of('child').length + of('owned').length;
  if (words.length === 0) words.push(below > 0 ? of('child').length > 0 ? 'parent only' : 'owner only' : namespace.type === 'mnt' ? 'nothing that can be seen' : 'unknown');
  return words.join(', ');
}

function count(n: number, what: string): string {
  return n === 1 ? `a ${what}` : `${n} ${what}s`;
}
