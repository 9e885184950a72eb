import assert from 'node:assert/strict';
import { crowd, stepwise } from './crowd.ts';

/** Fields of processes that may be read in one step: how long that takes is measured elsewhere (`npm run bench`), since it depends on the machine. */
const READS = 300_000;

describe('with 10,000 processes', function () {
  this.timeout(60_000);
  let reads = 0;
  const model = crowd((made) => new Proxy(made, {
    get(target, field, receiver): unknown {
      reads++;
      return Reflect.get(target, field, receiver);
    },
  }));

  for (const { what, prepare } of stepwise(model)) {
    it(`no step of ${what} looks at too much`, () => {
      const work = prepare();
      let dearest = 0;
      let steps = 0;
      for (let done = false; !done; steps++) {
        reads = 0;
        done = work.next().done === true;
        dearest = Math.max(dearest, reads);
      }
      assert.ok(dearest <= READS, `${dearest} fields of processes in one of ${steps} steps`);
    });
  }
});
