import assert from 'node:assert/strict';
import { Frozen } from '../../../extension/tree/frozen.ts';
import { Marks } from '../../../extension/tree/marks.ts';
import { modelOf, namespace, part, process } from './worlds.ts';

describe('marks', () => {
  const start = () => {
    const model = modelOf([namespace('uts', 4026532601)], [process(1), process(7, { uts: 4026532601 })]);
    return { model, marks: new Marks() };
  };

  it('are not made for the first snapshot, nor after a reset, until that has been settled', () => {
    const { model, marks } = start();
    marks.record(model.apply(part([namespace('uts', 4026532602)], [])), model);
    assert.equal(marks.of('uts:4026532602:g1'), undefined);
    marks.settle(model);
    marks.record(model.apply(part([namespace('uts', 4026532603)], [])), model);
    assert.equal(marks.of('uts:4026532603:g1'), 'new');
    marks.record(model.apply(part([namespace('uts', 4026532604)], []), true), model);
    assert.equal(marks.of('uts:4026532604:g1'), undefined);
    assert.equal(marks.of('uts:4026532603:g1'), undefined);
    assert.equal(marks.settled, false);
  });

  it('tell new, ended, and another number of processes; not the coming and going in an initial namespace', () => {
    const { model, marks } = start();
    marks.settle(model);
    const touched = marks.record(model.apply(part([namespace('net', 4026532700)], [process(8, { uts: 4026532601 }), process(9)])), model);
    assert.deepEqual([...touched].sort(), ['net:4026532700:g1', 'uts:4026532601:g1']);
    assert.equal(marks.of('uts:4026532601:g1'), 'members');
    marks.record(model.apply(part([], [], [], { endedNamespaces: ['net:4026532700:g1'] })), model);
    assert.equal(marks.of('net:4026532700:g1'), 'ended');
  });

  it('count down only once they were seen', () => {
    const { model, marks } = start();
    marks.settle(model);
    marks.record(model.apply(part([namespace('net', 4026532700)], [])), model);
    assert.equal(marks.next(), null);
    assert.deepEqual([...marks.expire(1e9)], []);
    marks.seen(1000, 5000);
    marks.seen(4000, 5000);
    assert.equal(marks.next(), 6000);
    assert.deepEqual([...marks.expire(5999)], []);
    assert.deepEqual([...marks.expire(6000)], ['net:4026532700:g1']);
    assert.equal(marks.of('net:4026532700:g1'), undefined);
  });
});

describe('a frozen tree', () => {
  it('stays as it was, counts each change once, and knows on waking what it missed', () => {
    const model = modelOf([namespace('uts', 4026532601), namespace('uts', 4026532602)], [process(7, { uts: 4026532601 })]);
    const frozen = new Frozen(model, new Date(0));
    frozen.record(model.apply(part([namespace('net', 4026532700)], [process(8, { uts: 4026532601 })])));
    frozen.record(model.apply(part([], [], [], { endedNamespaces: ['uts:4026532602:g1'], endedProcesses: [[8, '80']] })));
    frozen.record(model.apply(part([], [process(9, { uts: 4026532601 })])));
    assert.equal(frozen.model.members({ type: 'uts', inode: 4026532601 }).length, 1);
    assert.ok(frozen.model.namespaces.has('uts:4026532602:g1'));
    const missed = frozen.difference(model);
    assert.deepEqual([[...missed.added], [...missed.removed], [...missed.changed].filter((key) => key.startsWith('uts:4026532601'))], [['net:4026532700:g1'], ['uts:4026532602:g1'], ['uts:4026532601:g1']]);
    assert.ok(frozen.changes >= 4);
    const before = frozen.changes;
    frozen.record(model.apply(part([], [process(9, { uts: 4026532601 })])));
    assert.equal(frozen.changes, before);
  });
});
