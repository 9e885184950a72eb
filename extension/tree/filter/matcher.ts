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
  readonly #namespaces = new Map<string, boolean>();
  /** Per namespace and term: does the namespace alone fulfil it (before `-`)? */
  readonly #own = new Map<string, readonly boolean[]>();

  constructor(filter: Filter, scene: Scene) {
    this.#filter = filter;
    this.#scene = scene;
  }

  namespace(namespace: Namespace): boolean {
    let shown = this.#namespaces.get(namespace.key);
    if (shown === undefined) {
      shown = this.#decide(namespace);
      this.#namespaces.set(namespace.key, shown);
    }
    return shown;
  }

  /** Is this process, seen as a member of that namespace, a reason to show it? */
  member(namespace: Namespace, process: Process): boolean {
    const own = this.#ownTerms(namespace);
    return this.#filter.terms.every((term, i) => ((own[i] ?? false) || this.#process(term, process)) !== term.negated);
  }

  /** A process is shown where one of its namespaces is shown because of it; without any, when it fulfils all terms alone. */
  process(process: Process): boolean {
    let known = false;
    for (const type of NS_TYPES) {
      const namespace = this.#scene.model.namespaceOf(process, type);
      if (!namespace) continue;
      known = true;
      if (this.member(namespace, process)) return true;
    }
    return !known && this.#filter.terms.every((term) => this.#process(term, process) !== term.negated);
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
    const { terms } = this.#filter;
    const own = this.#ownTerms(namespace);
    const open = terms.flatMap((term, i) => (own[i] ? [] : [term]));
    // what the namespace itself fulfils cannot be taken back by a process
    if (terms.some((term, i) => term.negated && own[i])) return false;
    if (open.length === 0) return true;
    const members = this.#scene.model.memberPids(namespace);
    if (members.size === 0) return open.every((term) => term.negated);
    for (const pid of members) {
      const process = this.#scene.model.processes.get(pid);
      if (process && open.every((term) => this.#process(term, process) !== term.negated)) return true;
    }
    return false;
  }

  #ownTerms(namespace: Namespace): readonly boolean[] {
    let own = this.#own.get(namespace.key);
    if (!own) this.#own.set(namespace.key, own = this.#filter.terms.map((term) => this.#alone(term, namespace)));
    return own;
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

function textOf(process: Process): string {
  let text = processText.get(process);
  if (text === undefined) processText.set(process, text = `${process.pid} ${visible(process.comm)}\n${visible(process.cmdline?.join(' ') ?? '')}`.toLowerCase());
  return text;
}
