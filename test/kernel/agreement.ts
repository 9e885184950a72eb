import assert from 'node:assert/strict';
import fs from 'node:fs';
import { type LsnsLine, lsns, nslab, type Scan, type ScannedNamespace, type Viewpoint } from './scan.ts';

/** Rounds of measuring before a namespace whose members never hold still is given up on. */
const MOST_ROUNDS = 60;
/** `lsns` is one process and is introduced by `readlink`: the forks that one run of it costs. */
const OWN_FORKS = 2;

/**
 * Holds `nslab scan --json` against `lsns -J`, from the same viewpoint: the same namespaces with processes, as many processes in each,
 * the same lowest pid, and the owner and parent that lsns tells.
 *
 * Other processes of the machine come and go between two scanners. So lsns is run between two scans of ours, and what it says of a
 * namespace counts when both scans found the same processes in it. A namespace that moved is measured again, by all three, until it held
 * still once. A difference is believed at once when nothing was forked meanwhile, else when it is seen again.
 */
export function assertAgreesWithLsns(from: Viewpoint): { compared: number; rounds: number } {
  const compared = new Set<string>();
  const seen = new Map<string, number>();
  let before = members(nslab(from));
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const forks = forksSoFar();
    const theirs = lsns(from);
    const quiet = forksSoFar() - forks <= OWN_FORKS;
    const after = members(nslab(from));
    const lines = new Map(theirs.lines.filter((line) => line.processes > 0).map((line) => [`${line.type}:${line.inode}`, line]));
    let moved = 0;
    for (const name of new Set([...before.keys(), ...after.keys(), ...lines.keys()])) {
      const then = before.get(name), now = after.get(name);
      if (then?.identities !== now?.identities) { moved++; continue; }
      const difference = differ(now, lines.get(name), theirs.pid);
      if (difference === null) {
        compared.add(name);
        seen.delete(name);
        continue;
      }
      const times = (seen.get(name) ?? 0) + (quiet ? 2 : 1);
      seen.set(name, times);
      moved++;
      assert.ok(times < 4, `${name}: ${difference} (seen in ${times} rounds)`);
    }
    if (moved === 0 || [...after.keys()].every((name) => compared.has(name)) && seen.size === 0) return { compared: compared.size, rounds: round };
    before = after;
  }
  const never = [...before.keys()].filter((name) => !compared.has(name));
  assert.fail(`the members of ${never.join(', ')} never held still in ${MOST_ROUNDS} rounds`);
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

/** What is different, or null. */
function differ(ours: Members | undefined, theirs: LsnsLine | undefined, lsnsPid: number): string | null {
  if (!ours) return `lsns counts ${theirs?.processes} processes, nslab none`;
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
