import { isErr } from '../kernel/errno.ts';
import { key_of } from '../kernel/state.ts';
import type { RunningCall, task_struct } from '../kernel/task.ts';
import type { CallMark, LaneStretch } from '../protocol.ts';
import type { Recording } from './recording.ts';
import { eventPosition, stretches } from './steps.ts';
import { tickOf } from './ticks.ts';

/** System calls of the whole recording, for the marks on a scrubber. At most so many: a loop of a million calls is no picture. */
const MOST_CALLS = 4000;

export function callsOf(recording: Recording): CallMark[] {
  const { k, start, end } = recording;
  const marks: CallMark[] = [];
  /** Calls under way by task id: the mark, and what the outermost kernel function returned last. */
  const open = new Map<unknown, { readonly mark: number; result: unknown }>();
  for (let n = start.event; n < end.event; n++) {
    const event = k.trace.events[n];
    if (!event) break;
    if (event.op === 'return') {
      const call = open.get(event.before);
      if (call) call.result = event.after;
    } else if (event.subject === k.calls && event.op === 'remove') {
      const call = open.get(event.name);
      const mark = call && marks[call.mark];
      if (mark && typeof call.result === 'number' && isErr(call.result)) marks[call.mark] = { ...mark, failed: true };
      open.delete(event.name);
    } else if (event.subject === k.calls && event.op === 'entry' && !open.has(event.name) && marks.length < MOST_CALLS) {
      open.set(event.name, { mark: marks.length, result: undefined });
      marks.push({ task: `task:${String(event.name)}`, tick: tickOf(eventPosition(recording, n + 1)), name: (event.after as RunningCall).name, failed: false });
    }
  }
  return marks;
}

/** Who ran when: the program's own statements, and between them the kernel. */
export function lanesOf(recording: Recording): LaneStretch[] {
  const lanes: LaneStretch[] = [];
  for (const { task, from, to, event } of stretches(recording)) lanes.push({ task: `task:${task}`, from: from + event, to: to + event, kernel: false });
  const { k, start, end } = recording;
  let began = start.event;
  let running: task_struct = recording.runnerAt(start.event);
  for (let n = start.event; n <= end.event; n++) {
    const event = k.trace.events[n];
    if (n < end.event && event?.op !== 'current') continue;
    // the idle task runs nobody's program
    if (n > began && running !== k.init_task) lanes.push({ task: key_of(running), from: tickOf(eventPosition(recording, began)), to: tickOf(eventPosition(recording, n)), kernel: true });
    if (event?.op === 'current') running = event.after as task_struct;
    began = n;
  }
  return lanes;
}
