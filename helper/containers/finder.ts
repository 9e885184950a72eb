import type { Container } from '../protocol.ts';
import { describe } from './describe.ts';
import { Placement } from './placement.ts';
import { Reach } from './reach.ts';
import { RuntimeStates } from './runtimeStates.ts';
import type { Sighting } from './sighting.ts';
import { StateFiles } from './stateFiles.ts';
import type { ContainerSubject } from './subject.ts';

export type { ContainerSubject } from './subject.ts';

/** What one `update` found. */
export interface Findings {
  /** Processes whose answer is new or changed (also ones that were not in `changed`): key of a container, null when in none. */
  readonly of: Map<number, string | null>;
  /** New or changed, whole. */
  readonly containers: Container[];
  /** Keys of containers that have no process left. */
  readonly ended: string[];
}

/** Named containers whose files are looked at again in one update, in turns: for what was renamed. */
const RECHECKED = 64;

/**
 * Tells which container or sandbox each process belongs to, and what it is called. Processes in none cost a look into a map;
 * state files are read when a container appears, and again when they changed.
 */
export class ContainerFinder {
  readonly #reach: Reach;
  readonly #placement: Placement;
  readonly #told = new Map<string, { readonly container: Container; readonly text: string }>();
  readonly #daemons = new Map<number, ContainerSubject>();
  #turn: string[] = [];

  /** `root` is put before /proc, /run, /var, /etc and home directories: for recordings. */
  constructor(options?: { root?: string }) {
    const root = options?.root ?? '';
    const files = new StateFiles(root);
    this.#reach = new Reach(files, root);
    this.#placement = new Placement(files, new RuntimeStates(files));
  }

  /**
   * Takes in what changed since the last call. `all` holds every process as of now (the changed ones too), `hostNs` the ten
   * inodes of the initial namespaces, or of the helper's own where those are hidden.
   */
  update(changed: readonly ContainerSubject[], endedPids: readonly number[], hostNs: readonly (number | null)[], all: ReadonlyMap<number, ContainerSubject>): Findings {
    this.#reach.update(all, hostNs);
    for (const pid of endedPids) this.#daemons.delete(pid);
    for (const process of changed) {
      if (process.comm === 'dockerd') this.#daemons.set(process.pid, process);
      else this.#daemons.delete(process.pid);
    }
    const { of, ended } = this.#placement.update(changed, endedPids, hostNs, all);
    for (const key of ended) this.#told.delete(key);
    return { of, containers: this.#describeDue(), ended };
  }

  #describeDue(): Container[] {
    const sightings = this.#placement.sightings;
    if (this.#turn.length === 0) this.#turn = [...sightings.keys()];
    const due = new Set(this.#turn.splice(0, RECHECKED));
    const news: Container[] = [];
    for (const [key, sighting] of sightings) {
      const before = this.#told.get(key);
      const members = this.#placement.members(key);
      const lostInit = before !== undefined && before.container.init !== null && !members.has(before.container.init);
      const named = before !== undefined && before.container.name !== null && !lostInit;
      if (named && !due.has(key)) continue;
      const container = this.#build(key, sighting, members, before?.container.init ?? null);
      const text = JSON.stringify(container);
      if (before?.text === text) continue;
      this.#told.set(key, { container, text });
      news.push(container);
    }
    return news;
  }

  #build(key: string, sighting: Sighting, members: ReadonlySet<number>, initBefore: number | null): Container {
    const description = describe(sighting, { reach: this.#reach, dockerDaemons: [...this.#daemons.values()], members });
    const known = [sighting.init, description.init ?? null, initBefore].find((pid) => pid !== null && members.has(pid));
    return {
      key,
      engine: description.engine ?? sighting.engine,
      id: description.id ?? sighting.id,
      name: description.name,
      image: description.image,
      pod: podOf(sighting, description.pod ?? null),
      rootless: sighting.rootless ?? description.rootless ?? null,
      init: known ?? this.#firstOf(members),
      source: description.source === undefined ? sighting.source : `${sighting.source}; ${description.source}`,
      unread: description.unread,
    };
  }

  /** The member that came first among those whose parent is outside. */
  #firstOf(members: ReadonlySet<number>): number | null {
    let first: ContainerSubject | undefined;
    for (const pid of members) {
      const process = this.#reach.process(pid);
      if (!process || members.has(process.ppid)) continue;
      if (!first || Number(process.start) < Number(first.start) || (process.start === first.start && pid < first.pid)) first = process;
    }
    return first?.pid ?? null;
  }
}

function podOf(sighting: Sighting, described: Container['pod']): Container['pod'] {
  if (described) return { ...described, uid: described.uid ?? sighting.podUid };
  return sighting.podUid === null ? null : { name: null, namespace: null, uid: sighting.podUid };
}
