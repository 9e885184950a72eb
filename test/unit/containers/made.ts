import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ContainerFinder } from '../../../helper/containers/finder.ts';
import type { ContainerSubject, Findings } from '../../../helper/containers/finder.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import type { Container } from '../../../helper/protocol.ts';

export const HOST_NS = NS_LINKS.map((_, i) => 4026531830 + i);
const [MNT, PID] = [NS_LINKS.indexOf('mnt'), NS_LINKS.indexOf('pid')];

/** A small host of made-up processes and files, for what recordings cannot show: change, damage, malice. */
export class MadeHost {
  readonly root = mkdtempSync(join(tmpdir(), 'nslab-made-'));
  readonly all = new Map<number, ContainerSubject>();
  readonly finder = new ContainerFinder({ root: this.root });
  readonly containers = new Map<string, Container>();
  readonly of = new Map<number, string | null>();

  write(path: string, content: string | object): void {
    mkdirSync(dirname(this.root + path), { recursive: true });
    writeFileSync(this.root + path, typeof content === 'string' ? content : JSON.stringify(content));
  }

  /** A process on the host, unless `mnt` or `pidNs` say otherwise. */
  process(pid: number, fields: Partial<Omit<ContainerSubject, 'pid' | 'ns'>> & { mnt?: number | null; pidNs?: number } = {}): ContainerSubject {
    const { mnt, pidNs, ...given } = fields;
    const ns: (number | null)[] = [...HOST_NS];
    if (mnt !== undefined) ns[MNT] = mnt;
    if (pidNs !== undefined) ns[PID] = pidNs;
    const subject = { start: '100', ppid: 1, comm: 'sleep', cmdline: ['sleep', '1'], cgroup: '/', uid: 0, nsPids: [pid], kernelThread: false, ...given, pid, ns };
    this.all.set(pid, subject);
    return subject;
  }

  end(pid: number): number {
    this.all.delete(pid);
    return pid;
  }

  update(changed: readonly ContainerSubject[] = [...this.all.values()], ended: readonly number[] = []): Findings {
    const findings = this.finder.update(changed, ended, HOST_NS, this.all);
    for (const pid of ended) this.of.delete(pid);
    for (const [pid, key] of findings.of) this.of.set(pid, key);
    for (const key of findings.ended) this.containers.delete(key);
    for (const container of findings.containers) this.containers.set(container.key, container);
    return findings;
  }

  container(pid: number): Container | null {
    const key = this.of.get(pid) ?? null;
    return key === null ? null : this.containers.get(key) ?? null;
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
