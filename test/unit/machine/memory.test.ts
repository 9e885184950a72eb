import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { createMachineMemory } from '../../../simulator/machine/memory/index.ts';
import { PAGE_SIZE } from '../../../simulator/machine/memory.ts';
import type { AddressSpace } from '../../../simulator/machine/memory.ts';
import { property } from '../property.ts';

const RW = { read: true, write: true, execute: false, name: '' };
const RO = { read: true, write: false, execute: false, name: '' };
const bytes = (...list: number[]): Uint8Array => Uint8Array.from(list);
const read = (space: AddressSpace, address: number, length: number): number[] | null => {
  const found = space.read(address, length);
  return found ? [...found] : null;
};

describe('machine: memory', () => {
  it('is zero where mapped, and bad elsewhere', () => {
    const space = createMachineMemory().createAddressSpace();
    space.map(0x10000, 2 * PAGE_SIZE, RW);
    assert.deepEqual(read(space, 0x10ffe, 4), [0, 0, 0, 0]);
    assert.equal(space.resident, 0, 'reading takes no pages');
    assert.equal(space.read(0x11fff, 2), null);
    assert.equal(space.read(0xffff, 2), null);
    assert.equal(space.write(0x11ffe, bytes(1, 2, 3)), false);
    assert.deepEqual(read(space, 0x11ffe, 2), [0, 0], 'nothing of it was written');
    assert.equal(space.write(0x10fff, bytes(7, 8)), true);
    assert.deepEqual(read(space, 0x10ffe, 4), [0, 7, 8, 0]);
    assert.equal(space.resident, 2);
    assert.equal(space.read(2 ** 32 - 1, 2), null);
    assert.equal(space.read(-1, 1), null);
  });

  it('protects', () => {
    const space = createMachineMemory().createAddressSpace();
    space.map(0x10000, 3 * PAGE_SIZE, { ...RO, bytes: bytes(1, 2, 3) });
    assert.deepEqual(read(space, 0x10000, 4), [1, 2, 3, 0]);
    assert.equal(space.write(0x10000, bytes(9)), false);
    assert.equal(space.protect(0x11000, PAGE_SIZE, RW), true);
    assert.equal(space.write(0x11000, bytes(9)), true);
    assert.deepEqual(space.regions.map(({ from, to, write }) => [from, to, write]), [[0x10000, 0x11000, false], [0x11000, 0x12000, true], [0x12000, 0x13000, false]]);
    assert.equal(space.protect(0x12000, 2 * PAGE_SIZE, RW), false);
    space.unmap(0x11000, PAGE_SIZE);
    assert.equal(space.read(0x11000, 1), null);
    assert.deepEqual(space.regions.map(({ from }) => from), [0x10000, 0x12000]);
  });

  it('has a stack that grows down to its limit and keeps away from others', () => {
    const space = createMachineMemory().createAddressSpace();
    const top = 0x8000000;
    space.map(top - PAGE_SIZE, PAGE_SIZE, { ...RW, growsDownTo: top - (8 << 20) });
    assert.equal(space.write(top - (4 << 20), bytes(1)), true);
    assert.equal(space.write(top - (8 << 20), bytes(1)), true);
    assert.equal(space.write(top - (8 << 20) - 1, bytes(1)), false);
    const other = createMachineMemory().createAddressSpace();
    other.map(top - PAGE_SIZE, PAGE_SIZE, { ...RW, growsDownTo: top - (8 << 20) });
    other.map(top - (4 << 20), PAGE_SIZE, RW);
    assert.equal(other.write(top - (4 << 20) + 2 * PAGE_SIZE, bytes(1)), false);
    assert.equal(other.write(top - (2 << 20), bytes(1)), true);
  });

  it('finds room from the top down', () => {
    const space = createMachineMemory().createAddressSpace();
    const at = space.findFree(3 * PAGE_SIZE) ?? 0;
    assert.equal(at, 0xffff0000 - 3 * PAGE_SIZE);
    space.map(at, 3 * PAGE_SIZE, RW);
    assert.equal(space.findFree(PAGE_SIZE), at - PAGE_SIZE);
    assert.equal(space.findFree(2 ** 32), null);
  });

  it('shares what is shared, through any space', () => {
    const { createAddressSpace, createSharedMemory } = createMachineMemory();
    const object = createSharedMemory(2 * PAGE_SIZE);
    const [a, b] = [createAddressSpace(), createAddressSpace()];
    a.map(0x10000, 2 * PAGE_SIZE, { ...RW, object });
    const c = a.fork();
    b.map(0x50000, PAGE_SIZE, { ...RW, object, offset: PAGE_SIZE });
    a.write(0x11000, bytes(5));
    assert.deepEqual(read(b, 0x50000, 1), [5]);
    assert.deepEqual(read(c, 0x11000, 1), [5]);
    const kept = object.fork();
    b.write(0x50000, bytes(6));
    assert.deepEqual(read(a, 0x11000, 1), [6]);
    object.restore(kept);
    assert.deepEqual(read(c, 0x11000, 1), [5]);
    c.write(0x11000, bytes(8));
    assert.deepEqual([...kept.read(PAGE_SIZE, 1)], [5]);
    assert.deepEqual([...object.read(PAGE_SIZE, 1)], [8]);
  });

  it('ends where a mapped file ends, which may grow and shrink', () => {
    const { createAddressSpace, createSharedMemory } = createMachineMemory();
    const object = createSharedMemory(PAGE_SIZE);
    const a = createAddressSpace();
    a.map(0x10000, 3 * PAGE_SIZE, { ...RW, object });
    object.limit(PAGE_SIZE);
    a.write(0x10000, bytes(5));
    assert.equal(a.read(0x11000, 1), null);
    const kept = object.fork();
    object.grow(3 * PAGE_SIZE);
    object.limit(PAGE_SIZE + 1);
    assert.ok(a.write(0x11000, bytes(6)));
    assert.equal(a.write(0x12000, bytes(7)), false);
    object.restore(kept);
    assert.equal(a.read(0x11000, 1), null, 'as it was kept');
    assert.deepEqual(read(a, 0x10000, 1), [5]);
    object.limit(0);
    assert.equal(a.read(0x10000, 1), null);
    a.map(0x50000, 2 * PAGE_SIZE, { ...RW, bytes: bytes(1, 2), ends: true });
    assert.deepEqual(read(a, 0x50001, 2), [2, 0]);
    assert.equal(a.read(0x51000, 1), null);
  });

  it('gives pages back', () => {
    const { createAddressSpace } = createMachineMemory();
    // more than there is, if nothing came back
    for (let round = 0; round < 20; round++) {
      const space = createAddressSpace();
      space.map(0x100000, 64 << 20, RW);
      for (let page = 0; page < 64 << 20; page += PAGE_SIZE) assert.ok(space.write(0x100000 + page, bytes(1)));
      space.fork().release();
      space.release();
    }
  }).timeout(60_000);

  it('is like plain arrays of bytes, whatever is written, copied and restored', () => {
    const PAGES = 4;
    const step = fc.oneof(
      fc.record({ op: fc.constant('write' as const), space: fc.nat(5), at: fc.nat(PAGES * PAGE_SIZE - 40), data: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
      fc.record({ op: fc.constant('fork' as const), space: fc.nat(5) }),
      fc.record({ op: fc.constant('restore' as const), space: fc.nat(5), from: fc.nat(5) }),
      fc.record({ op: fc.constant('release' as const), space: fc.nat(5) }),
    );
    property(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const first = createMachineMemory().createAddressSpace();
      first.map(0x10000, PAGES * PAGE_SIZE, RW);
      const pairs = [{ space: first, model: new Uint8Array(PAGES * PAGE_SIZE) }];
      for (const each of steps) {
        const pair = pairs[each.space % pairs.length]!;
        if (each.op === 'write') {
          pair.space.write(0x10000 + each.at, each.data);
          pair.model.set(each.data, each.at);
        } else if (each.op === 'fork') pairs.push({ space: pair.space.fork(), model: pair.model.slice() });
        else if (each.op === 'restore') {
          const from = pairs[each.from % pairs.length]!;
          if (from === pair) continue;
          pair.space.restore(from.space);
          pair.model.set(from.model);
        } else if (pairs.length > 1) {
          pair.space.release();
          pairs.splice(pairs.indexOf(pair), 1);
        }
      }
      for (const { space, model } of pairs) assert.deepEqual(Buffer.from(space.read(0x10000, PAGES * PAGE_SIZE) ?? []), Buffer.from(model));
    }));
  });
});
