import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { NS_TYPES, type NsType } from '../../helper/protocol.ts';
import type { Actor } from './world/actor.ts';

const REPOSITORY = path.join(import.meta.dirname, '../..');
/** What is tested is what people run: the built program. */
export const NSLAB = path.join(REPOSITORY, 'dist/nslab.cjs');

/** `nslab scan --json` as its readers see it; only what the tests read. */
export interface ScanDocument {
  readonly namespaces: readonly ScannedNamespace[];
  readonly processes: readonly ScannedProcess[];
  readonly unreadable: readonly { readonly what: string; readonly field: string; readonly errno: string; readonly reason: string; readonly pids: readonly number[] }[];
}
export interface ScannedNamespace {
  readonly key: string;
  readonly type: NsType;
  readonly inode: number;
  readonly processes: readonly number[];
  readonly owner: number | null;
  readonly ownerReason?: string;
  readonly parent: number | null;
  readonly parentReason?: string;
  readonly heldBy: readonly ({ readonly kind: string } & Readonly<Record<string, unknown>>)[];
}
export interface ScannedProcess {
  readonly pid: number;
  readonly start: string;
  readonly comm: string;
  readonly cmdline: readonly string[] | null;
  readonly state: string;
  readonly nsPids: readonly number[] | null;
}

/** From where, and as whom, a scanner is run. */
export interface Viewpoint {
  /** Enter these namespaces of this actor first. */
  readonly actor?: Actor;
  readonly types?: readonly NsType[];
  /** Give up root for this uid and gid (after entering). */
  readonly uid?: number;
  /** Where the repository is to be seen from there, if not where it is: see `exposeRepository`. */
  readonly repository?: string;
}

/** The output of a scanner, and what it must not be blamed for seeing: its own process. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  /** Its pid, as it was itself told. */
  readonly pid: number;
  /** `type:inode` of the namespaces it ran in. */
  readonly ownNamespaces: ReadonlySet<string>;
}

/**
 * Makes the repository (and the node that runs the tests) readable for every user, in an actor's mount namespace: a checkout in
 * the home directory of root is not.
 */
export function exposeRepository(actor: Actor): string {
  const where = path.join(actor.world.directory, 'repository');
  fs.mkdirSync(where, { recursive: true, mode: 0o755 });
  const { status, stderr } = spawnSync('nsenter', ['-t', String(actor.pid), '-m', 'mount', '--bind', REPOSITORY, where], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount --bind: ${stderr}`);
  return where;
}

/** The path of a file of the repository as seen from there. */
function seen(file: string, from: Viewpoint): string {
  const real = fs.realpathSync(file);
  const root = fs.realpathSync(REPOSITORY);
  return from.repository !== undefined && real.startsWith(`${root}/`) ? from.repository + real.slice(root.length) : real;
}

/** The words before a command that run it from a viewpoint. */
export function wordsBefore(from: Viewpoint): string[] {
  const words: string[] = [];
  if (from.actor) {
    const option: Record<NsType, string> = { cgroup: '-C', ipc: '-i', mnt: '-m', net: '-n', pid: '-p', time: '-T', user: '-U', uts: '-u' };
    words.push('nsenter', '-t', String(from.actor.pid), ...(from.types ?? ['mnt']).map((type) => option[type]));
  }
  if (from.uid !== undefined) words.push('setpriv', '--reuid', String(from.uid), '--regid', String(from.uid), '--clear-groups');
  return words;
}

/** Tells its own pid and namespaces on descriptor 3, then becomes the command. */
const INTRODUCE = `echo $$ >&3; readlink ${NS_TYPES.map((type) => `/proc/$$/ns/${type}`).join(' ')} >&3; exec 3>&-; exec "$@"`;

export function run(command: readonly string[], from: Viewpoint): Run {
  const [program, ...words] = [...wordsBefore(from), 'sh', '-c', INTRODUCE, 'sh', ...command];
  const { stdout, stderr, status, output, error } = spawnSync(program!, words, {
    encoding: 'utf8', cwd: '/', stdio: ['ignore', 'pipe', 'pipe', 'pipe'], maxBuffer: 1 << 30,
  });
  if (error) throw error;
  const [pid, ...links] = (output[3] ?? '').trim().split('\n');
  return { stdout, stderr, status, pid: Number(pid), ownNamespaces: new Set(links.map((link) => link.replace(/[[\]]/g, ''))) };
}

/** One scan by the built command line, and the process that did it. */
export interface Scan { readonly document: ScanDocument; readonly pid: number; readonly text: string }

export function nslab(from: Viewpoint = {}): Scan {
  const { stdout, stderr, status, pid } = run([seen(process.execPath, from), seen(NSLAB, from), 'scan', '--json'], from);
  if (status !== 0) throw new Error(`nslab scan --json: exit status ${status}\n${stderr}`);
  return { document: JSON.parse(stdout) as ScanDocument, pid, text: stdout };
}

/** The table for people. */
export function nslabTable(from: Viewpoint = {}): Run { return run([seen(process.execPath, from), seen(NSLAB, from), 'scan'], from); }

/** One line of `lsns`, its own process taken out. Owner and parent are null when lsns does not tell. */
export interface LsnsLine { readonly type: NsType; readonly inode: number; readonly processes: number; readonly lowestPid: number; readonly owner: number | null; readonly parent: number | null }

export function lsns(from: Viewpoint = {}): { lines: LsnsLine[]; pid: number } {
  const { stdout, stderr, status, pid, ownNamespaces } = run(['lsns', '-J', '-o', 'NS,TYPE,NPROCS,PID,ONS,PNS'], from);
  if (status !== 0) throw new Error(`lsns: exit status ${status}: ${stderr}`);
  const { namespaces } = JSON.parse(stdout) as { namespaces: { ns: number; type: NsType; nprocs: number; pid: number; ons: number; pns: number }[] };
  return { pid, lines: namespaces.map(({ ns, type, nprocs, pid: lowestPid, ons, pns }) => ({
    type, inode: ns, lowestPid, owner: ons || null, parent: pns || null,
    processes: nprocs - (ownNamespaces.has(`${type}:${ns}`) ? 1 : 0),
  })) };
}

/** Finds a namespace of a scan; throws, with what there is of that type, when it is not there. */
export function find(document: ScanDocument, type: NsType, inode: number | null): ScannedNamespace {
  const found = document.namespaces.find((namespace) => namespace.type === type && namespace.inode === inode);
  if (!found) {
    const there = document.namespaces.filter((namespace) => namespace.type === type).map((namespace) => namespace.inode);
    throw new Error(`${type}:[${inode}] is not among the ${type} namespaces found: ${there.join(', ')}`);
  }
  return found;
}
