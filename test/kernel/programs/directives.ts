/** One way to run a program, as a comment of its source says it, `run: {"args": ["-u"]}`. Without any, it is run once, plainly. */
export interface Directive {
  readonly args: readonly string[];
  /** Command lines started first in another terminal and left running; `@P` in `args` is the first one's process. */
  readonly before: readonly string[];
  /** Other programs beside it, built to `./name` in the working directory: `file.c=name`. */
  readonly with: readonly string[];
  readonly stdin: string;
  /** Who runs it; both when nothing is said. */
  readonly uids: readonly (0 | 1000)[];
}

const PLAIN: Directive = { args: [], before: [], with: [], stdin: '', uids: [0, 1000] };
const RUN = /\/\* run: (\{.*?\}) \*\//g;
const LINK = /\/\* link: ([^*]+) \*\//;

/** All runs that a source asks for. Throws when what it says is not JSON. */
export function directives(source: string): Directive[] {
  const found = [...source.matchAll(RUN)].map(([, json]) => ({ ...PLAIN, ...(JSON.parse(json ?? '') as Partial<Directive>) }));
  return found.length > 0 ? found : [PLAIN];
}

/** Libraries that gcc needs for a source, from a comment `link: -lcap`. */
export function libraries(source: string): string[] {
  return LINK.exec(source)?.[1]?.trim().split(/\s+/) ?? [];
}

/** One run, as its golden's section names it. */
export interface Case {
  readonly run: number;
  readonly uid: 0 | 1000;
  readonly tty: boolean;
  readonly directive: Directive;
}

/** The runs of a source: each directive as each user, on a terminal and into pipes. */
export function cases(source: string): Case[] {
  return directives(source).flatMap((directive, index) => directive.uids.flatMap((uid) => [true, false].map((tty) => ({ run: index + 1, uid, tty, directive }))));
}

export function title({ run, uid, tty }: Case): string {
  return `run ${run}, ${uid === 0 ? 'root' : 'learner'}, ${tty ? 'terminal' : 'pipes'}`;
}
