import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { HeldRef } from '../../../helper/holders/heldRef.ts';
import type { Facts } from '../../../helper/namespaces/resolver.ts';
import type { Errno, NsLink, NsType } from '../../../helper/protocol.ts';
import { NS_LINKS, typeOfLink } from '../../../helper/protocol.ts';
import type { Sources } from '../../../helper/scan/sources.ts';

/** The initial namespaces of Linux 6.18, by link. */
export const INITIAL: Readonly<Record<NsLink, number>> = {
  cgroup: 4026531835, ipc: 4026531839, mnt: 4026531832, net: 4026531833, pid: 4026531836, time: 4026531834, user: 4026531837, uts: 4026531838,
  pid_for_children: 4026531836, time_for_children: 4026531834,
};

export interface FakeProcess {
  readonly pid: number;
  /** One character per byte. */
  readonly comm?: string;
  readonly ppid?: number;
  readonly start?: number;
  readonly state?: string;
  readonly flags?: number;
  /** Differences from the initial namespaces; null leaves the link out (ENOENT). */
  readonly ns?: Readonly<Partial<Record<NsLink, number | null>>>;
  readonly uid?: number;
  readonly cmdline?: string;
  readonly cgroup?: string;
  readonly nsPids?: readonly number[];
  readonly threads?: readonly { readonly tid: number; readonly ns?: FakeProcess['ns'] }[];
}

/** A tree of the shape of /proc in a temporary folder, and sources that know its namespaces. */
export class FakeHost {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-proc-'));
  #lastPid = 0;
  readonly #pids = new Set<number>();
  /** By `type:inode`: what `resolve` tells. */
  readonly facts = new Map<string, Partial<Facts>>();
  /** What the slow scan finds. */
  held: HeldRef[] = [];
  processless: Facts[] = [];
  resolved: string[] = [];
  refuse: Errno | null = null;
  ids = true;

  constructor() {
    this.loadavg();
    this.mountinfo([]);
  }

  set(process: FakeProcess): void {
    const { pid, comm = 'sleep', ppid = 1, start = 100 + pid, state = 'S', flags = 0x400000, threads = [] } = process;
    const dir = path.join(this.root, String(pid));
    fs.rmSync(dir, { recursive: true, force: true });
    fs.mkdirSync(path.join(dir, 'ns'), { recursive: true });
    this.#links(path.join(dir, 'ns'), process.ns);
    const fields = [state, ppid, pid, pid, 0, -1, flags, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 1 + threads.length, 0, start, 1000, 50];
    fs.writeFileSync(path.join(dir, 'stat'), Buffer.from(`${pid} (${comm}) ${fields.join(' ')}\n`, 'latin1'));
    const uid = process.uid ?? 0;
    fs.writeFileSync(path.join(dir, 'status'), `Name:\tx\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nNSpid:\t${(process.nsPids ?? [pid]).join('\t')}\n`);
    fs.writeFileSync(path.join(dir, 'cmdline'), Buffer.from(process.cmdline ?? `${comm}\0`, 'latin1'));
    fs.writeFileSync(path.join(dir, 'cgroup'), process.cgroup ?? '0::/user.slice\n');
    for (const { tid, ns } of [{ tid: pid, ns: process.ns }, ...threads]) {
      fs.mkdirSync(path.join(dir, 'task', String(tid), 'ns'), { recursive: true });
      this.#links(path.join(dir, 'task', String(tid), 'ns'), ns ?? process.ns);
      fs.writeFileSync(path.join(dir, 'task', String(tid), 'comm'), `thread-${tid}\n`);
    }
    if (!this.#pids.has(pid)) this.#lastPid = pid;
    this.#pids.add(pid);
    this.loadavg();
  }

  /** As if its pid was given out again: another process with the same number. */
  reuse(process: FakeProcess): void {
    this.remove(process.pid);
    this.set(process);
  }

  remove(pid: number): void {
    fs.rmSync(path.join(this.root, String(pid)), { recursive: true, force: true });
    this.#pids.delete(pid);
    this.loadavg();
  }

  /** Takes a file of a process away, as when it cannot be read. */
  spoil(pid: number, file: string): void { fs.rmSync(path.join(this.root, String(pid), file), { recursive: true, force: true }); }

  loadavg(): void { fs.writeFileSync(path.join(this.root, 'loadavg'), `0.00 0.01 0.05 1/${this.#pids.size} ${this.#lastPid}\n`); }

  mountinfo(lines: readonly string[]): void {
    fs.mkdirSync(path.join(this.root, 'self'), { recursive: true });
    fs.writeFileSync(path.join(this.root, 'self', 'mountinfo'), ['1 1 8:1 / / rw - ext4 /dev/a rw', ...lines, ''].join('\n'));
  }

  dispose(): void { fs.rmSync(this.root, { recursive: true, force: true }); }

  sources(): Sources {
    const none = { refs: [], facts: [], processless: [], unread: [], phase: 'complete' as const };
    return {
      relations: true, ids: this.ids,
      resolve: (file, type) => {
        this.resolved.push(file);
        if (this.refuse) return this.refuse;
        const inode = this.#inodeAt(file);
        return inode === null ? 'ENOENT' : { facts: [this.factsOf(type, inode), ...this.#above(type, inode)] };
      },
      *descriptors() { yield; return none; },
      mounts: (function* (this: FakeHost) { yield; return { ...none, refs: this.held, processless: this.processless }; }).bind(this),
      *sockets() { yield; return none; },
      containers: () => ({ of: new Map<number, string | null>(), containers: [], ended: [] }),
    };
  }

  factsOf(type: NsType, inode: number): Facts {
    const initial = INITIAL[type] === inode;
    return {
      type, inode, id: this.ids ? String(inode - 4026531000) : null, owner: type === 'user' && initial ? null : INITIAL.user,
      parent: initial ? null : type === 'user' ? INITIAL.user : type === 'pid' ? INITIAL.pid : null, ownerUid: null, contents: {}, unread: {},
      ...this.facts.get(`${type}:${inode}`),
    };
  }

  *#above(type: NsType, inode: number): Generator<Facts> {
    const { owner, parent } = this.factsOf(type, inode);
    for (const [up, at] of [['user', owner], [type, parent]] as const) if (at !== null && at !== inode) yield* [this.factsOf(up, at), ...this.#above(up, at)];
  }

  #inodeAt(file: string): number | null {
    try {
      return Number(/\[(\d+)\]/.exec(fs.readlinkSync(file))?.[1]);
    } catch {
      return this.held.find(({ open }) => open === file)?.inode ?? null;
    }
  }

  #links(dir: string, ns: FakeProcess['ns'] = {}): void {
    for (const link of NS_LINKS) {
      const inode = ns[link] === undefined ? INITIAL[link] : ns[link];
      if (inode !== null) fs.symlinkSync(`${typeOfLink(link)}:[${inode}]`, path.join(dir, link));
    }
  }
}
