import type { Container, Namespace, Process } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import { visible } from '../../../helper/model/text.ts';
import { describe } from '../nodes/describe.ts';
import type { Scene } from '../nodes/scene.ts';
import type { Filter, Keyword, Term } from './parse.ts';

/** Lower-case text of a process; records are immutable, so it is made once for each. */
const processText = new WeakMap<Process, string>();
const containerText = new WeakMap<Container, string>();

/**
 * Decides which rows a filter leaves. A namespace is shown when it fulfils all terms, by itself or together with *one* of its
 * processes: `net user:1000` leaves the net namespaces that a process of user 1000 is in.
 */
export class Matcher {
  readonly #filter: Filter;
  readonly #scene: Scene;
  /** Bits of the negated terms, and of all. */
  readonly #negated: number;
  readonly #all: number;
  readonly #shown = new Map<string, boolean>();
  /** Bits of the terms that a namespace fulfils by itself (before `-`): by type, then inode. */
  readonly #own = NS_TYPES.map(() => new Map<number, number>());
  /** The same of a process. */
  readonly #processes = new Map<Process, number>();

  constructor(filter: Filter, scene: Scene) {
    this.#filter = filter;
    this.#scene = scene;
    this.#all = bits(filter.terms, () => true);
    this.#negated = bits(filter.terms, (term) => term.negated);
  }

  namespace(namespace: Namespace): boolean {
    let shown = this.#shown.get(namespace.key);
    if (shown === undefined) {
      shown = this.#decide(namespace);
      this.#shown.set(namespace.key, shown);
    }
    return shown;
  }

  /** Is this process, seen as a member of that namespace, a reason to show it? */
  member(namespace: Namespace, process: Process): boolean {
    return this.#fulfils(this.#ownBits(namespace) | this.#processBits(process));
  }

