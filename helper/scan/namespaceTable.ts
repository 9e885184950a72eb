import type { HeldBy, Namespace, NsType } from '../protocol.ts';
import { NS_LINKS, typeOfLink } from '../protocol.ts';
import { isErrno } from '../kernel/errno.ts';
import { Entry, nameOf, routeTo, unresolvedFacts } from './entry.ts';
import type { Name } from './entry.ts';
import { InitialNamespaces } from './initial.ts';
import type { HeldRef } from '../holders/heldRef.ts';
import type { Facts } from '../namespaces/resolver.ts';
import type { Sources } from './sources.ts';
import type { Tuple } from './tuple.ts';

/** Places in a tuple, the user namespace first: it owns most of the others, which would lead to it otherwise. */
const OWNERS_FIRST = [NS_LINKS.indexOf('user'), ...NS_LINKS.keys()].filter((place, i, all) => all.indexOf(place) === i);

/**
 * Which namespaces are alive, and what holds each. A namespace comes with the first tuple, holder or dependent that names it
 * and ends when nothing holds it any more. Reports what changed by keys, see `take`.
 */
export class NamespaceTable {
  readonly initial: InitialNamespaces;
  readonly #sources: Sources;
  readonly #root: string;
  readonly #entries = new Map<Name, Entry>();
  /** Namespaces whose parent or owner it is. */
  readonly #dependents = new Map<Name, Set<Name>>();
  /** How often an inode was seen anew, where the kernel gives no ids. */
  readonly #generations = new Map<Name, number>();
  /** Lost their last tuple, holder or dependent, or got their first, since the last `settle`. */
  readonly #doubtful = new Set<Name>();
  /** Ended since `expectStale`: what a slow scan saw before may be no more. */
  readonly #endedLately = new Set<Name>();
  #changed = new Set<Name>();
  #ended: string[] = [];

  /** @param root the /proc that tuples were read from */
  constructor(sources: Sources, root: string) {
    this.#sources = sources;
    this.#root = root;
    this.initial = new InitialNamespaces(sources.ids);
  }

