import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Values } from '../../../webview/picture/seriate.ts';
import { breaks, distance, insert, seriate } from '../../../webview/picture/seriate.ts';

const rows = (max: number): fc.Arbitrary<Values[]> => fc.array(fc.array(fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 8 }), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: max });
const cost = (given: readonly Values[], order: readonly number[]): number => breaks(order.map((i) => given[i] ?? []));

function permutations(items: readonly number[]): number[][] {
  return items.length === 0 ? [[]] : items.flatMap((first, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [first, ...rest]));
}

describe('the order of rows', () => {
  it('has the fewest breaks that any order with the host first can have (tried: all)', () => {
    fc.assert(fc.property(rows(7), (given) => {
      const order = seriate(given);
      const best = Math.min(...permutations(given.map((_, i) => i).slice(1)).map((rest) => cost(given, [0, ...rest])));
      assert.equal(cost(given, order), best);
      assert.equal(order[0], 0);
      assert.deepEqual([...order].sort((a, b) => a - b), given.map((_, i) => i));
    }), { seed: 3, numRuns: 200 });
  });

  it('holds every row once and is never worse than the given order, for many rows', () => {
    fc.assert(fc.property(rows(60), (given) => {
      const order = seriate(given);
      assert.equal(order[0], 0);
      assert.deepEqual([...order].sort((a, b) => a - b), given.map((_, i) => i));
      assert.ok(cost(given, order) <= cost(given, given.map((_, i) => i)));
    }), { seed: 4, numRuns: 60 });
  });

  it('brings together the members of containers that were listed in turns', () => {
    const given: Values[] = [['h', 'h'], ...Array.from({ length: 40 }, (_, i): Values => [`c${i % 4}`, `c${i % 4}`])];
    const order = seriate(given);
    // four blocks after the host: four breaks in each of two columns
    assert.equal(cost(given, order), 8);
  });

  it('keeps the given order among equals', () => {
    const same: Values[] = [['h'], ['x'], ['x'], ['x']];
    assert.deepEqual(seriate(same), [0, 1, 2, 3]);
  });

  it('counts what could not be read as different from everything', () => {
    assert.equal(distance([null, 'a'], [null, 'a']), 1);
  });

  it('when rows are added leaves the known ones in their order, and the first one first', () => {
    fc.assert(fc.property(rows(9), fc.nat(), (given, cut) => {
      const order = given.map((_, i) => i);
      const known = order.slice(0, 1 + (cut % given.length));
      const result = insert(given, known, order.slice(known.length));
      assert.deepEqual(result.filter((i) => known.includes(i)), known);
      assert.deepEqual([...result].sort((a, b) => a - b), order);
    }), { seed: 5 });
  });
});
