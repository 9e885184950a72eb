import * as v from 'valibot';

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const key = v.pipe(v.string(), v.regex(/^(cgroup|ipc|mnt|net|pid|time|user|uts):\d+:g?\d+$/, 'expected a namespace key such as net:4026531840:77'));

const file = {
  pid: v.pipe(natural, v.minValue(1)), start: v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
   
  path: v.pipe(v.string(), v.maxLength(8192), v.regex(/^\/[^\0]*$/, 'expected an absolute path')),
};

/** What each request may carry: the helper refuses anything else with a message that says where. */
export const requestSchemas = {
  initialize: v.object({ protocol: natural, version: v.string() }),
  watch: v.object({
    visible: v.boolean(),
    focusPids: v.pipe(v.array(natural), v.maxLength(1000)),
    focusNamespaces: v.pipe(v.array(key), v.maxLength(1000)),
    intervalMs: v.pipe(v.number(), v.minValue(100), v.maxValue(3_600_000)),
    slowScan: v.exactOptional(v.boolean()),
  }),
  refresh: v.object({ reason: v.string() }),
  resync: v.object({}),
  details: v.object({ key }),
  enterPlan: v.object({ target: v.variant('kind', [
    v.object({ kind: v.literal('process'), pid: v.pipe(natural, v.minValue(1)), start: v.pipe(v.string(), v.regex(/^\d{1,20}$/)) }),
    v.object({ kind: v.literal('namespace'), key }),
  ]) }),
  unpin: v.object({ pin: v.pipe(v.string(), v.maxLength(40)) }),
  fileStat: v.object(file),
  fileList: v.object(file),
  fileRead: v.object({ ...file, offset: natural, length: natural }),
  listeners: v.object({}),
} as const;

/** One line that says what is wrong with these params, and where. */
export function complaint(method: string, issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${method}: params.${v.getDotPath(issue) ?? ''}: ${issue.message}`.replace('params.:', 'params:')).join('; ');
}