  get size(): number { return this.#entries.size; }
  get(name: Name): Entry | undefined { return this.#entries.get(name); }
  entries(): IterableIterator<Entry> { return this.#entries.values(); }
  /** Those not yet asked for successfully, for instance since their only process ended meanwhile. */
  unresolved(): Entry[] { return [...this.#entries.values()].filter((entry) => !entry.resolved); }

  /** A tuple that no process had so far is in use. */
  enter(tuple: Tuple, tick: number): void {
    for (const i of OWNERS_FIRST) {
      const inode = tuple.ns[i] ?? null;
      const link = NS_LINKS[i];
      if (inode === null || link === undefined) continue;
      const name = nameOf(typeOfLink(link), inode);
      const entry = this.#entries.get(name);
      if (!entry) {
        this.#come(typeOfLink(link), inode, [tuple], [], tick);
        continue;
      }
      // so far nobody was in it who could tell its contents
      if (entry.tuples.size === 0) this.#doubtful.add(name);
      entry.tuples.add(tuple);
    }
  }

  /** A tuple is no longer in use by any process or thread. */
  leave(tuple: Tuple): void {
    for (const [i, link] of NS_LINKS.entries()) {
      const inode = tuple.ns[i] ?? null;
      if (inode === null) continue;
      const entry = this.#entries.get(nameOf(typeOfLink(link), inode));
      if (entry?.tuples.delete(tuple) && entry.tuples.size === 0) this.#doubtful.add(entry.name);
    }
  }

  /**
   * Replaces holders of one kind of reading by what it found now.
   * @param replaces tells which of the holders known so far that reading would have found again
   */
  hold(refs: readonly HeldRef[], replaces: (held: HeldBy) => boolean, tick: number): void {
    const found = new Map<Name, HeldRef[]>();
    for (const ref of refs) {
      const name = nameOf(ref.type, ref.inode);
      const list = found.get(name);
      if (list) list.push(ref);
      else found.set(name, [ref]);
    }
    for (const entry of this.#entries.values()) {
      const now = found.get(entry.name);
      found.delete(entry.name);
      if (!now && entry.held.length === 0) continue;
      const held = [...entry.held.filter((ref) => !replaces(ref.held)), ...now ?? []].sort(compareHeld);
      if (sameHeld(held, entry.held)) {
        entry.held = held; // the path through which it opens may be another
        continue;
      }
      entry.held = held;
      this.#changed.add(entry.name);
      if (held.length === 0) this.#doubtful.add(entry.name);
    }
    for (const list of found.values()) {
      const [first] = list;
      if (first) this.#come(first.type, first.inode, [], list.sort(compareHeld), tick);
    }
  }

  /** A slow scan begins: by the time it tells what it saw, that may have ended. */
  expectStale(): void { this.#endedLately.clear(); }

  /** Forgets the descriptors and sockets of processes that are gone. */
  release(pids: ReadonlySet<number>): void {
    for (const entry of this.#entries.values()) {
      if (entry.held.length === 0) continue;
      const held = entry.held.filter((ref) => ref.held.kind === 'bind mount' || !pids.has(ref.held.pid));
      if (held.length === entry.held.length) continue;
      entry.held = held;
      this.#changed.add(entry.name);
      if (held.length === 0) this.#doubtful.add(entry.name);
    }
  }

  /**
   * Replaces the set of mount namespaces that a walk met though no process is in them. One that has a process by now was met
   * before that was known, and lives by its process alone.
   * @param facts theirs, and those of owners
   */
  meet(facts: readonly Facts[], tick: number): void {
    const met = new Set<Name>();
    for (const f of facts) {
      if (this.#endedLately.has(nameOf(f.type, f.inode))) continue;
      const entry = this.#learn(f, tick, false);
      if (f.type === 'mnt' && entry.tuples.size === 0) met.add(entry.name); // the others are owners, alive by what they own
    }
    for (const entry of this.#entries.values()) {
      if (entry.met && !met.has(entry.name)) this.#doubtful.add(entry.name);
      entry.met = met.has(entry.name);
    }
  }

  /** Takes in facts of namespaces that another reading met; what holds them is to be told next. */
  learn(facts: readonly Facts[], tick: number): void {
    for (const f of facts) this.#learn(f, tick, false);
  }

  /**
   * Asks the kernel again about a namespace: its contents may have changed (a hostname, maps that are written after the
   * namespace was made), or it may be another one in the same inode.
   */
  verify(entry: Entry, tick: number): void {
    const route = routeTo(entry.facts.type, entry.facts.inode, entry.tuples, entry.held, this.#root);
    if (!route) return;
    const { type, inode } = entry.facts;
    const answer = this.#sources.resolve(route.path, type, route.memberPid, this.knows);
    if (isErrno(answer)) return;
    for (const facts of answer.facts) this.#learn(facts, tick, facts.type === type && facts.inode === inode);
  }

  /**
   * Ends what nothing holds any more. To be called when all changes of a tick were told. What lost all its holders and has
   * new ones may be another namespace in the same inode.
   */
  settle(tick: number): void {
    for (const name of this.#doubtful) {
      const entry = this.#entries.get(name);
      if (!entry) continue;
      if (this.#isHeld(entry)) this.verify(entry, tick);
      else this.#end(entry); // adds to the set that is being walked: its parent and owner may end with it
    }
    this.#doubtful.clear();
  }

  /** The parts of a message: what is new or changed, and what ended, since the last call. */
  take(): { changed: Namespace[]; ended: string[] } {
    const changed: Namespace[] = [];
    for (const name of this.#changed) {
      const entry = this.#entries.get(name);
      if (entry) changed.push(this.toNamespace(entry));
    }
    const ended = this.#ended;
    this.#changed = new Set();
    this.#ended = [];
    return { changed, ended };
  }

  /** Everything has to be told again: which namespaces are initial became known. */
  touchAll(): void {
    for (const name of this.#entries.keys()) this.#changed.add(name);
  }

  toNamespace(entry: Entry): Namespace {
    const { facts, key, held } = entry;
    return { ...facts, key, initial: this.initial.is(facts.type, facts.inode), level: this.#level(entry), heldBy: held.map((ref) => ref.held) };
  }

  /** Is all known about it that `resolve` would tell? */
  readonly knows = (type: NsType, inode: number): boolean => this.#entries.get(nameOf(type, inode))?.resolved === true;

  /** A namespace is named for the first time: asks the kernel about it, through what named it. */
  #come(type: NsType, inode: number, tuples: readonly Tuple[], held: readonly HeldRef[], tick: number): void {
    const route = routeTo(type, inode, tuples, held, this.#root);
    const answer = route ? this.#sources.resolve(route.path, type, route.memberPid, this.knows) : 'ENOPATH';
    const facts = isErrno(answer) ? undefined : answer.facts.find((f) => f.type === type && f.inode === inode);
    if (!facts && tuples.length === 0 && this.#endedLately.has(nameOf(type, inode))) return;
    // the process may have ended or moved since its link was read
    const entry = facts ? this.#add(facts, true, tick)
      : this.#add(unresolvedFacts(type, inode, isErrno(answer) ? answer : 'ENOENT'), false, tick);
    for (const tuple of tuples) entry.tuples.add(tuple);
    entry.held = held;
    if (!isErrno(answer)) for (const f of answer.facts) if (f !== facts) this.#learn(f, tick, false);
  }

  /** Takes in facts. @param fresh whether to believe their contents more than older ones: they were asked for through this very namespace */
  #learn(facts: Facts, tick: number, fresh: boolean): Entry {
    const old = this.#entries.get(nameOf(facts.type, facts.inode));
    if (!old) return this.#add(facts, true, tick);
    if (isOther(old, facts)) return this.#replace(old, facts, tick);
    if (old.resolved && !fresh) return old;
    // what only a member could tell is kept when there is none any more
    const now = Object.keys(facts.contents).length === 0 ? { ...facts, contents: old.facts.contents, unread: old.resolved ? old.facts.unread : facts.unread } : facts;
    if (old.resolved && JSON.stringify(now) === JSON.stringify(old.facts)) return old;
    const moved = now.parent !== old.facts.parent;
    this.#unrelate(old);
    old.facts = now;
    old.resolved = true;
    this.#relate(old);
    this.#changed.add(old.name);
    if (moved) this.#touchBelow(old);
    return old;
  }

  #add(facts: Facts, resolved: boolean, tick: number): Entry {
    const name = nameOf(facts.type, facts.inode);
    let id = facts.id;
    if (id === null) {
      const generation = (this.#generations.get(name) ?? 0) + 1;
      this.#generations.set(name, generation);
      id = `g${generation}`;
    }
    const entry = new Entry(name, `${name}:${id}`, facts, resolved, tick);
    this.#entries.set(name, entry);
    this.#relate(entry);
    this.#changed.add(name);
    this.#touchBelow(entry);
    return entry;
  }

  /** Puts another namespace in the place of one with the same inode; its holders are those of the inode. */
  #replace(old: Entry, facts: Facts, tick: number): Entry {
    this.#unrelate(old);
    this.#ended.push(old.key);
    const entry = this.#add(facts, true, tick);
    for (const tuple of old.tuples) entry.tuples.add(tuple);
    entry.held = old.held;
    entry.met = old.met;
    return entry;
  }

  #end(entry: Entry): void {
    this.#entries.delete(entry.name);
    this.#changed.delete(entry.name);
    this.#ended.push(entry.key);
    this.#endedLately.add(entry.name);
    this.#unrelate(entry);
  }

  #relate(entry: Entry): void {
    for (const name of relations(entry.facts)) {
      const set = this.#dependents.get(name);
      if (set) set.add(entry.name);
      else this.#dependents.set(name, new Set([entry.name]));
    }
  }

  #unrelate(entry: Entry): void {
    for (const name of relations(entry.facts)) {
      const set = this.#dependents.get(name);
      set?.delete(entry.name);
      if (set?.size !== 0) continue;
      this.#dependents.delete(name);
      this.#doubtful.add(name);
    }
  }

  #isHeld(entry: Entry): boolean {
    return entry.tuples.size > 0 || entry.held.length > 0 || entry.met || this.#dependents.has(entry.name);
  }

  /** Levels are counted along parents: those below have other ones now. */
  #touchBelow(entry: Entry): void {
    if (entry.facts.type !== 'pid' && entry.facts.type !== 'user') return;
    for (const name of this.#dependents.get(entry.name) ?? []) {
      const below = this.#entries.get(name);
      if (below?.facts.type !== entry.facts.type || below.facts.parent !== entry.facts.inode || below === entry) continue;
      this.#changed.add(name);
      this.#touchBelow(below);
    }
  }

  #level(entry: Entry): number | null {
    const { type } = entry.facts;
    if (type !== 'pid' && type !== 'user') return null;
    let level = 0;
    // the kernel allows 33 levels; the limit guards against facts of two moments that form a ring
    for (let at: Entry | undefined = entry; at && level <= 64; level++) {
      if (this.initial.is(type, at.facts.inode) === true) return level;
      at = at.facts.parent === null ? undefined : this.#entries.get(nameOf(type, at.facts.parent));
    }
    return null;
  }
}

/** Names of the namespaces that this one keeps alive. */
function relations(facts: Facts): Name[] {
  const names: Name[] = [];
  if (facts.parent !== null) names.push(nameOf(facts.type, facts.parent));
  if (facts.owner !== null && !(facts.type === 'user' && facts.owner === facts.parent)) names.push(nameOf('user', facts.owner));
  return names;
}

/** Is it another namespace than the one known by this inode? */
function isOther(entry: Entry, facts: Facts): boolean {
  if (!entry.resolved) return facts.id !== null;
  if (facts.id !== null || entry.facts.id !== null) return facts.id !== null && entry.facts.id !== null && facts.id !== entry.facts.id;
  // without ids: neither owner, parent nor creator of a namespace ever changes
  return (['owner', 'parent', 'ownerUid'] as const).some((field) => facts[field] !== null && entry.facts[field] !== null && facts[field] !== entry.facts[field]);
}

function heldText(held: HeldBy): string {
  return held.kind === 'bind mount' ? `b${held.mountNamespace} ${held.path} ${held.pid}` : `${held.kind[0]}${held.pid} ${held.fd} ${held.kind === 'descriptor' ? held.tid ?? '' : ''}`;
}

function compareHeld(a: HeldRef, b: HeldRef): number {
  const [x, y] = [heldText(a.held), heldText(b.held)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function sameHeld(a: readonly HeldRef[], b: readonly HeldRef[]): boolean {
  return a.length === b.length && a.every((ref, i) => {
    const other = b[i];
    return other !== undefined && heldText(ref.held) === heldText(other.held);
  });
}
