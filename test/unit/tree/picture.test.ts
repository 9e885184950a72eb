import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Grouping } from '../../../extension/contribution/settings.ts';
import type { HostSource } from '../../../extension/host/hostSource.ts';
import { focusOf } from '../../../extension/tree/focus.ts';
import type { Entry } from '../../../extension/tree/forest.ts';
import { Forest } from '../../../extension/tree/forest.ts';
import { parseFilter } from '../../../extension/tree/filter/parse.ts';
import type { Filter } from '../../../extension/tree/filter/parse.ts';
import type { Wanted } from '../../../extension/tree/locate.ts';
import { Picture } from '../../../extension/tree/picture.ts';
import { viewDescription, viewMessage } from '../../../extension/tree/viewText.ts';
import type { ViewFacts } from '../../../extension/tree/viewText.ts';
import { compareModels } from '../../../helper/model/compare.ts';
import type { HostModel } from '../../../helper/model/model.ts';
import { processKey } from '../../../helper/model/model.ts';
import { HELLO, INITIAL, modelOf, namespace, part, process, toModel, worlds } from './worlds.ts';

/** A host that shows this model; what a picture does not use is not there. */
function host(model: HostModel, source: object = { kind: 'live' }): HostSource {
  return { model, hello: HELLO, status: undefined, source: { host: { model }, ...source } } as unknown as HostSource;
}

function picture(model: HostModel, grouping: Grouping, maxChildren = 500, source?: object): Picture {
  return new Picture(host(model, source), { maxChildren: () => maxChildren, showUnreadable: () => true, isNew: () => false, userName: () => null }, grouping);
}

/** The entry at the end of these ids, as the view finds it. */
function follow(forest: Forest, ids: readonly string[]): Entry | undefined {
  let entry: Entry | undefined;
  for (const id of ids) entry = (entry ? forest.children(entry) : forest.roots()).find((row) => row.id === id);
  return entry;
}

describe('revealing', () => {
  it('finds the row of every namespace and process in every grouping, also behind "Show more"', () => {
    fc.assert(fc.property(worlds, fc.constantFrom<Grouping>('type', 'owner', 'process'), (world, grouping) => {
      const model = toModel(world);
      const wanted: Wanted[] = [
        ...[...model.namespaces.keys()].map((key) => ({ kind: 'namespace', key }) as const),
        ...[...model.processes.values()].map((p) => ({ kind: 'process', key: processKey(p) }) as const),
      ];
      for (const one of wanted) {
        const p = picture(model, grouping, 2);
        const entry = follow(new Forest(() => p.rows()), p.pathTo(one).ids);
        // a row that was behind "Show more" is only in a forest that is made after the limit was raised
        assert.deepEqual(entry && 'key' in entry.node.target && entry.node.target.key, one.key, JSON.stringify(one));
      }
    }), { numRuns: 60 });
  });

  it('tells what the filter hides from what is not there', () => {
    const p = picture(modelOf([namespace('uts', 4026532601)], [process(7, { uts: 4026532601 })]), 'type');
    p.filter = parseFilter('net') as Filter;
    assert.deepEqual(p.pathTo({ kind: 'namespace', key: 'uts:4026532601:g1' }), { ids: [], hiddenByFilter: true });
    assert.deepEqual(p.pathTo({ kind: 'namespace', key: 'uts:1:g1' }), { ids: [], hiddenByFilter: false });
  });
});

