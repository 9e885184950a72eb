import assert from 'node:assert/strict';
import fs from 'node:fs';
import { type LsnsLine, lsns, nslab, type Scan, type ScannedNamespace, type Viewpoint } from './scan.ts';

/** Rounds of measuring before a difference is believed though something moves all the time. */
const MOST_ROUNDS = 40;
/** `lsns` is one process and is introduced by `readlink`: the forks that one run of it costs. */
const OWN_FORKS = 2;

/**
 * Holds `nslab scan --json` against `lsns -J`, from the same viewpoint: the same namespaces with processes, as many processes in each,
 * the same lowest pid, and the owner and parent that lsns tells.
 *
 * Other processes of the machine come and go between two scanners. So lsns is run between two scans of ours, and must say of each
 * namespace what one of the two says. A difference is believed when the two scans found the same processes, on the whole and in it, and nothing
 * was forked while lsns ran, else when it is there round after round; otherwise all three measure again what is still open.
 */
export function assertAgreesWithLsns(from: Viewpoint): { compared: number; rounds: number } {
  const compared = new Set<string>();
  let scan = nslab(from);
  let before = members(scan);
  let open = new Map<string, string>();
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const forks = forksSoFar();
    const theirs = lsns(from);
    const forked = forksSoFar() - forks - OWN_FORKS;
    const next = nslab(from);
    const after = members(next);
    const moved = forked > 0 || identities(scan) !== identities(next);
    const lines = new Map(theirs.lines.filter((line) => line.processes > 0).map((line) => [`${line.type}:${line.inode}`, line]));
    open = new Map();
    for (const name of new Set([...before.keys(), ...after.keys(), ...lines.keys()])) {
      const [then, now, line] = [before.get(name), after.get(name), lines.get(name)];
      const difference = differ(now, line, theirs.pid);
      if (difference === null || differ(then, line, theirs.pid) === null) {
        compared.add(name);
      } else if (!compared.has(name)) {
        assert.ok(moved || then?.identities !== now?.identities, `${name}: ${difference}, and nothing moved`);
        open.set(name, difference);
      }
    }
    if (open.size === 0) return { compared: compared.size, rounds: round };
    scan = next;
    before = after;
  }
  assert.fail(`after ${MOST_ROUNDS} rounds nslab and lsns still differ: ${[...open].map(([name, difference]) => `${name}: ${difference}`).join('; ')}`);
}

interface Members { readonly namespace: ScannedNamespace; readonly pids: readonly number[]; /** pid and start of each: equal text, equal processes. */ readonly identities: string }

/** Namespaces that have processes besides the scanner. */
function members({ document, pid: scanner }: Scan): Map<string, Members> {
  const starts = new Map(document.processes.map((process) => [process.pid, process.start]));
  const found = new Map<string, Members>();
  for (const namespace of document.namespaces) {
    const pids = namespace.processes.filter((pid) => pid !== scanner);
    if (pids.length === 0) continue;
    for (const pid of pids) assert.ok(starts.has(pid), `${namespace.type}:${namespace.inode} names process ${pid}, which is not in the document`);
    found.set(`${namespace.type}:${namespace.inode}`, { namespace, pids, identities: pids.map((pid) => `${pid}@${starts.get(pid)}`).join(' ') });
  }
  return found;
}

/** All processes of a scan but the scanner. */
function identities({ document, pid: scanner }: Scan): string {
  return document.processes.filter(({ pid }) => pid !== scanner).map(({ pid, start }) => `${pid}@${start}`).join(' ');
}

/** What is different, or null. */
function differ(ours: Members | undefined, theirs: LsnsLine | undefined, lsnsPid: number): string | null {
  if (!ours) return theirs ? `lsns counts ${theirs.processes} processes, nslab none` : null;
  if (!theirs) return `nslab counts ${ours.pids.length} processes (${ours.pids.slice(0, 5).join(', ')}), lsns none`;
  if (ours.pids.length !== theirs.processes) return `nslab counts ${ours.pids.length} processes, lsns ${theirs.processes}`;
  // the lowest may be lsns itself
  if (theirs.lowestPid !== lsnsPid && theirs.lowestPid !== ours.pids[0]) return `lowest pid: nslab ${ours.pids[0]}, lsns ${theirs.lowestPid}`;
  if (theirs.owner !== null && theirs.owner !== ours.namespace.owner) return `owner: nslab ${ours.namespace.owner} (${ours.namespace.ownerReason ?? 'read'}), lsns ${theirs.owner}`;
  if (theirs.parent !== null && theirs.parent !== ours.namespace.parent) return `parent: nslab ${ours.namespace.parent} (${ours.namespace.parentReason ?? 'read'}), lsns ${theirs.parent}`;
  return null;
}

/** Processes and threads made since boot. */
function forksSoFar(): number {
  return Number(/^processes (\d+)$/m.exec(fs.readFileSync('/proc/stat', 'utf8'))?.[1]);
}
