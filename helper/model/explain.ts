import type { Errno, Hello, NamespaceField, ProcessField } from '../protocol.ts';

/** What is known of the process or namespace whose field is missing. */
export interface Subject {
  readonly uid?: number | null;
  readonly zombie?: boolean;
  readonly kernelThread?: boolean;
}

/** Links that lead through `nsproxy`, which a task gives back when it exits; its credentials and its pid stay until it is reaped. */
const GONE_WITH_EXIT: ReadonlySet<string> = new Set(['cgroup', 'ipc', 'mnt', 'net', 'time', 'uts', 'pid_for_children', 'time_for_children']);
const PROCESS_FIELDS: Readonly<Record<ProcessField, string>> = {
  ns: 'its namespaces', cgroup: 'its cgroup', ipc: 'its ipc namespace', mnt: 'its mount namespace', net: 'its net namespace', pid: 'its pid namespace',
  time: 'its time namespace', user: 'its user namespace', uts: 'its uts namespace', pid_for_children: 'the pid namespace of its children',
  time_for_children: 'the time namespace of its children', stat: 'its name and state', status: 'its users', cmdline: 'its command line',
  fd: 'its open descriptors', task: 'its threads', mountinfo: 'its mounts',
};
const NAMESPACE_FIELDS: Readonly<Record<NamespaceField, string>> = {
  owner: 'its owner', parent: 'its parent', ownerUid: 'the user who made it', id: 'its id', heldBy: 'what holds it', hostname: 'its hostname',
  domainname: 'its domain name', uidMap: 'its uid map', gidMap: 'its gid map', setgroups: 'whether it allows setgroups',
  monotonicOffset: 'its monotonic clock', boottimeOffset: 'its boot clock',
};

/** One plain sentence, or two: why this field is missing, and what would help. */
export function explain(field: ProcessField | NamespaceField, errno: Errno, hello: Hello, subject: Subject = {}): string {
  const what = field in PROCESS_FIELDS && field !== 'cgroup' ? PROCESS_FIELDS[field as ProcessField]
    : field === 'cgroup' ? 'its cgroup or cgroup namespace' : NAMESPACE_FIELDS[field as NamespaceField];
  switch (errno) {
    case 'ENOKOFFI': return `${capital(what)} is not known: the native part (koffi), which asks the kernel for it, is not there for this machine.`;
    case 'ENOPATH': return `${capital(what)} is not known: what holds it was seen (a mount in a mount namespace without processes, or outside of a process's root), but no path leads there from here.`;
    case 'EFORMAT': return `${capital(what)} could not be understood: this kernel writes it in a form that is new to this version.`;
    case 'ENOTTY':
    case 'ENOSYS':
    case 'ENOTSUP':
    case 'EOPNOTSUPP': return `Linux ${hello.kernel} cannot be asked for ${what}: a newer kernel can.`;
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM': return `${capital(what)} could not be read since the system is short of ${errno === 'ENOMEM' ? 'memory' : 'file descriptors'} (${errno}). Refreshing later may help.`;
    case 'ESRCH': return field in NAMESPACE_FIELDS && !(field in PROCESS_FIELDS)
      ? `Only a process inside could tell ${what}, and none that can be read is.`
      : `It ended before ${what} could be read.`;
    case 'EINVAL':
      if (field === 'parent') return 'Only pid and user namespaces have parents.';
      if (field === 'ownerUid') return 'Only user namespaces are made by a user; others have a user namespace as owner.';
      return `The kernel refused the question for ${what} (EINVAL).`;
    case 'ENOENT': return absent(field, what, hello, subject);
    case 'EPERM':
    case 'EACCES': return refused(field, errno, what, hello, subject);
    default: return `${capital(what)} could not be read: ${errno}.`;
  }
}

function absent(field: string, what: string, hello: Hello, subject: Subject): string {
  if (subject.zombie && GONE_WITH_EXIT.has(field)) return `It has ended (a zombie, not yet collected by its parent), and ${what} was given back then.`;
  if (field === 'pid_for_children') return 'It has asked for a new pid namespace for its children (unshare) and has no child yet: until then there is nothing to show.';
  if (subject.zombie) return `It has ended (a zombie, not yet collected by its parent): ${what} went with it.`;
  if (field === 'time' || field === 'time_for_children' || field === 'cgroup') return `${capital(what)} is not there: it ended, or Linux ${hello.kernel} has no such namespaces.`;
  return `It ended before ${what} could be read.`;
}

function refused(field: string, errno: Errno, what: string, hello: Hello, subject: Subject): string {
  const isRelation = field === 'owner' || field === 'parent' || field === 'id';
  if (isRelation && errno === 'EPERM') {
    return `The kernel does not tell ${what} from here: it lies outside of the helper's own ${field === 'parent' ? '' : 'user '}namespace, or there is none above it.`;
  }
  const may = hello.capabilities.includes('CAP_SYS_PTRACE');
  if (may) {
    return `${capital(what)} could not be read even with CAP_SYS_PTRACE (${errno}): a security module, a sandbox around the helper, or a process of a user namespace above it forbids it.`;
  }
  const whose = subject.kernelThread ? 'it is a kernel thread'
    : subject.uid === undefined || subject.uid === null ? 'it belongs to another user or has more rights than you'
    : subject.uid === hello.uid ? 'it has more rights than you, or has asked not to be looked at (not dumpable)'
    : `it belongs to ${subject.uid === 0 ? 'root' : `uid ${subject.uid}`}`;
  const help = hello.noNewPrivs
    ? 'CAP_SYS_PTRACE would help (as root), but here sudo cannot give it: NoNewPrivs is set for this terminal or server.'
    : 'CAP_SYS_PTRACE would help, for instance as root.';
  return `You may not read ${what}: ${whose}. ${help}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
