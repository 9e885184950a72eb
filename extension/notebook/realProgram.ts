/** What "Run for Real" is asked for. */
export interface RealProgram {
  readonly name: string; readonly text: string; readonly args: readonly string[]; readonly stdin: string; readonly uid: 0 | 1000;
  /** Its output is a terminal; else pipes. */
  readonly tty: boolean;
  /** Built beside it: `server.c` to `./server`. */
  readonly with: readonly { readonly file: string; readonly text: string }[];
}
/** Output as it comes, then how it ended. */
export interface RealProgress { readonly phase: 'asked' | 'running' | 'done' | 'refused' | 'cancelled'; readonly output: string; readonly ending: string }
