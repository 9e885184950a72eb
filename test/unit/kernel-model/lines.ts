import type { Listing, ListingLine } from '../../../simulator/kernel/listing.ts';
import { flags_of } from '../../../simulator/kernel/sentence.ts';
import { System } from '../../../simulator/kernel/index.ts';
import { Trace } from '../../../simulator/kernel/trace.ts';
import type { Operands } from '../../../simulator/kernel/trace.ts';

/** What all kernels of this process executed: lines, those of them that a system call of a program executed, and what is wrong with how. */
export const reached = new Set<ListingLine>();
export const reachedByCalls = new Set<ListingLine>();
export const wrong = new Set<string>();

const SLOT = /\{(\w+)\}/g;

interface Frame { readonly of: Listing; readonly operands: Operands }
/** The functions that each task of a kernel is in, innermost last; and whose turn it is. */
interface Stacks { readonly byTask: Map<number, Frame[]>; task: number }

/** Kept from outside, since a trace that is off remembers nothing. */
const stacks = new WeakMap<Trace, Stacks>();

function stacksOf(trace: Trace): Stacks {
  let made = stacks.get(trace);
  if (!made) stacks.set(trace, made = { byTask: new Map(), task: 0 });
  return made;
}

function stackOf({ byTask, task }: Stacks): Frame[] {
  let made = byTask.get(task);
  if (!made) byTask.set(task, made = []);
  return made;
}

/** The stack of the task that is in this function: of the one that entered last, or of one that was blocked in it and goes on. */
function stack(trace: Trace, of: Listing): Frame[] {
  const all = stacksOf(trace);
  if (stackOf(all).at(-1)?.of === of) return stackOf(all);
  for (const [task, frames] of all.byTask) if (frames.at(-1)?.of === of) all.task = task;
  return stackOf(all);
}

/** How many system calls are under way: what is executed in one was reached by a program. */
let calls = 0;

/** A method of System that is counted as under way while it runs. */
function counted<A extends unknown[], R>(method: (this: System, ...args: A) => R): (this: System, ...args: A) => R {
  return function counting(this: System, ...args: A): R {
    calls++;
    try {
      return method.apply(this, args);
    } finally {
      calls--;
    }
  };
}

/** Looks at every line that is executed from now on. */
export function watchLines(): void {
  /* eslint-disable @typescript-eslint/unbound-method -- they are given their system again */
  System.prototype.syscall = counted(System.prototype.syscall);
  System.prototype.resume = counted(System.prototype.resume);
  System.prototype.signals = counted(System.prototype.signals);
  /* eslint-enable */
  // eslint-disable-next-line @typescript-eslint/unbound-method -- each is called with its trace below
  const { enter, line, leave } = Trace.prototype;
  Trace.prototype.enter = function entered(this: Trace, subject, task, label, operands): void {
    const all = stacksOf(this);
    all.task = task;
    stackOf(all).push({ of: subject, operands });
    enter.call(this, subject, task, label, operands);
  };
  Trace.prototype.line = function executed(this: Trace, subject, operands): void {
    check(stack(this, subject.listing).at(-1), subject, operands);
    line.call(this, subject, operands);
  };
  Trace.prototype.leave = function left<T>(this: Trace, subject: Listing, task: number, value: T): T {
    const top = stack(this, subject).pop();
    if (top?.of !== subject) wrong.add(`${subject.fn} returned, but ${top ? top.of.fn : 'nothing'} was entered last`);
    leave.call(this, subject, task, value);
    return value;
  };
}

function check(frame: Frame | undefined, line: ListingLine, operands: Operands | null): void {
  const name = `${line.listing.fn}: ${line.label}`;
  if (frame?.of !== line.listing) {
    wrong.add(`${name} is executed in ${frame ? frame.of.fn : 'no function'}`);
    return;
  }
  if (calls > 0) reachedByCalls.add(line);
  if (reached.has(line)) return;
  reached.add(line);
  const known: Operands = { ...frame.operands, ...operands };
  for (const [, slot = ''] of `${line.what} ${line.why}`.matchAll(SLOT)) {
    const given = slot in known || slot === 'call' || (slot === 'with' && flags_of(known) !== null);
    if (!given) wrong.add(`${name} speaks of {${slot}}, which the code does not give`);
  }
}
