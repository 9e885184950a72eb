import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Grouping } from '../../../extension/contribution/settings.ts';
import type { Entry, Refresh } from '../../../extension/tree/forest.ts';
import { Forest } from '../../../extension/tree/forest.ts';
import { endedRow } from '../../../extension/tree/nodes/ended.ts';
import type { TreeNode } from '../../../extension/tree/nodes/node.ts';
import { sameLook } from '../../../extension/tree/nodes/node.ts';
import { rootRows } from '../../../extension/tree/nodes/roots.ts';
import type { HostModel } from '../../../helper/model/model.ts';
import type { Part } from '../../../helper/protocol.ts';
import { modelOf, namespace, part, process, scene, toModel, worldOf, worlds } from './worlds.ts';

/** What VS Code remembers: the rows it has asked for. It asks again only for what it is told of. */
class Client {
  readonly rows = new Map<Entry | null, readonly Entry[]>();
  readonly looks = new Map<Entry, TreeNode>();
  readonly unfolded = new Set<string>();
  readonly forest: Forest;

  constructor(forest: Forest) {
    this.forest = forest;
    this.ask(null);
  }

  ask(entry: Entry | null): void {
    const rows = entry ? this.forest.children(entry) : this.forest.roots();
    this.rows.set(entry, [...rows]);
    for (const row of rows) {
      this.looks.set(row, row.node);
      if (row.node.children && this.unfolded.has(row.id)) this.ask(row);
    }
  }

  unfold(entry: Entry): void {
    this.unfolded.add(entry.id);
    this.forest.unfold(entry);
    if (!this.rows.has(entry)) this.ask(entry);
  }

  fold(entry: Entry): void {
    this.unfolded.delete(entry.id);
    this.forest.fold(entry);
  }

  told(refreshes: readonly Refresh[]): void {
    for (const entry of refreshes) {
      if (entry) this.looks.set(entry, entry.node);
      this.#drop(entry);
      if (!entry || (entry.node.children && this.unfolded.has(entry.id))) this.ask(entry);
    }
  }

  #drop(entry: Entry | null): void {
    for (const row of this.rows.get(entry) ?? []) this.#drop(row);
    this.rows.delete(entry);
  }

  /** What is on the screen: depth, and all that shows. */
  screen(entry: Entry | null = null, depth = 0): string[] {
    return (this.rows.get(entry) ?? []).flatMap((row) => {
      const { id, label, description, icon, context, children } = this.looks.get(row)!;
      return [`${depth} ${id} ${label} ${description} ${icon} ${context} ${children !== null}`, ...(this.unfolded.has(row.id) && children ? this.screen(row, depth + 1) : [])];
    });
  }

  visibleEntries(entry: Entry | null = null): Entry[] {
    return (this.rows.get(entry) ?? []).flatMap((row) => [row, ...(this.unfolded.has(row.id) ? this.visibleEntries(row) : [])]);
  }
}