describe('the picture', () => {
  it('stands still while it is frozen', () => {
    const model = modelOf([], [process(1)]);
    const p = picture(model, 'type');
    p.freeze(new Date(0));
    model.apply(part([namespace('uts', 4026532601)], [process(2)]));
    p.invalidate();
    const uts = p.rows()[0]!;
    assert.deepEqual([uts.description, uts.children!().map((row) => row.description)], ['1', ['initial, 1 process, “lab”']]);
    assert.deepEqual([...p.unfreeze()!.added], ['uts:4026532601:g1']);
    assert.equal(p.rows()[0]!.description, '2');
  });

  it('grants more rows to one row only', () => {
    const p = picture(modelOf([], Array.from({ length: 30 }, (_, i) => process(i + 1))), 'type', 10);
    const rows = (): number[] => p.rows().slice(0, 2).map((type) => type.children!()[0]!.children!().length);
    assert.deepEqual(rows(), [11, 11]);
    p.showMore(`type/uts/uts:${INITIAL.uts}:g1`);
    p.invalidate();
    assert.deepEqual(rows(), [21, 11]);
  });

  it('shows a comparison: what came, went and moved', () => {
    const before = modelOf([namespace('uts', 4026532601), namespace('uts', 4026532602)], [process(1), process(7, { uts: 4026532601 }), process(8, { uts: 4026532602 }, { comm: 'gone' })]);
    const after = modelOf([namespace('uts', 4026532601), namespace('net', 4026532700)], [process(1), process(7, {}, { comm: 'sh' }), process(9, { net: 4026532700 })]);
    const p = picture(after, 'type', 500, { kind: 'comparison', comparison: compareModels(before, after), before: { label: 'a', host: { model: before } }, after: { label: 'b' } });
    const text = p.rows().map((row) => [`${row.label} ${row.description}`, ...row.children!().map((child) => `${child.label} ${child.description}`)]);
    assert.deepEqual(text, [
      ['Came 1 namespace', 'net 4026532700 1 process'], ['Went 1 namespace', 'uts 4026532602 was 1 process'], [`Moved 1 process in another namespace`, `7 sh uts 4026532601 ⟶ ${INITIAL.uts}`],
      ['Processes that came 1', '9 p9 own net'], ['Processes that went 1', '8 gone own uts'],
    ]);
    const same = picture(after, 'type', 500, { kind: 'comparison', comparison: compareModels(after, after), before: { label: 'a', host: { model: after } }, after: { label: 'b' } });
    assert.deepEqual(same.rows().map((row) => row.label), ['No difference']);
  });
});

describe('the lines around the tree', () => {
  const facts: ViewFacts = { namespaces: 31, filter: null, frozen: null, snapshot: null, comparison: null, inside: null };
  it('say how many there are, what is filtered, frozen, saved, and inside of what', () => {
    assert.deepEqual([viewDescription(facts), viewMessage(facts)], ['31', undefined]);
    assert.equal(viewMessage({ ...facts, filter: { text: 'net', matching: 3 } }), '3 of 31 match “net”');
    assert.equal(viewMessage({ ...facts, frozen: { at: new Date(2026, 1, 3, 14, 2, 11), changes: 2 } }), 'Frozen at 14:02:11, 2 changes since.');
    assert.equal(viewDescription({ ...facts, snapshot: { name: 'monday.nslab.json', takenAt: new Date(0) } }), '31 · monday.nslab.json');
    assert.match(viewMessage({ ...facts, inside: { engine: 'docker', id: 'f'.repeat(64), name: null, evidence: 'x' } }) ?? '', /inside a docker container f{12}: “host” and “initial”/);
  });
});

describe('the focus', () => {
  it('is what is unfolded and what is selected, no more than can be read each second', () => {
    const model = modelOf([namespace('uts', 4026532601)], [process(7, { uts: 4026532601 }), ...Array.from({ length: 1000 }, (_, i) => process(100 + i))]);
    const p = picture(model, 'type');
    const forest = new Forest(() => p.rows());
    const uts = forest.roots()[0]!;
    const [initial, own] = forest.children(uts);
    assert.deepEqual(focusOf(forest.entries.values(), undefined), { pids: [], namespaces: [] });
    forest.children(own!);
    assert.deepEqual(focusOf(forest.entries.values(), initial), { pids: [7], namespaces: ['uts:4026531838:g1', 'uts:4026532601:g1'] });
    forest.children(initial!);
    assert.ok(focusOf(forest.entries.values(), undefined).pids.length <= 201);
    forest.fold(own!);
    forest.fold(initial!);
    assert.deepEqual(focusOf(forest.entries.values(), undefined).pids, []);
  });
});
