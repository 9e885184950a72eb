import { strict as assert } from 'node:assert';
import type { Position } from '../../../simulator/timeline/position.ts';
import { Recording } from '../../../simulator/timeline/recording.ts';
import { eventPosition, statementPosition, step, stretches } from '../../../simulator/timeline/steps.ts';
import { computerOf, recorded, stateHash } from './recorded.ts';

/** Two processes, a pipe, a namespace, a handler, a sleep, a shared mapping, and work that outlasts a turn. */
const BUSY = `
static int total;
static void handler(int sig) { total += sig; }
static void restorer(void) { }
struct action { void (*handler)(int); unsigned long flags; void (*restorer)(void); unsigned long mask; };
static int work(int n) { int sum = 0; for (int i = 0; i < n; i++) { sum += i; sum ^= i << 1; } return sum; }
int main(void) {
  int fds[2], status = 0;
  struct action action = { handler, 4, restorer, 0 };
  long time[2] = { 0, 1000 };
  int *shared = (int *)call(MMAP, 0, 4096, 3, 0x21, -1, 0);
  call3(PIPE, fds, 0, 0);
  call(SIGACTION, 17, &action, 0, 8, 0, 0);
  long child = call3(FORK, 0, 0, 0);
  if (child == 0) {
    char byte = 0;
    call3(READ, fds[0], &byte, 1);
    *shared = work(1500) + byte;
    call3(UNSHARE, 0x04000000, 0, 0);
    call3(SETHOSTNAME, "box", 3, 0);
    return 7;
  }
  total = work(2500);
  call3(WRITE, fds[1], "x", 1);
  total += work(300);
  call3(WAIT, child, &status, 0);
  call3(NANOSLEEP, time, 0, 0);
  call3(WRITE, 1, "done\\n", 5);
  return (total + *shared + status) & 127;
}`;

/** Some of all the moments at which one can be: statements and events, spread over the whole. */
function moments(recording: Recording, count: number): Position[] {
  const { start, end } = recording;
  const all: Position[] = [];
  for (let n = 0; n <= count; n++) {
    all.push(statementPosition(recording, start.statement + Math.floor((end.statement - start.statement) * n / count)));
    all.push(eventPosition(recording, start.event + Math.floor((end.event - start.event) * n / count)));
  }
  return all;
}

/** The same numbers in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a recording', function () {
  this.timeout(120_000);

  it('has the same state at a moment, however one gets there', () => {
    const recording = recorded(BUSY);
    const known = new Map<string, string>();
    const name = ({ statement, event }: Position): string => `${statement}/${event}`;
    const places = moments(recording, 60);
    for (const to of places.toSorted((a, b) => a.statement - b.statement || a.event - b.event)) {
      recording.seek(to);
      known.set(name(to), stateHash(recording));
    }
    assert.ok(new Set(known.values()).size > 100, 'the moments differ');
    const next = random(42);
    for (let n = 0; n < 150; n++) {
      const to = places[Math.floor(next() * places.length)]!;
      recording.seek(to);
      assert.equal(stateHash(recording), known.get(name(to)), `seed 42, jump ${n} to ${name(to)}`);
    }
  });

  it('gives the same states in a second run', () => {
    const [a, b] = [recorded(BUSY), recorded(BUSY)];
    assert.deepEqual(a.end, b.end);
    for (const to of moments(a, 20)) {
      a.seek(to);
      b.seek(to);
      assert.equal(stateHash(a), stateHash(b));
    }
  });

  it('ends as a run without a recording does, and goes on from its end', () => {
    const whole = recorded(BUSY);
    const sliced = recordedInSlices(BUSY);
    assert.deepEqual([sliced.computer.status, sliced.end.statement], [whole.computer.status, whole.end.statement]);
    whole.seek(whole.end);
    sliced.seek(sliced.end);
    assert.equal(stateHash(sliced), stateHash(whole));
  });

  it('steps by statement, of any task or of one, and by kernel line, forwards and back to the same moments', () => {
    const recording = recorded(BUSY);
    const { k } = recording;
    recording.seek(recording.start);
    const program = k.current;
    for (const [unit, task] of [['statement', null], ['statement', program], ['line', null], ['event', null]] as const) {
      recording.seek(recording.start);
      const way: Position[] = [recording.at];
      for (let n = 0; n < 200; n++) {
        const to = step(recording, unit, 1, task);
        if (!to) break;
        assert.ok(to.statement > recording.at.statement || to.event > recording.at.event);
        recording.seek(to);
        way.push(to);
      }
      assert.ok(way.length > 100, unit);
      for (const to of way.toReversed().slice(1, -1)) {
        const back = step(recording, unit, -1, task);
        assert.deepEqual(back, to, `${unit} back`);
        recording.seek(to);
      }
    }
  });

  it('stands, after a kernel line, where that line has done all that it does: a new namespace is there when its line says so', () => {
    const recording = recorded('int main(void) { call3(UNSHARE, 0x04000000, 0, 0); return 0; }');
    const { k } = recording;
    recording.seek(recording.start);
    let made = 0;
    for (let to = step(recording, 'line', 1); to; to = step(recording, 'line', 1)) {
      recording.seek(to);
      const line = k.trace.events.slice(0, to.event).findLast(({ op }) => op === 'line' || op === 'return');
      if (line?.op !== 'line' || (line.subject as { text: string }).text !== 'ns = new uts_namespace') continue;
      assert.equal(k.trace.live.get('uts')?.size, 2);
      made++;
      // and one step back it is not
      const back = step(recording, 'line', -1);
      assert.ok(back);
      recording.seek(back);
      assert.equal(k.trace.live.get('uts')?.size, 1);
      recording.seek(to);
    }
    assert.equal(made, 1);
  });

  it('knows who ran when', () => {
    const recording = recorded(BUSY);
    const all = stretches(recording);
    assert.equal(new Set(all.map(({ task }) => task)).size, 2);
    assert.deepEqual(all.map(({ from }) => from).slice(1), all.map(({ to }) => to).slice(0, -1));
    assert.equal(all.at(-1)!.to, recording.end.statement);
  });

  it('branches: another task runs next, and something else happens', () => {
    const race = `
      int main(void) {
        int *n = (int *)call(MMAP, 0, 4096, 3, 0x21, -1, 0);
        long child = call3(FORK, 0, 0, 0);
        if (child == 0) { *n = *n * 10 + 1; return 0; }
        *n = *n * 10 + 2;
        call3(WAIT, -1, 0, 0);
        return *n;
      }`;
    const recording = recorded(race);
    assert.equal(recording.computer.status, 21 << 8);
    // where the parent is about to add its digit, with the child waiting for its turn
    recording.seek(recording.start);
    for (let at = step(recording, 'statement', 1); at && recording.k.rq.queue.length === 0; at = step(recording, 'statement', 1)) recording.seek(at);
    const [other] = recording.k.rq.queue;
    assert.ok(other && recording.branch(other));
    recording.record({ statements: Infinity, instructions: Infinity, stopAtStatement: false });
    assert.equal(recording.computer.status, 12 << 8);
  });
});

function recordedInSlices(source: string): Recording {
  const made = new Recording(computerOf(source));
  for (let n = 0; made.computer.over === null; n++) {
    made.record({ statements: 97, instructions: 5000, stopAtStatement: n % 3 === 0 });
    if (n % 10 === 9) made.seek(statementPosition(made, Math.floor(made.end.statement / 2)));
  }
  return made;
}
