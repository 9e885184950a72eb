import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { Counted } from '../../../simulator/kernel/object.ts';
import { Table, Trace } from '../../../simulator/kernel/trace.ts';
import { property } from '../property.ts';

class Box extends Counted {
  override readonly kind = 'box';
  colour = 'red';
  readonly entries = new Table<number, string>(this, 'entries');
}

/** Everything that can be seen of a trace's objects, in the order in which it is seen. */
function seen(trace: Trace): unknown {
  return [...trace.live.get('box') ?? []].map((box) => {
    assert.ok(box instanceof Box);
    return [box.id, box.freed, box.count, box.colour, [...box.entries.map]];
  });
}

describe('the trace', () => {
  it('puts an entry back where it stood when its removal is undone', () => {
    const trace = new Trace('full');
    const box = trace.alloc(new Box());
    for (const key of [1, 2, 3, 4]) trace.insert(box.entries, key, `${key}`);
    trace.remove(box.entries, 2);
    const event = trace.events.at(-1);
    assert.ok(event);
    trace.undo(event);
    assert.deepEqual([...box.entries.map.keys()], [1, 2, 3, 4]);
    trace.redo(event);
    assert.deepEqual([...box.entries.map.keys()], [1, 3, 4]);
  });

  it('keeps objects in order of their ids when freeing one is undone, and gives the same ids again after steps back', () => {
    const trace = new Trace('full');
    const [, second] = [1, 2, 3].map(() => trace.alloc(new Box()));
    assert.ok(second);
    const before = trace.events.length;
    trace.free(second);
    const fourth = trace.alloc(new Box());
    for (const event of trace.events.splice(before).reverse()) trace.undo(event);
    assert.deepEqual([...trace.live.get('box') ?? []].map(({ id }) => id), [1, 2, 3]);
    assert.equal(trace.alloc(new Box()).id, fourth.id);
  });

  it('comes back to every earlier and later state, whatever was done', () => {
    const command = fc.tuple(fc.nat(5), fc.nat(7), fc.nat(6));
    property(fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const trace = new Trace('full');
      const boxes: Box[] = [];
      const states = new Map<number, unknown>([[0, seen(trace)]]);
      for (const [what, which, key] of commands) {
        const alive = boxes.filter((box) => !box.freed);
        const box = alive[which % Math.max(1, alive.length)];
        if (what === 0 || !box) boxes.push(trace.alloc(new Box()));
        else if (what === 1) trace.free(box);
        else if (what === 2) trace.get(box);
        else if (what === 3) trace.write(box, 'colour', `${key}`);
        else if (what === 4) trace.insert(box.entries, key, `${which}`);
        else trace.remove(box.entries, key);
        states.set(trace.events.length, seen(trace));
      }
      for (let at = trace.events.length - 1; at >= 0; at--) {
        const event = trace.events[at];
        assert.ok(event);
        trace.undo(event);
        if (states.has(at)) assert.deepEqual(seen(trace), states.get(at));
      }
      for (const [at, event] of trace.events.entries()) {
        trace.redo(event);
        if (states.has(at + 1)) assert.deepEqual(seen(trace), states.get(at + 1));
      }
    }), 300);
  });
});
