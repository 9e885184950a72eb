/**
 * Call trees, and how a recording's text becomes them.
 *
 * A recording has three lines of header, the results of the steps (`result STEP 0-or-errno`), `@@status N`, `@@trace`, and lines of the
 * kernel's function_graph tracer in its latency format: `COMM-PID | FLAGS | CALL`. The third flag is `s` or `h` for what ran in a soft or
 * hard interrupt that came while the task was running: RCU's work, which is no task's.
 */
/** `file`: where the source of a modelled function stands. */
export interface CallNode { readonly name: string; readonly calls: CallNode[]; readonly file?: string }

/** What one task did, in order; `step` is -1 before its first. */
export interface StepCalls { readonly step: number; readonly calls: CallNode[] }

export interface Trees {
  /** By letter of the task. */
  readonly tasks: ReadonlyMap<string, readonly StepCalls[]>;
  /** By step: 0 or a negative errno; missing for a call that did not return. */
  readonly results: ReadonlyMap<number, number>;
}

export interface Recording extends Trees { readonly hash: string; readonly release: string }

const LINE = /^\s*(?:.*)-(\d+)\s+\|\s+([^|\s]+)\s+\|\s(\s*)(.*)$/;

export function parseRecording(text: string): Recording {
  const release = /^# Linux \S+ (\S+)/m.exec(text)?.[1] ?? '';
  const hash = /^# source (\w+)/m.exec(text)?.[1] ?? '';
  const results = new Map<number, number>();
  for (const [, step, value] of text.matchAll(/^result (\d+) (-?\d+)$/gm)) results.set(Number(step), Number(value));
  const builder = new Builder();
  const letters = new Map<string, string>();
  const trace = text.slice(text.indexOf('@@trace') + 8);
  for (const line of trace.split('\n')) {
    const match = LINE.exec(line);
    if (!match) continue;
    const [, pid = '', flags = '', , call = ''] = match;
    if (flags[2] === 's' || flags[2] === 'h' || flags[2] === 'H') continue;
    const mark = /^\/\* (start|step) (\d+) (\w+) \*\/$/.exec(call);
    if (mark) {
      const [, what, step, letter = ''] = mark;
      letters.set(pid, letter);
      if (what === 'step') builder.step(letter, Number(step));
      continue;
    }
    const letter = letters.get(pid);
    // before the program said who it is: the exec of it
    if (letter === undefined) continue;
    const begin = /^([\w.]+)\(\)( \{|;)/.exec(call);
    if (begin) {
      builder.enter(letter, begin[1]!.replace(/\..*/, ''));
      if (begin[2] === ';') builder.leave(letter);
    } else if (call.startsWith('}')) {
      builder.leave(letter);
    }
  }
  return { release, hash, results, tasks: builder.tasks };
}

/** Puts enters and leaves of several tasks together. */
export class Builder {
  readonly tasks = new Map<string, StepCalls[]>();
  readonly #open = new Map<string, CallNode[]>();

  step(task: string, step: number): void {
    this.#of(task).push({ step, calls: [] });
  }

  enter(task: string, name: string, file = ''): void {
    const node = { name, file, calls: [] };
    const stack = this.#stack(task);
    const steps = this.#of(task);
    if (steps.length === 0) steps.push({ step: -1, calls: [] });
    (stack.at(-1) ?? steps.at(-1)!).calls.push(node);
    stack.push(node);
  }

  leave(task: string): void { this.#stack(task).pop(); }

  #of(task: string): StepCalls[] {
    const steps = this.tasks.get(task) ?? [];
    this.tasks.set(task, steps);
    return steps;
  }

  #stack(task: string): CallNode[] {
    const stack = this.#open.get(task) ?? [];
    this.#open.set(task, stack);
    return stack;
  }
}

/** What is known of one build of the kernel (recordings/VERSION/functions.txt and callsites.txt). */
export interface Build {
  /** Functions of ../functions.txt that can be traced in it. */
  readonly functions: ReadonlySet<string>;
  /** Those of them that a function's machine code calls, by function. */
  readonly callsites: ReadonlyMap<string, ReadonlySet<string>>;
}

export function parseBuild(functions: string, callsites: string, compared: ReadonlySet<string>): Build {
  const sites = new Map<string, Set<string>>();
  for (const line of callsites.split('\n')) {
    const [caller, callee, rest] = line.split(' ');
    if (!caller || caller === '#' || !callee || rest !== undefined) continue;
    const callees = sites.get(caller) ?? new Set<string>();
    sites.set(caller, callees.add(callee));
  }
  return { functions: new Set([...functionNames(functions)].filter((name) => compared.has(name))), callsites: sites };
}

/**
 * Only what that build's tracer can show, with what the others called in their place. Left out are functions that can not be traced in it, and
 * calls that the compiler put into the caller: of a function in the same source file, while the caller's machine code has no call to it.
 */
export function asBuilt(calls: readonly CallNode[], build: Build, caller: CallNode | null = null): CallNode[] {
  return calls.flatMap((node) => {
    const shown = build.functions.has(node.name) && !inlined(node, caller, build);
    // of a function that is not there, the code is in the one that called it
    const there = build.functions.has(node.name) || build.callsites.has(node.name);
    const inner = asBuilt(node.calls, build, there && (shown || !build.functions.has(node.name)) ? node : caller);
    return shown ? [{ name: node.name, calls: inner }] : inner;
  });
}

function inlined(node: CallNode, caller: CallNode | null, { callsites }: Build): boolean {
  if (!caller?.file || caller.file !== node.file) return false;
  // a system call's body is a function of its own behind the entry that has its name
  return ![caller.name, caller.name.replace('__x64_', '__do_')].some((name) => callsites.get(name)?.has(node.name));
}

/** As text, two spaces a level: what is compared and shown. */
export function show(trees: Trees, task: string, build: Build): string[] {
  const lines = (calls: readonly CallNode[], depth: number): string[] => calls.flatMap((node) => [`${'  '.repeat(depth)}${node.name}`, ...lines(node.calls, depth + 1)]);
  return (trees.tasks.get(task) ?? []).flatMap(({ step, calls }) => {
    const inside = lines(asBuilt(calls, build), 1);
    return inside.length > 0 ? [step < 0 ? 'before its first step' : `step ${step}`, ...inside] : [];
  });
}

/** Names in a functions.txt, without what the compiler appended to them. */
export function functionNames(text: string): Set<string> {
  return new Set(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.replace(/\..*/, '')));
}
