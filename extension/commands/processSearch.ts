import { NS_TYPES, type NsType, type Process } from '../../helper/protocol.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { visible } from '../../helper/model/text.ts';
import { containerTag } from '../tree/nodes/containerText.ts';

/** A process that fits what was typed. Text is safe to show as plain text. */
export interface Found {
  readonly process: Process;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/**
 * Processes by pid, name, container or command line: an exact pid first, then names that begin with what was typed, then
 * the rest; of those alike, kernel threads and processes that cannot be read come last. `own`: the inodes of this host; then those come first that are in most other
 * namespaces, which is what somebody looks for who wants to enter. At most `most`, with the number of all.
 */
export function searchProcesses(model: HostModel, typed: string, most: number, own: readonly (number | null)[] = []): { readonly found: readonly Found[]; readonly total: number } {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const ranked: [number, number, Process][] = [];
  for (const process of model.processes.values()) {
    const rank = rankOf(model, process, words);
    if (rank !== null) ranked.push([rank, typesElsewhere(process, own).length - (process.kernelThread ? 20 : process.unread.ns === undefined ? 0 : 10), process]);
  }
  ranked.sort(([a, m, p], [b, n, q]) => a - b || n - m || p.pid - q.pid);
  return { total: ranked.length, found: ranked.slice(0, most).map(([, , process]) => toFound(model, process)) };
}

/** In which types it is elsewhere than who has these inodes. */
export function typesElsewhere({ ns }: Process, own: readonly (number | null)[]): readonly NsType[] {
  return NS_TYPES.filter((_, n) => own[n] != null && ns[n] != null && ns[n] !== own[n]);
}

function rankOf(model: HostModel, process: Process, words: readonly string[]): number | null {
  let best = 3;
  for (const word of words) {
    const comm = process.comm.toLowerCase();
    const rank = String(process.pid) === word ? 0 : comm.startsWith(word) ? 1 : comm.includes(word) || String(process.pid).startsWith(word) ? 2
      : tag(model, process).toLowerCase().includes(word) || process.cmdline?.some((arg) => arg.toLowerCase().includes(word)) ? 3 : null;
    if (rank === null) return null;
    best = Math.min(best, rank);
  }
  return best;
}

function toFound(model: HostModel, process: Process): Found {
  const inside = process.nsPids && process.nsPids.length > 1 ? `${process.nsPids.at(-1) ?? ''} inside` : '';
  return {
    process, label: `${process.pid} ${visible(process.comm)}`,
    description: [tag(model, process), inside, process.state === 'Z' ? 'zombie' : '', process.kernelThread ? 'kernel thread' : ''].filter(Boolean).join(', '),
    detail: visible(process.cmdline?.join(' ') ?? '', 200),
  };
}

function tag(model: HostModel, process: Process): string {
  const container = process.container === null ? undefined : model.containers.get(process.container);
  return container ? containerTag(container) : '';
}