function update(forest: Forest): Refresh[] {
  const work = forest.update();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** What the screen must show, computed anew from the top. */
function expected(rows: readonly TreeNode[], unfolded: ReadonlySet<string>, depth = 0): string[] {
  return rows.flatMap((row) => [
    `${depth} ${row.id} ${row.label} ${row.description} ${row.icon} ${row.context} ${row.children !== null}`,
    ...(row.children && unfolded.has(row.id) ? expected(row.children(), unfolded, depth + 1) : []),
  ]);
}

/** A change at random that keeps the model as a helper would: some processes end, start, or become others; namespaces come and go. */
function change(model: HostModel, random: (below: number) => number): Part {
  const next = worldOf(random(3), random(6), random(8), random);
  const ended = [...model.processes.values()].filter(() => random(4) === 0).map((p) => [p.pid, p.start] as const);
  const gone = [...model.namespaces.values()].filter((ns) => ns.initial !== true && random(5) === 0).map((ns) => ns.key);
  return { ...part(next.namespaces, next.processes, next.containers), endedProcesses: ended, endedNamespaces: gone };
}

const numbers = fc.infiniteStream(fc.nat(1_000_000));
const randomOf = (stream: Iterator<number>) => (below: number): number => (stream.next().value as number) % below;

describe('the forest', () => {
  it('after any changes, foldings and refreshes shows what a tree that is built anew shows', () => {
    fc.assert(fc.property(worlds, fc.constantFrom<Grouping>('type', 'owner', 'process'), fc.array(fc.constantFrom('change', 'fold', 'unfold'), { minLength: 3, maxLength: 15 }), numbers, (world, grouping, steps, stream) => {
      const random = randomOf(stream);
      const model = toModel(world);
      const limit = (): number => 6;
      const forest = new Forest(() => rootRows(scene(model, { grouping, limit })));
      const client = new Client(forest);
      for (const step of ['unfold', 'unfold', ...steps]) {
        const entries = client.visibleEntries();
        const some = entries[random(entries.length || 1)];
        if (step === 'unfold') for (const entry of entries) { if (entry.node.children && random(2) === 0) client.unfold(entry); }
        else if (step === 'fold') { if (some && client.unfolded.has(some.id)) client.fold(some); }
        else {
          model.apply(change(model, random));
          client.told(update(forest));
        }
        assert.deepEqual(client.screen(), expected(rootRows(scene(model, { grouping, limit })), client.unfolded));
      }
    }), { numRuns: 300 });
  });

  it('names only rows that look different or whose list of rows is different, and none below another one', () => {
    fc.assert(fc.property(worlds, numbers, (world, stream) => {
      const random = randomOf(stream);
      const model = toModel(world);
      const forest = new Forest(() => rootRows(scene(model)));
      const client = new Client(forest);
      for (let i = 0; i < 2; i++) for (const entry of client.visibleEntries()) if (entry.node.children) client.unfold(entry);
      const before = new Map([...client.visibleEntries()].map((entry) => [entry, { node: entry.node, rows: client.rows.get(entry) }]));
      const roots = client.rows.get(null)!;
      model.apply(change(model, random));
      const told = update(forest);
      for (const entry of told) {
        if (!entry) { assert.notDeepEqual(forest.roots(), roots); continue; }
        const old = before.get(entry);
        assert.ok(old, 'a row that nobody has seen');
        const same = sameLook(old.node, entry.node) && old.rows?.length === entry.children?.length && old.rows?.every((row, at) => row === entry.children?.[at]);
        assert.ok(!same, `${entry.id} is the same`);
        for (let above = entry.parent; above; above = above.parent) assert.ok(!told.includes(above), `${above.id} covers ${entry.id}`);
      }
      if (told.includes(null)) assert.equal(told.filter((entry) => entry !== null).length, 0, 'the whole tree covers every row');
      // and nothing at all when nothing changed
      assert.deepEqual(update(forest), []);
    }), { numRuns: 300 });
  });

  it('keeps the same object for the same row, so that VS Code keeps unfolding and selection', () => {
    const model = modelOf([namespace('uts', 4026532601)], [process(1), process(7, { uts: 4026532601 })]);
    const forest = new Forest(() => rootRows(scene(model)));
    const uts = forest.roots()[0]!;
    const row = forest.children(uts)[1]!;
    model.apply(part([namespace('uts', 4026532500)], [process(8, { uts: 4026532601 })]));
    const told = update(forest);
    assert.ok(told.includes(uts));
    assert.deepEqual(forest.children(uts).map((entry) => entry.node.label), ['uts 4026531838', 'uts 4026532601', 'uts 4026532500']);
    assert.equal(forest.children(uts)[1], row);
    assert.equal(row.node.description, '2 processes');
  });

  it('lets an ended row stay in its place until its time is over', () => {
    const model = modelOf([namespace('uts', 4026532601), namespace('uts', 4026532602)], [process(7, { uts: 4026532601 }), process(8, { uts: 4026532602 })]);
    let keep = true;
    const forest = new Forest(() => rootRows(scene(model)), (gone) => (keep ? endedRow(gone) : null));
    const uts = forest.roots()[0]!;
    forest.children(uts);
    model.apply(part([], [], [], { endedNamespaces: ['uts:4026532601:g1'], endedProcesses: [[7, '70']] }));
    for (let i = 0; i < 2; i++) {
      update(forest);
      assert.deepEqual(forest.children(uts).map((entry) => `${entry.node.label} ${entry.node.description}`),
        ['uts 4026531838 initial, 0 processes, “lab”', 'uts 4026532601 ended; was 1 process', 'uts 4026532602 1 process']);
    }
    keep = false;
    assert.deepEqual(update(forest), [uts]);
    assert.equal(forest.children(uts).length, 2);
  });

  it('parts rows with equal ids, which VS Code refuses', () => {
    const row: TreeNode = { id: 'a', label: 'a', description: '', icon: null, context: '', target: { kind: 'group', type: null }, children: null };
    assert.deepEqual(new Forest(() => [row, row, row]).roots().map((entry) => entry.id), ['a', 'a#2', 'a#3']);
  });
});
