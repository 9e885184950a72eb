import type { EnterNamespace, EnterPlan, NsType } from '../../protocol.ts';
import type { Answer, Credentials } from './capable.ts';
import { capable } from './capable.ts';

/** The order in which nsenter calls setns. It tries all but the user namespace first, then the user namespace and whatever failed. */
export const NSENTER_ORDER: readonly NsType[] = ['user', 'cgroup', 'ipc', 'uts', 'net', 'pid', 'mnt', 'time'];

/** Why something fails or is not known: as data, so that a view can say it in its own language. */
export type Reason =
  /** CAP_SYS_ADMIN (or the named one) is needed over what this user namespace owns. */
  | { readonly kind: 'capability'; readonly capability: string; readonly over: number }
  | { readonly kind: 'unreadable'; readonly errno: string }
  | { readonly kind: 'same user namespace' }
  | { readonly kind: 'not below' }
  | { readonly kind: 'no id'; readonly what: 'uid' | 'gid' }
  | { readonly kind: 'setgroups' }
  | { readonly kind: 'unknown'; readonly reading: string; readonly errno: string };

export type Verdict =
  /** `before`: in the first pass, with one's own rights; else with those of the user namespace just entered. */
  | { readonly verdict: 'works'; readonly before: boolean }
  | { readonly verdict: 'fails'; readonly errno: 'EPERM' | 'EINVAL' | 'EACCES' | 'ENOENT' | 'ENOMEM'; readonly reason: Reason }
  | { readonly verdict: 'unknown'; readonly reason: Extract<Reason, { kind: 'unknown' }> };

/** What follows when all namespaces were entered: `ids`: becoming uid and gid 0 of the user namespace; `start`: starting a process in the pid namespace. */
export type Step = NsType | 'open' | 'ids' | 'start';

export interface Prediction {
  /** For each type that was chosen. */
  readonly types: ReadonlyMap<NsType, Verdict>;
  readonly ids: Verdict | null;
  readonly start: Verdict | null;
  /** Of the whole: where it ends first. */
  readonly overall: Verdict & { readonly at: Step | null };
}

export interface Choice {
  readonly types: readonly NsType[];
  /** `--preserve-credentials`: uid and gid stay. */
  readonly preserveCredentials: boolean;
  /** Ids that were asked for (`--setuid`, `--setgid`). */
  readonly uid?: number;
  readonly gid?: number;
  /** As root of the caller's user namespace, by way of sudo. */
  readonly elevated?: boolean;
}

/** What nsenter will meet, found out by the kernel's own rules (the order of checks in the install functions of each type). Nothing is tried. */
export function predict(plan: EnterPlan, choice: Choice): Prediction {
  const chosen = NSENTER_ORDER.flatMap((type) => (choice.types.includes(type) ? plan.namespaces.filter((n) => n.type === type) : []));
  const own: Credentials = choice.elevated
    ? { euid: 0, userNamespace: plan.caller.userNamespace, capabilities: new Set(plan.caller.bounding) }
    : { euid: plan.caller.euid, userNamespace: plan.caller.userNamespace, capabilities: new Set(plan.caller.capabilities) };
  const types = new Map<NsType, Verdict>();
  const unread = chosen.find((namespace) => namespace.unread !== null);

  let inside: Credentials = own;
  let userFailed: Verdict | null = null;
  const user = chosen.find((namespace) => namespace.type === 'user');
  if (user) {
    const verdict = install(plan, user, own);
    types.set('user', verdict);
    if (verdict.verdict === 'works') inside = { euid: own.euid, userNamespace: user.inode, capabilities: 'all' };
    else userFailed = verdict;
  }
  for (const namespace of chosen) {
    if (namespace.type === 'user') continue;
    const first = install(plan, namespace, own);
    if (first.verdict === 'works') {
      types.set(namespace.type, { ...first, before: true });
      continue;
    }
    // the second pass does not come to this one when the user namespace could not be entered
    const second = userFailed ? first : install(plan, namespace, inside);
    types.set(namespace.type, second.verdict === 'works' ? { ...second, before: false } : second);
  }

  const ids = user && !choice.preserveCredentials ? becomeRoot(plan, own, user, choice) : null;
  const pid = chosen.find((namespace) => namespace.type === 'pid');
  const start: Verdict | null = pid?.empty ? { verdict: 'unknown', reason: { kind: 'unknown', reading: 'whether the first process of the pid namespace has ended', errno: 'ESRCH' } } : null;
  return { types, ids, start, overall: overall(types, unread, ids, start) };
}

/**
 * Whether to keep one's ids, to begin with: `wished` if that works or nothing does, else the other way. In one's own sandbox becoming root inside is what the kernel refuses most
 * (its supplementary groups may not be dropped), and keeping the ids, which root's are inside, is what works.
 */
export function idsToKeep(plan: EnterPlan, types: readonly NsType[], wished: boolean): boolean {
  const works = (preserveCredentials: boolean): boolean => predict(plan, { types, preserveCredentials }).overall.verdict === 'works';
  return !works(wished) && works(!wished) ? !wished : wished;
}

