import type { EnterPlan, EnterUserNamespace } from '../../protocol.ts';

/** Credentials as far as they decide about namespaces. */
export interface Credentials {
  readonly euid: number;
  readonly userNamespace: number | null;
  /** Names; `all` right after a user namespace was entered. */
  readonly capabilities: ReadonlySet<string> | 'all';
}

/** Yes, no, or what could not be read to tell: a field, and why. */
export type Answer = { readonly may: true } | { readonly may: false } | { readonly may: null; readonly unread: string; readonly errno: string };

/**
 * The kernel's `ns_capable`: has somebody with these credentials the capability over what the user namespace `over` owns? It counts when it is held there
 * or above, and the one who made a user namespace has all of them in it as seen from its parent.
 */
export function capable(plan: EnterPlan, who: Credentials, over: number, capability: string): Answer {
  const users = new Map(plan.userNamespaces.map((user) => [user.inode, user]));
  let at = over;
  for (let steps = 0; steps <= users.size; steps++) {
    if (at === who.userNamespace) return { may: who.capabilities === 'all' || who.capabilities.has(capability) };
    const here: EnterUserNamespace | undefined = users.get(at);
    if (!here) return { may: null, unread: `user namespace ${at}`, errno: 'ENOENT' };
    if (here.parent === null) {
      // EPERM: what is above is not the caller's own or below it, so the caller is not above this one
      return here.parentUnread === 'EPERM' ? { may: false } : { may: null, unread: `the parent of user namespace ${at}`, errno: here.parentUnread ?? 'ENOENT' };
    }
    if (here.parent === who.userNamespace) {
      if (here.ownerUid === null) return { may: null, unread: `who made user namespace ${at}`, errno: here.ownerUidUnread ?? 'ENOENT' };
      if (here.ownerUid === who.euid) return { may: true };
    }
    at = here.parent;
  }
  return { may: false };
}
