import * as v from 'valibot';

/** A text in both languages of the course. */
export const Text = v.object({ en: v.pipe(v.string(), v.minLength(1)), 'zh-cn': v.pipe(v.string(), v.minLength(1)) });
export type Text = v.InferOutput<typeof Text>;
export type Language = keyof Text;

const NS_TYPES = ['uts', 'ipc', 'mnt', 'pid', 'net', 'user', 'cgroup', 'time'] as const;
const type = v.picklist(NS_TYPES);
export type NsName = (typeof NS_TYPES)[number];
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How the learner's program is run in the simulator. */
export const Run = v.strictObject({
  program: v.pipe(v.string(), v.regex(/^[\w.-]+\.c$/)),
  args: v.optional(v.array(v.string()), []),
  uid: v.optional(v.picklist([0, 1000]), 0),
  /** Command lines started before, as with `nslab run --before`; `@P` in the arguments is the pid of the first. */
  before: v.optional(v.array(v.string()), []),
});
export type Run = v.InferOutput<typeof Run>;

/**
 * What must hold of a simulated run; each looks at what the kernel did, never at the program's text. Exactly one key each.
 * `ever` counts what existed at any time, the initial one included; `end` what is left when the program has ended.
 */
export const Predicate = v.union([
  v.strictObject({ exit: v.number() }),
  /** These lines, whole, in this order, others between them. */
  v.strictObject({ prints: v.pipe(v.array(v.string()), v.minLength(1)) }),
  v.strictObject({ neverPrints: v.string() }),
  v.strictObject({ namespaces: v.strictObject({ type, ever: v.optional(count), atMost: v.optional(count), end: v.optional(count) }) }),
  v.strictObject({ nsproxies: v.strictObject({ ever: count, atMost: v.optional(count) }) }),
  /** The initial namespace of that type never changed its host name (uts). */
  v.strictObject({ hostnameKept: v.literal(true) }),
  /** A namespace other than the initial one had that host name. */
  v.strictObject({ hostname: v.string() }),
  /** A system call of that name was made by the program at least so often, and returned no error, or that one. */
  v.strictObject({ call: v.strictObject({ name: v.string(), min: v.optional(count, 1), error: v.optional(v.nullable(v.string()), null) }) }),
  v.strictObject({ neverCalls: v.string() }),
  /** A kernel function was entered. */
  v.strictObject({ reached: v.string() }),
  /** Some task used a namespace of that type that is not the initial one. */
  v.strictObject({ taskInNew: type }),
  /** A task had that number in a pid namespace at that level. */
  v.strictObject({ pid: v.strictObject({ number: count, level: count }) }),
  /** A user namespace mapped that id inside to that one outside. */
  v.strictObject({ mapped: v.strictObject({ inside: count, outside: count }) }),
  /** A new mount namespace had a mount of that file system more than the initial one. */
  v.strictObject({ mountedInNew: v.string() }),
  /** A new net namespace had a device of that name. */
  v.strictObject({ deviceInNew: v.string() }),
  /** Tasks that existed together with the program's first one, it included. */
  v.strictObject({ tasks: v.strictObject({ ever: count }) }),
]);
export type Predicate = v.InferOutput<typeof Predicate>;

/** `"type"` of the task in a lesson's tasks.json that checks it. */
export const TASK_TYPE = 'nslab-lesson';

/** What must hold on this machine now. */
export const Live = v.strictObject({
  /** Of a process: /proc/PID/comm. */
  process: v.pipe(v.string(), v.maxLength(15)),
  /** Types in which it is elsewhere than the process that asks. */
  inNew: v.pipe(v.array(type), v.minLength(1)),
});
export type Live = v.InferOutput<typeof Live>;

/** A fact of a run that answers a question; what is right is computed, not stored. */
export const Fact = v.union([
  v.strictObject({ namespaces: v.strictObject({ type, when: v.picklist(['ever', 'end']) }) }),
  v.strictObject({ nsproxies: v.literal('ever') }),
  v.strictObject({ exit: v.literal(true) }),
  v.strictObject({ line: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  v.strictObject({ errorOf: v.string() }),
  v.strictObject({ callsOf: v.string() }),
]);
export type Fact = v.InferOutput<typeof Fact>;

export const Check = v.union([
  v.strictObject({ run: Run, all: v.pipe(v.array(Predicate), v.minLength(1)) }),
  v.strictObject({ live: Live }),
  v.strictObject({ question: v.strictObject({ run: Run, fact: Fact }) }),
]);
export type Check = v.InferOutput<typeof Check>;

export const Task = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
  text: Text,
  check: Check,
  /** From a nudge to nearly the solution. */
  hints: v.pipe(v.array(Text), v.minLength(1)),
});
export type Task = v.InferOutput<typeof Task>;

/** `lesson.json`. */
export const Lesson = v.strictObject({
  $schema: v.optional(v.string()),
  title: Text,
  minutes: v.pipe(v.number(), v.minValue(1), v.maxValue(10)),
  goals: v.pipe(v.array(Text), v.minLength(1)),
  kernel: v.optional(v.picklist(['2.6.24', '3.8', '4.19', '5.7', '6.1', '6.12', '6.18']), '6.18'),
  /** It looks at the host: Linux, and a compiler or root as said in its text. */
  needsHost: v.optional(v.boolean(), false),
  tasks: v.pipe(v.array(Task), v.minLength(1)),
});
export type Lesson = v.InferOutput<typeof Lesson>;

/** The lesson, or one sentence that says what is wrong with the file and where. */
export function parseLesson(json: string): { readonly ok: true; readonly lesson: Lesson } | { readonly ok: false; readonly why: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
  const parsed = v.safeParse(Lesson, value, { abortEarly: true });
  if (parsed.success) return { ok: true, lesson: parsed.output };
  const [issue] = parsed.issues;
  return { ok: false, why: `${v.getDotPath(issue) ?? 'lesson'}: ${issue.message}` };
}
