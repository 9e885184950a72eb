import { NS_LINKS, NS_TYPES, typeOfLink, type NsType } from '../../../helper/protocol.ts';
import type { Actor, Links } from './actor.ts';

/** What must be found of one namespace. */
export interface Wanted {
  /** Pids of the world's processes in it, ascending. */
  processes: number[];
  /** Undefined for one that the world did not make. */
  readonly owner: number | undefined;
  readonly parent: number | undefined;
  readonly made: boolean;
  readonly descriptors: { pid: number; fd: number }[];
  readonly threads: { pid: number; tid: number }[];
}

interface Member { readonly actor: Actor; links: Links; readonly threads: Links[]; readonly held: { fd: number; type: NsType; inode: number }[] }

/**
 * The ground truth of a world, kept while it is made: what each actor read of itself, and who must own what by the kernel's rules
 * (a namespace belongs to the user namespace its maker is in, or to the one made by the same call).
 */
export class Expected {
  readonly #members = new Map<string, Member>();
  /** `type:inode` → owner and parent of every namespace that was made. */
  readonly #made = new Map<string, { owner: number; parent: number | undefined }>();
  /** pid namespace → the actor that is its init. */
  readonly #inits = new Map<number, Actor>();

  static async start(root: Actor): Promise<Expected> {
    const expected = new Expected();
    expected.#members.set(root.id, { actor: root, links: await root.links(), threads: [], held: [] });
    return expected;
  }

  /** `child` was made with these flags. */
  async spawned(child: Actor, types: readonly NsType[]): Promise<void> {
    const parent = this.#of(child.parent!), links = await child.links();
    this.#members.set(child.id, { actor: child, links, threads: [], held: [] });
    this.#note(parent.links, links, types);
    if (types.includes('pid')) this.#inits.set(links.ns.pid!, child);
  }

  async unshared(who: Actor, types: readonly NsType[]): Promise<void> {
    const member = this.#of(who), before = member.links;
    member.links = await who.links();
    this.#note(before, member.links, types);
  }

  async moved(who: Actor): Promise<void> { this.#of(who).links = await who.links(); }

  held(who: Actor, fd: number, type: NsType, inode: number): void { this.#of(who).held.push({ fd, type, inode }); }

  threaded(who: Actor, thread: Links, types: readonly NsType[]): void {
    const member = this.#of(who);
    member.threads.push(thread);
    this.#note(member.links, thread, types);
  }

  /** `who` was killed: who of `alive` is gone with it? */
  ended(who: Actor, alive: readonly Actor[]): Actor[] {
    const gone = alive.filter((actor) => actor === who || this.#isBelow(this.#of(actor).links.ns.pid!, who));
    for (const actor of gone) this.#members.delete(actor.id);
    return gone;
  }

  pids(): Set<number> { return new Set([...this.#members.values()].map(({ links }) => links.pid)); }

  /** By `type:inode`. */
  namespaces(): Map<string, Wanted> {
    const all = new Map<string, Wanted>();
    const want = (type: NsType, inode: number | null): Wanted | undefined => {
      if (inode === null) return undefined;
      const name = `${type}:${inode}`;
      const known = all.get(name);
      if (known) return known;
      const made = this.#made.get(name);
      const wanted: Wanted = { processes: [], owner: made?.owner, parent: made?.parent, made: made !== undefined, descriptors: [], threads: [] };
      all.set(name, wanted);
      // what it belongs to lives as long as it does
      if (made) want('user', made.owner);
      if (made?.parent !== undefined) want(type, made.parent);
      return wanted;
    };
    for (const { links, threads, held } of this.#members.values()) {
      for (const type of NS_TYPES) want(type, links.ns[type])?.processes.push(links.pid);
      for (const link of NS_LINKS) want(typeOfLink(link), links.ns[link]);
      for (const thread of threads) {
        for (const type of NS_TYPES) {
          if (thread.ns[type] !== links.ns[type]) want(type, thread.ns[type])?.threads.push({ pid: thread.pid, tid: thread.tid });
        }
      }
      for (const { fd, type, inode } of held) want(type, inode)?.descriptors.push({ pid: links.pid, fd });
    }
    for (const wanted of all.values()) wanted.processes.sort((a, b) => a - b);
    return all;
  }

  #of(actor: Actor): Member {
    const member = this.#members.get(actor.id);
    if (!member) throw new Error(`actor ${actor.id} is not alive`);
    return member;
  }

  #note(before: Links, after: Links, types: readonly NsType[]): void {
    const owner = (types.includes('user') ? after : before).ns.user!;
    for (const type of types) {
      // unshare changes only what the children will be in
      const inode = type === 'time' ? after.ns.time_for_children : after.ns[type];
      if (inode === null) continue;
      if (type === 'user') this.#made.set(`user:${inode}`, { owner: before.ns.user!, parent: before.ns.user! });
      else this.#made.set(`${type}:${inode}`, { owner, parent: type === 'pid' ? before.ns.pid! : undefined });
    }
  }

  /** Is this pid namespace the one whose init the actor is, or below it? */
  #isBelow(pidNamespace: number, init: Actor): boolean {
    for (let at: number | undefined = pidNamespace; at !== undefined; at = this.#made.get(`pid:${at}`)?.parent) {
      if (this.#inits.get(at) === init) return true;
    }
    return false;
  }
}
