import fs from 'node:fs';
import { ContainerFinder } from '../../../helper/containers/finder.ts';
import type { ContainerSubject } from '../../../helper/containers/finder.ts';
import type { Container } from '../../../helper/protocol.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import { parseCgroup } from '../../../helper/scan/cgroup.ts';
import { parseCmdline } from '../../../helper/scan/cmdline.ts';
import { parseStat } from '../../../helper/scan/stat.ts';
import { parseStatus } from '../../../helper/scan/status.ts';

/** This machine's processes, read completely each time, and what the finder makes of them. */
export class RealHost {
  readonly #finder = new ContainerFinder();
  readonly #containers = new Map<string, Container>();
  readonly #of = new Map<number, string | null>();
  #pids: number[] = [];

  /** Reads all of /proc. Processes that end meanwhile are left out. */
  look(): void {
    const all = new Map<number, ContainerSubject>();
    for (const name of fs.readdirSync('/proc')) {
      const subject = /^\d+$/.test(name) ? read(Number(name)) : null;
      if (subject) all.set(subject.pid, subject);
    }
    const gone = this.#pids.filter((pid) => !all.has(pid));
    const hostNs = NS_LINKS.map((link) => inode('self', link));
    const { of, containers, ended } = this.#finder.update([...all.values()], gone, hostNs, all);
    this.#pids = [...all.keys()];
    for (const pid of gone) this.#of.delete(pid);
    for (const [pid, key] of of) this.#of.set(pid, key);
    for (const key of ended) this.#containers.delete(key);
    for (const container of containers) this.#containers.set(container.key, container);
  }

  /** The container of a process; undefined: the process was not seen. */
  containerOf(pid: number): Container | null | undefined {
    const key = this.#of.get(pid);
    return key == null ? key : this.#containers.get(key);
  }

  has(key: string): boolean {
    return this.#containers.has(key);
  }
}

function read(pid: number): ContainerSubject | null {
  try {
    const text = (name: string): string => fs.readFileSync(`/proc/${pid}/${name}`, 'latin1');
    const stat = parseStat(text('stat'));
    const status = parseStatus(text('status'));
    if (!stat || !status) return null;
    return {
      pid, start: stat.start, ppid: stat.ppid, comm: stat.comm, kernelThread: stat.kernelThread,
      cmdline: parseCmdline(text('cmdline')), cgroup: parseCgroup(text('cgroup')), uid: status.uid, nsPids: status.nsPids,
      ns: NS_LINKS.map((link) => inode(pid, link)),
    };
  } catch {
    return null; // ended
  }
}

function inode(pid: number | 'self', link: string): number | null {
  try {
    return Number(/\[(\d+)\]/.exec(fs.readlinkSync(`/proc/${pid}/ns/${link}`))?.[1]);
  } catch {
    return null;
  }
}