  /**
   * A process is shown when one of its namespaces is shown because of it (of its own, where it has any: else `net` would leave
   * every process); when none is known, when it fulfils all terms alone.
   */
  process(process: Process): boolean {
    const alone = this.#processBits(process);
    let known = false;
    const host = this.#scene.hostInodes;
    const ownOnly = process.ns.some((inode, i) => i < NS_TYPES.length && inode !== null && inode !== host[i]);
    for (const [i, type] of NS_TYPES.entries()) {
      const inode = process.ns[i];
      if (inode == null || (ownOnly && inode === host[i])) continue;
      let own = this.#own[i]?.get(inode);
      if (own === undefined) {
        const namespace = this.#scene.model.find(type, inode);
        if (!namespace) continue;
        own = this.#ownBits(namespace);
      }
      known = true;
      if (this.#fulfils(own | alone)) return true;
    }
    return !known && this.#fulfils(alone);
  }

  /** Where in a label the words of the filter are, for the highlight; ascending, not overlapping. */
  ranges(label: string): [number, number][] {
    const found: [number, number][] = [];
    const text = label.toLowerCase();
    // lower case may be longer ("İ"): then offsets would be wrong, and no highlight is better than a wrong one
    if (text.length !== label.length) return found;
    for (const term of this.#filter.terms) {
      const word = term.negated ? '' : term.kind === 'text' ? term.text : term.kind === 'number' || term.kind === 'inode' ? term.digits : term.kind === 'pid' ? String(term.pid) : '';
      const at = word === '' ? -1 : text.indexOf(word);
      if (at >= 0 && found.every(([from, to]) => at + word.length <= from || at >= to)) found.push([at, at + word.length]);
    }
    return found.sort((a, b) => a[0] - b[0]);
  }

  #decide(namespace: Namespace): boolean {
    const own = this.#ownBits(namespace);
    // what the namespace itself fulfils cannot be taken back by a process
    if ((own & this.#negated) !== 0) return false;
    if (this.#negated === 0 && own === this.#all) return true;
    const members = this.#scene.model.memberPids(namespace);
    if (members.size === 0) return this.#fulfils(own);
    for (const pid of members) {
      const process = this.#scene.model.processes.get(pid);
      if (process && this.#fulfils(own | this.#processBits(process))) return true;
    }
    return false;
  }

  /** All terms: those that are negated not, the others yes. */
  #fulfils(found: number): boolean { return (found ^ this.#negated) === this.#all; }

  #ownBits(namespace: Namespace): number {
    const known = this.#own[NS_TYPES.indexOf(namespace.type)];
    let own = known?.get(namespace.inode);
    if (own === undefined) known?.set(namespace.inode, own = bits(this.#filter.terms, (term) => this.#alone(term, namespace)));
    return own ?? 0;
  }

  #processBits(process: Process): number {
    let found = this.#processes.get(process);
    if (found === undefined) this.#processes.set(process, found = bits(this.#filter.terms, (term) => this.#process(term, process)));
    return found;
  }

  #alone(term: Term, namespace: Namespace): boolean {
    switch (term.kind) {
      case 'type': return namespace.type === term.type;
      case 'keyword': return this.#keyword(term.keyword, namespace);
      case 'inode': return String(namespace.inode).includes(term.digits);
      case 'number': return (term.digits.length >= 5 && String(namespace.inode).includes(term.digits)) || this.#holds(Number(term.digits), namespace);
      case 'pid': return this.#holds(term.pid, namespace);
      case 'user': return namespace.ownerUid !== null && this.#isUser(namespace.ownerUid, term.user);
      case 'container': return false;
      case 'text': {
        const { contents, heldBy } = namespace;
        const words = [`${namespace.type} ${namespace.inode}`, describe(this.#scene, namespace).description, contents.domainname ?? ''];
        for (const holder of heldBy) words.push(holder.kind === 'bind mount' ? visible(holder.path) : this.#scene.model.processes.get(holder.pid)?.comm ?? '');
        return words.some((word) => word.toLowerCase().includes(term.text));
      }
    }
  }

  #keyword(keyword: Keyword, namespace: Namespace): boolean {
    const { model } = this.#scene;
    switch (keyword) {
      case 'fd': return namespace.heldBy.some((h) => h.kind === 'descriptor');
      case 'bind': return namespace.heldBy.some((h) => h.kind === 'bind mount');
      case 'socket': return namespace.heldBy.some((h) => h.kind === 'socket');
      case 'thread': return this.#scene.oddities(namespace).threads.length > 0;
      case 'parent': return model.children(namespace).length > 0;
      case 'owner': return namespace.type === 'user' && model.owned(namespace).length > 0;
      case 'empty': return model.memberCount(namespace) === 0;
      case 'initial': return namespace.initial === true;
      case 'new': return this.#scene.input.isNew(namespace.key);
    }
  }

  /** Does this process hold it without being in it? */
  #holds(pid: number, namespace: Namespace): boolean {
    const { threads, forChildren } = this.#scene.oddities(namespace);
    return namespace.heldBy.some((h) => h.kind !== 'bind mount' && h.pid === pid)
      || threads.some(({ process, thread }) => process.pid === pid || thread.tid === pid) || forChildren.some(({ process }) => process.pid === pid);
  }

  #process(term: Term, process: Process): boolean {
    switch (term.kind) {
      case 'type': case 'keyword': case 'inode': return false;
      case 'pid': return isPid(process, term.pid);
      case 'number': return isPid(process, Number(term.digits));
      case 'user': return (process.uid !== null && this.#isUser(process.uid, term.user)) || (process.euid !== null && process.euid !== process.uid && this.#isUser(process.euid, term.user));
      case 'container': return this.#containerText(process)?.includes(term.text) ?? false;
      case 'text': return textOf(process).includes(term.text) || (this.#containerText(process)?.includes(term.text) ?? false)
        || (process.uid !== null && (this.#scene.input.userName(process.uid)?.toLowerCase().includes(term.text) ?? false));
    }
  }

  #isUser(uid: number, user: string): boolean {
    return String(uid) === user || this.#scene.input.userName(uid)?.toLowerCase() === user;
  }

  #containerText(process: Process): string | undefined {
    const container = this.#scene.container(process);
    if (!container) return undefined;
    let text = containerText.get(container);
    if (text === undefined) containerText.set(container, text = [container.name, container.engine, container.id, container.pod?.name, container.pod?.namespace, container.image].filter(Boolean).join('\n').toLowerCase());
    return text;
  }
}

function isPid(process: Process, pid: number): boolean {
  return process.pid === pid || (process.nsPids !== null && process.nsPids.at(-1) === pid);
}

/** As the host wrote it: it is only searched, never shown. */
function textOf(process: Process): string {
  let text = processText.get(process);
  if (text === undefined) processText.set(process, text = `${process.pid} ${process.comm}\n${process.cmdline?.join(' ') ?? ''}`.toLowerCase());
  return text;
}

/** One bit for each term that fulfils the condition; `MOST_TERMS` keeps them within an integer. */
function bits(terms: readonly Term[], fulfils: (term: Term) => boolean): number {
  let found = 0;
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i];
    if (term && fulfils(term)) found |= 1 << i;
  }
  return found;
}
