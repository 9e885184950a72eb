import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HostModel } from '../../../helper/model/model.ts';
import type { Part } from '../../../helper/protocol.ts';
import { Scanner } from '../../../helper/scan/scanner.ts';
import { property } from '../property.ts';
import { FakeHost } from './fakeHost.ts';

/** A few pids and inodes, so that both are reused often. */
const pid = fc.integer({ min: 10, max: 15 });
const inode = fc.constantFrom(undefined, 4026532001, 4026532002, 4026532003);
const step = fc.oneof(
  fc.record({ do: fc.constant('set' as const), pid, start: fc.integer({ min: 1, max: 3 }), net: inode, user: inode, forChildren: inode, thread: inode }),
  fc.record({ do: fc.constant('remove' as const), pid }),
  fc.record({ do: fc.constant('hold' as const), inode }),
  fc.record({ do: fc.constant('tick' as const) }),
  fc.record({ do: fc.constant('slow scan' as const) }),
);

function contents(model: HostModel): unknown {
  const sort = (values: Iterable<unknown>): string[] => [...values].map((value) => JSON.stringify(value)).sort();
  return {
    // which generation a namespace is counted as depends on when one looked
    namespaces: sort([...model.namespaces.values()].map((ns) => ({ ...ns, key: '' }))),
    processes: sort(model.processes.values()),
    counts: sort([...model.namespaces.values()].map((ns) => [ns.type, ns.inode, model.memberCount(ns)])),
  };
}

describe('deltas', () => {
  for (const ids of [true, false]) {
    it(`any sequence of them equals a fresh snapshot (${ids ? 'with' : 'without'} ids)`, function () {
      this.timeout(60_000);
      property(fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const host = new FakeHost();
        host.ids = ids;
        try {
          host.set({ pid: 1, comm: 'init', ppid: 0 });
          host.set({ pid: 2, comm: 'kthreadd', ppid: 0, flags: 0x208040 });
          const scanner = new Scanner(host.sources(), { root: host.root });
          const model = new HostModel();
          const apply = (parts: readonly Part[]): void => { for (const part of parts) model.apply(part); };
          const drain = (generator: Generator): void => { while (!generator.next().done); };
          scanner.full();
          apply(scanner.snapshot());
          for (const now of steps) {
            switch (now.do) {
              case 'set': {
                const { net, user, forChildren, thread } = now;
                const ns = { ...net && { net }, ...user && { user }, ...forChildren && { pid_for_children: forChildren } };
                host.set({ pid: now.pid, start: now.start, ns, threads: thread === undefined ? [] : [{ tid: now.pid + 100, ns: { ...ns, uts: thread } }] });
                break;
              }
              case 'remove': host.remove(now.pid); break;
              case 'hold': host.held = now.inode === undefined ? [] : [{ type: 'ipc', inode: now.inode, open: '/x', held: { kind: 'bind mount', path: '/x', mountNamespace: 1, pid: null } }]; break;
              case 'tick': apply(scanner.tick({ pids: [], namespaces: [] })); break;
              case 'slow scan': drain(scanner.holders()); apply(scanner.changes()); break;
            }
          }
          // what a tick leaves for later is read by now
          drain(scanner.identity());
          drain(scanner.details(true));
          drain(scanner.holders());
          apply(scanner.changes());
          const fresh = new Scanner(host.sources(), { root: host.root });
          fresh.full();
          const expected = new HostModel();
          for (const part of fresh.snapshot()) expected.apply(part);
          assert.deepEqual(contents(model), contents(expected));
          const again = new HostModel();
          for (const part of scanner.snapshot()) again.apply(part);
          assert.deepEqual(contents(again), contents(expected), 'and so does the whole snapshot of the same scanner');
        } finally {
          host.dispose();
        }
      }), 60);
    });
  }
});
