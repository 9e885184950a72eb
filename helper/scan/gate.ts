import type { ProcFs } from './procFs.ts';

/** What a tick has to look at. */
export interface Passage {
  /** Has any process or thread been made or ended since the last passage? False: the list of pids is what it was. */
  readonly moved: boolean;
  /** Was this pid given out since the last passage? A known process with such a pid is another one by now. */
  readonly givenOut: (pid: number) => boolean;
}

const ALL_MOVED: Passage = { moved: true, givenOut: () => false };

/**
 * Tells from `/proc/loadavg` (number of all threads, last pid given out) whether processes came or went. Each fork moves the
 * last pid, each exit that is not made up for by a fork the number of threads; reading it costs less than listing /proc.
 */
export class Gate {
  readonly #proc: ProcFs;
  #threads = -1;
  #lastPid = -1;

  constructor(proc: ProcFs) { this.#proc = proc; }

  pass(): Passage {
    const match = /\d+\/(\d+) (\d+)/.exec(this.#proc.read('loadavg').text ?? '');
    if (!match) return ALL_MOVED;
    const [threads, last, before] = [Number(match[1]), Number(match[2]), this.#lastPid];
    const moved = threads !== this.#threads || last !== before;
    this.#threads = threads;
    this.#lastPid = last;
    if (before < 0) return ALL_MOVED;
    // pids are given out in ascending order and start again from the bottom
    return { moved, givenOut: (pid) => last >= before ? pid > before && pid <= last : pid > before || pid <= last };
  }
}
