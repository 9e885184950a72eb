import type { Hello, Namespace, NsType, Process } from '../../helper/protocol.ts';
import { NS_TYPES } from '../../helper/protocol.ts';
import type { HolderIndex } from '../../helper/model/holders.ts';
import type { HostModel } from '../../helper/model/model.ts';

/** nsenter's long options. `--time` came with util-linux 2.36, all others are older than any system in support. */
const OPTION: Readonly<Record<NsType, string>> = { cgroup: '--cgroup', ipc: '--ipc', mnt: '--mount', net: '--net', pid: '--pid', time: '--time', user: '--user', uts: '--uts' };

/** In which order people write them; nsenter does not care. */
const ORDER: readonly NsType[] = ['user', 'uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'time'];

/** A command that enters, or why there is none, as a sentence. */
export type Entering = { readonly argv: readonly string[] } | { readonly error: string };

/** Enters those namespaces of a process in which the helper is not already: entering one's own user namespace again fails. */
export function enterProcess(process: Process, hello: Hello | undefined): Entering {
  if (process.state === 'Z') return { error: `Process ${process.pid} has ended already (it is a zombie): its namespaces cannot be entered through it.` };
  const types = ORDER.filter((type) => {
    const inode = process.ns[NS_TYPES.indexOf(type)];
    return inode != null && inode !== hello?.ns[NS_TYPES.indexOf(type)];
  });
  if (types.length === 0) {
    return process.ns.every((inode) => inode == null)
      ? { error: `The namespaces of process ${process.pid} could not be read, so what there is to enter is not known.` }
      : { error: `Process ${process.pid} shares all its namespaces with the helper: there is nothing to enter.` };
  }
  return { argv: ['nsenter', '--target', String(process.pid), ...types.map((type) => OPTION[type])] };
}

/** Enters one namespace: through a process in it, else through whatever leads to it. */
export function enterNamespace(model: HostModel, holders: HolderIndex, namespace: Namespace, hello: Hello | undefined): Entering {
  const option = OPTION[namespace.type];
  const member = model.members(namespace).find((process) => process.state !== 'Z');
  if (member) return { argv: ['nsenter', '--target', String(member.pid), option] };
  const file = openedBy(holders, namespace, hello);
  return file === null
    ? { error: `Nothing that can be opened leads to ${namespace.type} ${namespace.inode}: no process is in it, and no descriptor or bind mount of it is within reach.` }
    : { argv: ['nsenter', `${option}=${file}`] };
}

/** A file through which a namespace without processes can be opened from where the helper is. */
export function openedBy(holders: HolderIndex, namespace: Namespace, hello: Hello | undefined): string | null {
  const here = hello?.ns[NS_TYPES.indexOf('mnt')];
  const reach: string[] = [];
  for (const holder of namespace.heldBy) {
    if (holder.kind === 'descriptor') reach.push(holder.tid === undefined ? `2/proc/${holder.pid}/fd/${holder.fd}` : `2/proc/${holder.pid}/task/${holder.tid}/fd/${holder.fd}`);
    if (holder.kind !== 'bind mount') continue;
    if (here != null && holder.mountNamespace === here) reach.push(`1${holder.path}`);
    else if (holder.pid !== null) reach.push(`3/proc/${holder.pid}/root${holder.path}`);
  }
  const best = reach.sort()[0];
  if (best !== undefined) return best.slice(1);
  for (const holder of holders.get(`${namespace.type}:${namespace.inode}`) ?? []) {
    if (holder.kind === 'thread') return `/proc/${holder.process.pid}/task/${holder.thread.tid}/ns/${namespace.type}`;
    if (holder.kind === 'for children') return `/proc/${holder.process.pid}${holder.thread ? `/task/${holder.thread.tid}` : ''}/ns/${holder.link}`;
  }
  return null;
}
