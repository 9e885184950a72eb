import type { Container, Namespace, Part } from '../protocol.ts';
import type { Tracked } from './tracked.ts';
import type { Tuple } from './tuple.ts';

/** Most processes, and most namespaces, in one message: the receiver works on one for a few milliseconds. */
export const MOST_IN_PART = 250;

/** What a message, or several in a row, shall tell. */
export interface Contents {
  readonly endedProcesses: readonly (readonly [number, string])[];
  readonly endedNamespaces: readonly string[];
  readonly endedContainers: readonly string[];
  readonly containers: readonly Container[];
  readonly namespaces: readonly Namespace[];
  readonly processes: readonly Tracked[];
}

/** Cuts into messages of bounded size: what ended first, then containers and namespaces, then the processes that name them. */
export function cutIntoParts(contents: Contents): Part[] {
  const { endedProcesses, endedNamespaces, endedContainers, containers, namespaces, processes } = contents;
  const parts: Part[] = [];
  const nothing = { tuples: [], endedProcesses: [], endedNamespaces: [], endedContainers: [], containers: [], namespaces: [], processes: [] };
  if (endedProcesses.length + endedNamespaces.length + endedContainers.length + containers.length > 0) {
    parts.push({ ...nothing, endedProcesses, endedNamespaces, endedContainers, containers });
  }
  for (let i = 0; i < namespaces.length; i += MOST_IN_PART) {
    const some = namespaces.slice(i, i + MOST_IN_PART);
    const last = parts.at(-1);
    if (i === 0 && last) parts[parts.length - 1] = { ...last, namespaces: some };
    else parts.push({ ...nothing, namespaces: some });
  }
  for (let i = 0; i < processes.length; i += MOST_IN_PART) {
    const some = withTuples(processes.slice(i, i + MOST_IN_PART));
    const last = parts.at(-1);
    // an ordinary tick fits into one message
    if (i === 0 && last) parts[parts.length - 1] = { ...last, ...some };
    else parts.push({ ...nothing, ...some });
  }
  return parts;
}

/** Gives each different tuple a number: most processes share a few, and ten inodes each would be most of the message. */
function withTuples(processes: readonly Tracked[]): Pick<Part, 'tuples' | 'processes'> {
  const numbers = new Map<Tuple, number>();
  const tuples: (readonly (number | null)[])[] = [];
  return {
    processes: processes.map((process) => {
      let number = numbers.get(process.tuple);
      if (number === undefined) {
        number = tuples.push(process.tuple.ns) - 1;
        numbers.set(process.tuple, number);
      }
      return process.toWire(number);
    }),
    tuples,
  };
}
