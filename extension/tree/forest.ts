import type { TreeNode } from './nodes/node.ts';
import { sameLook } from './nodes/node.ts';

/** A row that somebody has seen: the same object for as long as the row lives, as VS Code knows rows by object. */
export class Entry {
  readonly id: string;
  readonly parent: Entry | null;
  /** The row as it is now. */
  node: TreeNode;
  /** Rows below; null until someone unfolds it. */
  children: Entry[] | null = null;
  /** Folded again: its rows need not be kept up to date. */
  folded = false;

  constructor(parent: Entry | null, node: TreeNode) {
    this.id = node.id;
    this.parent = parent;
    this.node = node;
  }
}

/** An entry whose row and rows below must be drawn again; null: the whole tree. */
export type Refresh = Entry | null;

/**
 * Keeps the rows that were unfolded, and brings them up to date: finds the fewest rows that VS Code must be told of.
 * Knows nothing of VS Code or of namespaces.
 */
export class Forest {
  readonly #entries = new Map<string, Entry>();
  readonly #rows: () => readonly TreeNode[];
  /** The row to show for a moment in the place of one that is gone; null: none. */
  readonly #afterlife: (gone: TreeNode) => TreeNode | null;
  #roots: Entry[] | null = null;

  constructor(rows: () => readonly TreeNode[], afterlife: (gone: TreeNode) => TreeNode | null = () => null) {
    this.#rows = rows;
    this.#afterlife = afterlife;
  }

  /** Every row that was unfolded to, with its present entry. */
  get entries(): ReadonlyMap<string, Entry> { return this.#entries; }

  roots(): readonly Entry[] {
    this.#roots ??= this.#enter(null, this.#rows());
    return this.#roots;
  }

  children(entry: Entry): readonly Entry[] {
    // VS Code may ask for a row that has gone meanwhile
    if (this.#entries.get(entry.id) !== entry) return [];
    entry.folded = false;
    entry.children ??= this.#enter(entry, entry.node.children?.() ?? []);
    return entry.children;
  }

  /** VS Code keeps the rows of a folded row and shows them again without asking, so the next update must tell it to ask. */
  fold(entry: Entry): void { entry.folded = true; }

  unfold(entry: Entry): void { entry.folded = false; }

  /** Forgets everything: the next question is answered anew. */
  clear(): void {
    this.#entries.clear();
    this.#roots = null;
  }

  /**
   * Computes the unfolded rows again, and yields after each list, so that the caller can let others work in between.
   * Returns what looks different; an entry is left out where one above it is in.
   */
  *update(): Generator<undefined, Refresh[]> {
    if (!this.#roots) return [];
    const changed: Refresh[] = [];
    const [roots, moved] = this.#merge(null, this.#roots, this.#rows());
    this.#roots = roots;
    if (moved) changed.push(null);
    yield;
    const pending = this.#lookAt(roots, moved, changed);
    for (let next = pending.pop(); next; next = pending.pop()) {
      const [entry, told] = next;
      // it may have gone with a list that was computed since
      if (!entry.children || this.#entries.get(entry.id) !== entry) continue;
      if (entry.folded || !entry.node.children) {
        for (const child of entry.children) this.#leave(child);
        entry.children = null;
        if (!told) changed.push(entry);
        continue;
      }
      const [children, differs] = this.#merge(entry, entry.children, entry.node.children());
      entry.children = children;
      if (differs && !told) changed.push(entry);
      pending.push(...this.#lookAt(children, told || differs, changed));
      yield;
    }
    return changed;
  }

  /** Notes the rows that look different and returns those with rows below, each with whether VS Code will ask for it anyway. */
  #lookAt(entries: readonly Entry[], told: boolean, changed: Refresh[]): [Entry, boolean][] {
    const below: [Entry, boolean][] = [];
    for (const entry of entries) {
      const different = this.#looks.has(entry);
      if (different) {
        this.#looks.delete(entry);
        if (!told) changed.push(entry);
      }
      if (entry.children) below.push([entry, told || different]);
    }
    return below.reverse();
  }

  /** Entries whose row looks different since VS Code was told last. */
  readonly #looks = new Set<Entry>();

  #merge(parent: Entry | null, old: readonly Entry[], nodes: readonly TreeNode[]): [Entry[], boolean] {
    const rows = this.#withGone(old, unique(nodes));
    const merged = rows.map((node) => {
      const entry = this.#entries.get(node.id);
      if (!entry || entry.parent !== parent) return this.#create(parent, node);
      if (!sameLook(entry.node, node)) this.#looks.add(entry);
      entry.node = node;
      return entry;
    });
    const same = merged.length === old.length && merged.every((entry, i) => entry === old[i]);
    if (!same) {
      const kept = new Set(merged);
      for (const entry of old) if (!kept.has(entry)) this.#leave(entry);
    }
    return [merged, !same];
  }

  /** Puts what outlives its namespace for a moment back to where it was: behind the row that it was behind. */
  #withGone(old: readonly Entry[], nodes: readonly TreeNode[]): readonly TreeNode[] {
    const present = new Set(nodes.map((node) => node.id));
    const behind = new Map<string, TreeNode[]>();
    let last = '';
    for (const entry of old) {
      if (present.has(entry.id)) { last = entry.id; continue; }
      const ghost = this.#afterlife(entry.node);
      if (!ghost) continue;
      const list = behind.get(last);
      if (list) list.push(ghost);
      else behind.set(last, [ghost]);
    }
    if (behind.size === 0) return nodes;
    return [...(behind.get('') ?? []), ...nodes.flatMap((node) => [node, ...(behind.get(node.id) ?? [])])];
  }

  #enter(parent: Entry | null, nodes: readonly TreeNode[]): Entry[] {
    return unique(nodes).map((node) => this.#create(parent, node));
  }

  #create(parent: Entry | null, node: TreeNode): Entry {
    const entry = new Entry(parent, node);
    this.#entries.set(node.id, entry);
    return entry;
  }

  #leave(entry: Entry): void {
    if (this.#entries.get(entry.id) === entry) this.#entries.delete(entry.id);
    this.#looks.delete(entry);
    for (const child of entry.children ?? []) this.#leave(child);
  }
}

/** VS Code drops the whole list when two ids are equal; a host can list the same mount twice. */
function unique(nodes: readonly TreeNode[]): readonly TreeNode[] {
  const seen = new Map<string, number>();
  let twice = false;
  for (const node of nodes) {
    const n = (seen.get(node.id) ?? 0) + 1;
    seen.set(node.id, n);
    twice ||= n > 1;
  }
  if (!twice) return nodes;
  seen.clear();
  return nodes.map((node) => {
    const n = (seen.get(node.id) ?? 0) + 1;
    seen.set(node.id, n);
    return n === 1 ? node : { ...node, id: `${node.id}#${n}` };
  });
}
