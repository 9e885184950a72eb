import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ContainerSubject } from '../../../helper/containers/finder.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import { parseCgroup } from '../../../helper/scan/cgroup.ts';

/** One process as /proc told of it. */
export interface RecordedProcess {
  readonly pid: number;
  readonly stat: string;
  /** The lines Name, Uid and NSpid. */
  readonly status: string;
  readonly cmdline: readonly string[];
  readonly cgroup: readonly string[];
  readonly ns: Readonly<Record<string, number | null>>;
}

/** A fixture made by record.ts. */
export interface Recording {
  readonly engine: string;
  readonly command: readonly string[];
  readonly hostNs: Readonly<Record<string, number | null>>;
  readonly processes: readonly RecordedProcess[];
  /** State files by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Links in /proc (cwd, root) by path. */
  readonly links: Readonly<Record<string, string>>;
}

/** A recording laid out below a temporary directory, as `ContainerFinder`'s `root`. */
export interface Replay {
  readonly root: string;
  readonly hostNs: readonly (number | null)[];
  readonly all: Map<number, ContainerSubject>;
  /** Pid of the recorded process with this command line. */
  pid(commandLine: string | RegExp): number;
  dispose(): void;
}

export function load(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as Recording;
}

export function replay(recording: Recording): Replay {
  const root = mkdtempSync(join(tmpdir(), 'nslab-recording-'));
  for (const [path, text] of Object.entries(recording.files)) {
    mkdirSync(dirname(root + path), { recursive: true });
    writeFileSync(root + path, text);
  }
  const all = new Map<number, ContainerSubject>();
  for (const process of recording.processes) {
    const dir = `${root}/proc/${process.pid}`;
    mkdirSync(dir, { recursive: true });
    writeFileSync(`${dir}/cgroup`, `${process.cgroup.join('\n')}\n`);
    for (const link of ['cwd', 'root']) {
      const target = recording.links[`/proc/${process.pid}/${link}`] ?? '/';
      // a root with recorded files is a directory of its own
      if (!existsSync(`${dir}/${link}`)) symlinkSync(root + target, `${dir}/${link}`);
    }
    all.set(process.pid, subjectOf(process));
  }
  return {
    root, all,
    hostNs: NS_LINKS.map((link) => recording.hostNs[link] ?? null),
    pid(commandLine) {
      const found = recording.processes.filter(({ cmdline }) => {
        const text = cmdline.join(' ');
        return typeof commandLine === 'string' ? text === commandLine : commandLine.test(text);
      });
      if (found.length !== 1) throw new Error(`${found.length} recorded processes match ${commandLine}`);
      return found[0]!.pid;
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function subjectOf(process: RecordedProcess): ContainerSubject {
  const end = process.stat.lastIndexOf(')');
  const fields = process.stat.slice(end + 2).split(' ');
  const status = (name: string): string[] => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(process.status)?.[1]?.split(/\s+/) ?? [];
  return {
    pid: process.pid,
    start: fields[19] ?? '',
    ppid: Number(fields[1]),
    comm: process.stat.slice(process.stat.indexOf('(') + 1, end),
    cmdline: process.cmdline,
    cgroup: parseCgroup(`${process.cgroup.join('\n')}\n`),
    uid: Number(status('Uid')[0]),
    nsPids: status('NSpid').map(Number),
    ns: NS_LINKS.map((link) => process.ns[link] ?? null),
    kernelThread: false,
  };
}