function overall(types: ReadonlyMap<NsType, Verdict>, unread: EnterNamespace | undefined, ids: Verdict | null, start: Verdict | null): Prediction['overall'] {
  if (unread) return { ...refusedToOpen(unread), at: 'open' };
  let unknown: (Verdict & { readonly at: Step }) | null = null;
  const steps: [Step, Verdict | null | undefined][] = [...NSENTER_ORDER.map((type): [Step, Verdict | undefined] => [type, types.get(type)]), ['start', start], ['ids', ids]];
  for (const [at, verdict] of steps) {
    if (verdict?.verdict === 'fails') return unknown ?? { ...verdict, at };
    if (verdict?.verdict === 'unknown') unknown ??= { ...verdict, at };
  }
  return unknown ?? { verdict: 'works', before: true, at: null };
}

function refusedToOpen(namespace: EnterNamespace): Verdict {
  const errno = namespace.unread ?? 'ENOENT';
  if (errno === 'EACCES' || errno === 'EPERM' || errno === 'ENOENT' || errno === 'EINVAL') return { verdict: 'fails', errno, reason: { kind: 'unreadable', errno } };
  return { verdict: 'unknown', reason: { kind: 'unknown', reading: `the ${namespace.type} namespace`, errno } };
}

/** setns(2) to this namespace with these credentials: the checks of its type, in the kernel's order. */
function install(plan: EnterPlan, namespace: EnterNamespace, who: Credentials): Verdict {
  if (namespace.unread !== null || namespace.inode === null) return refusedToOpen(namespace);
  if (namespace.type === 'user') {
    if (namespace.inode === who.userNamespace) return { verdict: 'fails', errno: 'EINVAL', reason: { kind: 'same user namespace' } };
    return needs(capable(plan, who, namespace.inode, 'CAP_SYS_ADMIN'), 'CAP_SYS_ADMIN', namespace.inode) ?? works;
  }
  // the owner is outside of what the caller may see: then the caller has no rights over it, wherever it is
  const owner = namespace.owner;
  if (owner === null && namespace.ownerUnread !== 'EPERM') {
    return { verdict: 'unknown', reason: { kind: 'unknown', reading: `the owner of the ${namespace.type} namespace`, errno: namespace.ownerUnread ?? 'ENOENT' } };
  }
  const overOwner = owner === null ? { may: false } as const : capable(plan, who, owner, 'CAP_SYS_ADMIN');
  const refused = needs(overOwner, 'CAP_SYS_ADMIN', owner ?? 0)
    ?? ownCapability(who, 'CAP_SYS_ADMIN')
    ?? (namespace.type === 'mnt' ? ownCapability(who, 'CAP_SYS_CHROOT') : null);
  if (refused) return refused;
  if (namespace.type === 'pid' && namespace.inode !== plan.caller.pidNamespace && plan.caller.pidNamespace !== null && !namespace.ancestors.includes(plan.caller.pidNamespace)) {
    return namespace.ancestorsEnd === null || namespace.ancestorsEnd === 'EPERM'
      ? { verdict: 'fails', errno: 'EINVAL', reason: { kind: 'not below' } }
      : { verdict: 'unknown', reason: { kind: 'unknown', reading: 'the ancestors of the pid namespace', errno: namespace.ancestorsEnd } };
  }
  return works;
}

const works: Verdict = { verdict: 'works', before: true };

function needs(answer: Answer, capability: string, over: number): Verdict | null {
  if (answer.may === null) return { verdict: 'unknown', reason: { kind: 'unknown', reading: answer.unread, errno: answer.errno } };
  return answer.may ? null : { verdict: 'fails', errno: 'EPERM', reason: { kind: 'capability', capability, over } };
}

function ownCapability(who: Credentials, capability: string): Verdict | null {
  if (who.capabilities === 'all' || who.capabilities.has(capability)) return null;
  return { verdict: 'fails', errno: 'EPERM', reason: { kind: 'capability', capability, over: who.userNamespace ?? 0 } };
}

/** With the user namespace nsenter also becomes uid and gid 0 there, and drops supplementary groups: once before and once after, one of which must work. */
function becomeRoot(plan: EnterPlan, own: Credentials, user: EnterNamespace, choice: Choice): Verdict {
  const { ids } = plan;
  if (user.unread !== null) return refusedToOpen(user);
  if (ids === null || ids.zeroGid === null || ids.zeroUid === null || ids.setgroups === null) {
    return { verdict: 'unknown', reason: { kind: 'unknown', reading: 'the id maps of the user namespace', errno: ids?.unread ?? 'ESRCH' } };
  }
  const before = (own.capabilities === 'all' || own.capabilities.has('CAP_SETGID')) && plan.caller.setgroups !== false;
  if (!before && !ids.setgroups) return { verdict: 'fails', errno: 'EPERM', reason: { kind: 'setgroups' } };
  if (!ids.zeroGid && (choice.gid ?? 0) === 0) return { verdict: 'fails', errno: 'EINVAL', reason: { kind: 'no id', what: 'gid' } };
  if (!ids.zeroUid && (choice.uid ?? 0) === 0) return { verdict: 'fails', errno: 'EINVAL', reason: { kind: 'no id', what: 'uid' } };
  return works;
}
