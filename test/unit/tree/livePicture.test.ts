import assert from 'node:assert/strict';
import { readlinkSync } from 'node:fs';
import { loadNative } from '../../../helper/kernel/native.ts';
import { HostModel } from '../../../helper/model/model.ts';
import { liveSources } from '../../../helper/scan/liveSources.ts';
import { Scanner } from '../../../helper/scan/scanner.ts';
import type { NamespaceShown } from '../../../simulator/picture/picture.ts';
import { livePicture } from '../../../extension/notebook/livePicture.ts';

describe('the picture of a host', () => {
  it('draws the very processes and namespaces of this machine, and one nsproxy for those that share all eight', () => {
    const scanner = new Scanner(liveSources(loadNative()));
    scanner.full();
    const model = new HostModel();
    for (const part of scanner.snapshot()) model.apply(part);
    const own = model.processes.get(process.pid);
    assert.ok(own);
    const { picture } = livePicture(model, [own]);
    const task = picture.tasks.find(({ pids }) => pids[0] === process.pid);
    assert.ok(task);
    const proxy = picture.nsproxies.find(({ ref }) => ref === task.nsproxy);
    assert.ok(proxy);
    for (const [slot, link] of [['uts_ns', 'uts'], ['net_ns', 'net'], ['mnt_ns', 'mnt'], ['pid_ns_for_children', 'pid_for_children']] as const) {
      const wanted: string | null | undefined = proxy.slots[slot];
      const ns: NamespaceShown | undefined = picture.namespaces.find(({ ref }) => ref === wanted);
      assert.equal(`${ns?.type ?? ''}:[${ns?.inode ?? ''}]`, readlinkSync(`/proc/self/ns/${link}`).replace('_for_children', ''));
    }
    // each task's nsproxy has just its own namespaces: two tasks have one exactly when their links are equal
    for (const one of picture.tasks) for (const other of picture.tasks) {
      const [a, b] = [one, other].map(({ pids: [pid = 0] }) => model.processes.get(pid)?.ns.filter((_, n) => n !== 4 && n !== 6).join());
      if (a !== undefined && b !== undefined && one.nsproxy && other.nsproxy) assert.equal(one.nsproxy === other.nsproxy, a === b, `${one.comm} and ${other.comm}`);
    }
    assert.equal(proxy.count, picture.tasks.filter(({ nsproxy }) => nsproxy === proxy.ref).length);
    for (const ns of picture.namespaces) assert.equal(ns.count, ns.holders.reduce((sum, { n }) => sum + n, 0));
  });
});
