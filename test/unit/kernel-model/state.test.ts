import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { boot } from '../../../simulator/kernel/boot.ts';
import { CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS } from '../../../simulator/kernel/flags.ts';
import { History } from '../../../simulator/kernel/history.ts';
import { broken_invariants } from '../../../simulator/kernel/invariants.ts';
import { letters } from '../../../simulator/kernel/names.ts';
import { state_change } from '../../../simulator/kernel/state_change.ts';
import { state_of } from '../../../simulator/kernel/state.ts';
import type { KernelState } from '../../../simulator/kernel/state.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import { property } from '../property.ts';
import { caller } from './caller.ts';

function find(state: KernelState, name: string): KernelState['objects'][number] {
  return state.objects.find((object) => object.name === name) ?? assert.fail(`no ${name} among ${state.objects.map((object) => object.name).join(', ')}`);
}

describe('letters', () => {
  it('go on after Z', () => {
    assert.deepEqual([1, 2, 26, 27, 52, 53, 702, 703].map(letters), ['A', 'B', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});

describe('the picture of the state', () => {
  for (const version of VERSIONS) {
    it(`explains every count of a kernel ${version} that has just started`, () => {
      assert.deepEqual(broken_invariants(boot(version)), []);
    });
  }

  it('says before the root mount that only mnt_ns of init_nsproxy is NULL', () => {
    const { fields } = find(state_of(boot()), 'nsproxy 1');
    assert.deepEqual(Object.entries(fields).filter(([, value]) => value === null).map(([slot]) => slot), ['mnt_ns', 'user_ns']);
  });

  it('[R5 R6] tells who holds each reference, and what unshare changed', () => {
    const { tasks, init, by, k } = caller();
    const other = tasks.fork(init);
    const before = state_of(k);
    assert.deepEqual(find(before, 'nsproxy 1').holders.map(({ by: holder }) => holder), k.init_task.nsproxy === init.nsproxy ? ['task:1', 'task:2', 'task:3'] : ['task:2', 'task:3']);
    assert.equal(by.call(other, 'unshare', CLONE_NEWUTS), 0);
    const after = state_of(k);
    const uts = find(after, 'uts B');
    assert.deepEqual([uts.count, uts.holders], [1, [{ by: 'nsproxy:2', slot: 'uts_ns', n: 1 }]]);
    const changes = state_change(before, after);
    assert.deepEqual(changes.filter(({ what }) => what === 'created').map((change) => 'name' in change && change.name), ['nsproxy 2', 'uts B']);
    assert.ok(changes.some((change) => change.what === 'written' && change.field === 'nsproxy' && change.key === `task:${other.id}`));
    assert.deepEqual(state_change(after, after), []);
  });

  it('[R9] counts a time namespace twice for each nsproxy', () => {
    const { init, by, k } = caller();
    assert.equal(by.call(init, 'unshare', CLONE_NEWUTS), 0);
    assert.deepEqual(find(state_of(k), 'time A').holders.filter(({ by: holder }) => holder === 'nsproxy:2').map(({ slot }) => slot), ['time_ns', 'time_ns_for_children']);
  });

  it('is JSON, the same for the same state, and complete when read again', () => {
    const run = (): KernelState => {
      const { tasks, init, by, k } = caller();
      const user = tasks.user(init);
      by.call(user, 'unshare', CLONE_NEWUSER | CLONE_NEWNET);
      by.call(init, 'semget', 0, 3, 0o1600);
      return state_of(k);
    };
    const state = run();
    const text = JSON.stringify(state);
    assert.equal(JSON.stringify(run()), text);
    assert.deepEqual(state_change(state, JSON.parse(text) as KernelState), []);
    const keys = new Set(state.objects.map(({ key }) => key));
    assert.equal(keys.size, state.objects.length);
    for (const [, key] of text.matchAll(/\{"ref":"([^"]*)"\}/g)) assert.ok(keys.has(key ?? ''), `${key} is referred to and is there`);
    for (const { holders } of state.objects) for (const { by: holder } of holders) assert.ok(holder === null || keys.has(holder));
  });

  it('keeps names while other objects come and go', () => {
    const { tasks, init, by, k } = caller();
    const [a, b] = [tasks.fork(init), tasks.fork(init)];
    by.call(a, 'unshare', CLONE_NEWUTS);
    by.call(b, 'unshare', CLONE_NEWUTS);
    assert.equal(find(state_of(k), 'uts C').key, 'uts:3');
    tasks.exit(a);
    const state = state_of(k);
    assert.equal(find(state, 'uts C').key, 'uts:3');
    assert.ok(!state.objects.some(({ name }) => name === 'uts B'));
  });
});

describe('time travel', () => {
  it('shows every earlier state again, and the later ones, after any calls', () => {
    const flags = fc.constantFrom(CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWUSER, CLONE_NEWTIME, CLONE_NEWUSER | CLONE_NEWUTS, 0);
    const command = fc.record({ what: fc.constantFrom('unshare', 'unshare', 'name', 'sem', 'msgrcv', 'close'), who: fc.nat(5), flags });
    property(fc.property(fc.array(command, { maxLength: 25 }), fc.nat(), (commands, wanted) => {
      const { tasks, init, by, k } = caller();
      const all: task_struct[] = [init, tasks.fork(init), tasks.user(init), tasks.user(init)];
      const states = new Map<number, KernelState>();
      by.call(init, 'msgget', 0, 0o1600);
      const remember = (): void => { k.current = init; states.set(k.trace.events.length, state_of(k)); };
      remember();
      for (const { what, who, flags: chosen } of commands) {
        const task = all[who % all.length] ?? init;
        if (task.wait) continue;
        if (what === 'name') by.call(task, 'sethostname', `host${who}`, 5);
        else if (what === 'sem') by.call(task, 'semget', 0, 1, 0o1600);
        else if (what === 'unshare') by.call(task, 'unshare', chosen);
        else if (what === 'msgrcv') by.call(task, 'msgrcv', 0, by.room(16), 8, 0, 0);
        else by.call(task, 'close', 3);
        remember();
      }
      const history = new History(k);
      const at = [...states.keys()];
      for (const position of [at[wanted % at.length] ?? 0, at[0] ?? 0, at.at(wanted % at.length) ?? 0, history.end]) {
        history.goTo(position);
        k.current = init;
        const now = state_of(k);
        const then = states.get(position) ?? assert.fail();
        assert.deepEqual(state_change(then, now), []);
        assert.equal(JSON.stringify(now), JSON.stringify(then));
        assert.equal(JSON.stringify(state_of(k, true)), JSON.stringify(then), 'what was told before still holds');
      }
    }), 100);
  });

  it('goes another way from an earlier state, with the same names', () => {
    const { init, by, k } = caller();
    const start = k.trace.events.length;
    by.call(init, 'unshare', CLONE_NEWUTS);
    const first = JSON.stringify(state_of(k));
    const history = new History(k);
    history.goTo(start);
    history.cut();
    by.call(init, 'unshare', CLONE_NEWIPC);
    assert.ok(!state_of(k).objects.some(({ name }) => name === 'uts B'));
    assert.equal(history.follow(), k.trace.events.length);
    history.goTo(start);
    history.cut();
    by.call(init, 'unshare', CLONE_NEWUTS);
    assert.equal(JSON.stringify(state_of(k)), first);
  });

  it('refuses positions that there are not', () => {
    const history = new History(caller().k);
    for (const position of [-1, 0.5, history.end + 1, Number.NaN]) assert.throws(() => { history.goTo(position); }, RangeError);
  });
});
