import assert from 'node:assert/strict';
import { systemFiles } from '../../../cli/system_files.ts';
import { InputScript } from '../../../simulator/run/script.ts';
import type { Typed } from '../../../simulator/run/script.ts';
import { Session } from '../../../simulator/run/session.ts';
import { momentOf } from '../../../simulator/timeline/moment.ts';
import type { Moment } from '../../../simulator/timeline/moment.ts';
import { Recording } from '../../../simulator/timeline/recording.ts';
import { positionAt, tickOf } from '../../../simulator/timeline/ticks.ts';
import { stateHash } from '../timeline/recorded.ts';

const LIMITS = { statements: 100_000, instructions: 100_000_000, tasks: 40, memory: 64 << 20, output: 1 << 20 };
const HEAD = '#include <poll.h>\n#include <pty.h>\n#include <signal.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/wait.h>\n#include <termios.h>\n#include <unistd.h>\n';
const FOREVER = { statements: Infinity, instructions: Infinity, stopAtStatement: false };

/** A program at whose terminal somebody sits. */
class Sitting {
  readonly session: Session;
  readonly recording: Recording;
  readonly script: InputScript;

  constructor(source: string, typed: readonly Typed[] = [], before: readonly string[] = []) {
    const files = { read: (name: string) => (name === 'prog.c' ? Buffer.from(HEAD + source) : null) };
    const session = Session.start({
      system: systemFiles(), program: { file: 'prog.c', files }, args: [], uid: 0, kernel: '6.18', privateRoot: false, tty: true, ttyStdin: true, interactive: true, stdin: new Uint8Array(0), before, with: [],
      limits: LIMITS, trace: 'full',
    });
    assert.ok(session instanceof Session, 'it compiles');
    this.session = session;
    this.recording = new Recording(session.computer);
    this.script = new InputScript(session, this.recording, typed);
    this.#go();
  }

  #go(): void {
    while (this.script.next(this.recording.record(FOREVER)));
  }

  type(text: string): this {
    this.script.type(text);
    this.#go();
    return this;
  }

  get moment(): Moment { return momentOf(this.recording, { file: 'prog.c', kernel: true, watched: null, selected: null, ask: false }); }
  get steps(): number { return tickOf(this.recording.end) - tickOf(this.recording.start); }
  get screen(): string { return this.moment.terminals[0].text.replaceAll('\r\n', '\n'); }
  get exit(): number | null { return this.session.result().exit; }
  /** Who waits, by name and pid. */
  get waiting(): readonly string[] { return this.moment.waiting?.tasks.map((ref) => this.#name(ref)) ?? []; }
  /** What each task wrote on a terminal, by its pid; `typed`: nobody did. */
  wrote(terminal = 0): readonly string[] {
    const { text = '', parts = [] } = this.moment.terminals[terminal] ?? {};
    let at = 0;
    return parts.map(({ task, stream, length }) => `${task === null ? 'typed' : this.#name(task)} ${stream}: ${text.slice(at, at += length).replaceAll('\r\n', '\n')}`);
  }

  #name(ref: string): string {
    const [event] = this.recording.k.trace.events.filter(({ op, before }) => op === 'enter' && `task:${String(before)}` === ref);
    return String(event?.name).replace(/^.*-/, '');
  }

  at(step: number): this {
    this.recording.seek(positionAt(this.recording, step + tickOf(this.recording.start)));
    return this;
  }

  /** Bytes, registers and the kernel's objects at some steps, from the first to the last. */
  hashes(): readonly string[] {
    const steps = Array.from({ length: 21 }, (_, n) => Math.floor(this.steps * n / 20));
    const forwards = steps.map((step) => stateHash(this.at(step).recording));
    const back = steps.toReversed().map((step) => stateHash(this.at(step).recording)).toReversed();
    assert.deepEqual(back, forwards);
    return forwards;
  }
}

const GREETS = 'int main(void) { char name[20]; printf("name? "); fflush(stdout); while (fgets(name, sizeof name, stdin)) { printf("hello %s", name); printf("name? "); fflush(stdout); } puts("bye"); return 3; }';

describe('what a person types at the terminal of a program', function () {
  // the first one compiles the libc
  this.timeout(180_000);

  it('is waited for, echoed, answered, and part of the recording', () => {
    const sitting = new Sitting(GREETS);
    assert.deepEqual([sitting.exit, sitting.screen, sitting.waiting, sitting.moment.waiting?.lines, sitting.moment.waiting?.echo], [null, 'name? ', ['7001'], true, true]);
    const first = sitting.steps;
    sitting.type('ann\n');
    assert.deepEqual([sitting.exit, sitting.screen, sitting.waiting], [null, 'name? ann\nhello ann\nname? ', ['7001']]);
    assert.deepEqual(sitting.wrote(), ['7001 stdout: name? ', 'typed terminal: ann\n', '7001 stdout: hello ann\nname? ']);
    const second = sitting.steps;
    sitting.type('\u0004');
    assert.deepEqual([sitting.exit, sitting.screen, sitting.waiting], [3, 'name? ann\nhello ann\nname? bye\n', []]);
    assert.deepEqual(sitting.script.typed, [{ text: 'ann\n', at: first }, { text: '\u0004', at: second }]);
    // text goes and comes as one steps
    assert.equal(sitting.at(first).screen, 'name? ');
    assert.deepEqual(sitting.waiting, ['7001']);
    assert.equal(sitting.at(second).screen, 'name? ann\nhello ann\nname? ');
    assert.equal(sitting.at(0).screen, '');
  });

  it('makes the same recording again, with the same state at each step, forwards and back', () => {
    const sitting = new Sitting(GREETS).type('ann\n').type('bob\n').type('\u0004');
    const again = new Sitting(GREETS, sitting.script.typed);
    assert.deepEqual(again.script.typed, sitting.script.typed);
    assert.equal(again.steps, sitting.steps);
    assert.deepEqual(again.hashes(), sitting.hashes());
    // without steps (the text of the program has changed) each is given when somebody waits
    const later = new Sitting(GREETS, sitting.script.typed.map(({ text }) => ({ text, at: null })));
    assert.deepEqual(later.hashes(), sitting.hashes());
    // more than is read is left over
    assert.deepEqual(new Sitting('int main(void) { return getchar(); }', [{ text: 'a\n', at: null }, { text: 'b\n', at: null }]).script.typed.map(({ text }) => text), ['a\n']);
  });

  it('takes the place of what was typed there before', () => {
    const sitting = new Sitting(GREETS).type('ann\n').type('\u0004');
    const [first] = sitting.script.typed;
    sitting.at(first!.at).type('eve\n');
    assert.deepEqual([sitting.screen, sitting.script.typed], ['name? eve\nhello eve\nname? ', [{ text: 'eve\n', at: first!.at }]]);
    assert.deepEqual(sitting.hashes(), new Sitting(GREETS, sitting.script.typed).hashes());
  });

  it('interrupts: Ctrl+C, also a program that reads nothing or never ends', () => {
    assert.equal(new Sitting(GREETS).type('\u0003').session.result().signal, 'SIGINT');
    const pauses = new Sitting('int main(void) { puts("here"); pause(); return 1; }');
    assert.deepEqual(pauses.session.over, { limit: 'deadlock' });
    assert.deepEqual([pauses.type('\u0003').session.result().signal, pauses.screen], ['SIGINT', 'here\n^C']);
    const loops = new Sitting('static volatile int n; int main(void) { for (;;) n++; }');
    assert.deepEqual(loops.session.over, { limit: 'statements' });
    loops.at(2_000).type('\u0003');
    assert.equal(loops.session.result().signal, 'SIGINT');
    assert.ok(loops.steps < 5_000, `${loops.steps} steps`);
    assert.deepEqual(loops.hashes(), new Sitting('static volatile int n; int main(void) { for (;;) n++; }', loops.script.typed).hashes());
  });

  it('typed within a system call, it comes when that call is over', () => {
    const source = 'int main(void) { char line[9]; if (fork() == 0) { int n = read(0, line, 9); printf("child %.*s", n, line); return 0; } getpid(); getpid(); getpid(); wait(NULL); return 0; }';
    const sitting = new Sitting(source);
    for (let step = sitting.steps - 1; step > sitting.steps - 60; step -= 11) {
      const now = new Sitting(source).at(step);
      const { inKernel, call } = now.moment;
      now.type('x\n');
      assert.deepEqual([now.exit, now.screen], [0, 'x\nchild x\n'], `step ${step}, ${inKernel ? call : 'the program'}`);
      assert.deepEqual(new Sitting(source, now.script.typed).hashes(), now.hashes());
    }
  });

  it('two tasks that read: the first that waited has the first line; what each wrote is told apart', () => {
    const sitting = new Sitting('int main(void) { char line[20]; int child = fork(); int n = read(0, line, 20); dprintf(child ? 1 : 2, "%s %.*s", child ? "parent" : "child", n, line); if (child) wait(NULL); return 0; }');
    assert.equal(sitting.waiting.length, 2);
    const [first, second] = sitting.waiting;
    const name = (pid: string | undefined): string => (pid === '7001' ? '7001 stdout: parent' : '7002 stderr: child');
    sitting.type('one\n');
    assert.deepEqual(sitting.waiting, [second]);
    sitting.type('two\n');
    assert.deepEqual(sitting.wrote(), ['typed terminal: one\n', `${name(first)} one\n`, 'typed terminal: two\n', `${name(second)} two\n`]);
    assert.equal(sitting.exit, 0);
  });

  it('a wait with a time limit stands until somebody types, or lets time pass', () => {
    const source = 'int main(void) { struct pollfd in = { 0, POLLIN, 0 }; int n = poll(&in, 1, 5000); puts(n ? "typed" : "too late"); return n; }';
    assert.equal(new Sitting(source).moment.waiting?.sleepers, true);
    assert.equal(new Sitting(source).type('x\n').screen, 'x\ntyped\n');
    const late = new Sitting(source).type('');
    assert.equal(late.screen, 'too late\n');
    const [{ at } = { at: NaN }] = late.script.typed;
    assert.deepEqual(late.hashes(), new Sitting(source, late.script.typed).hashes());
    assert.equal(late.at(at).type('x\n').screen, 'x\ntyped\n');
  });

  it('keys that a program reads one by one, without an echo', () => {
    const sitting = new Sitting('int main(void) { struct termios t; char key; tcgetattr(0, &t); t.c_lflag &= ~(ICANON | ECHO); tcsetattr(0, TCSANOW, &t); while (read(0, &key, 1) == 1 && key != \'q\') printf("[%c]\\n", key); return 0; }');
    assert.deepEqual([sitting.moment.waiting?.lines, sitting.moment.waiting?.echo], [false, false]);
    assert.deepEqual([sitting.type('ab').screen, sitting.type('q').exit], ['[a]\n[b]\n', 0]);
  });

  it('other terminals: what a task wrote at a pseudo terminal, also when it is gone', () => {
    const sitting = new Sitting('int main(void) { int master; char text[99]; if (forkpty(&master, NULL, NULL, NULL) == 0) { char line[20]; fgets(line, 20, stdin); printf("got %s", line); fprintf(stderr, "end\\n"); return 0; } write(master, "hi\\n", 3); while (read(master, text, 99) > 0) ; wait(NULL); close(master); return 0; }', [], ['echo before']);
    assert.equal(sitting.exit, 0);
    assert.deepEqual(sitting.moment.terminals.map(({ name, what, gone, text }) => [name, what, gone, text]), [['/dev/pts/0', 'console', false, ''], ['/dev/pts/1', 'other', false, 'before\r\n'], ['/dev/pts/2', 'pty', true, 'hi\r\ngot hi\r\nend\r\n']]);
    assert.deepEqual(sitting.wrote(2), ['typed terminal: hi\n', '7002 stdout: got hi\n', '7002 stderr: end\n']);
    assert.equal(sitting.at(0).moment.terminals.length, 2);
  });

  it('nobody sits there: standard input ends, as it did', () => {
    const files = { read: () => Buffer.from(HEAD + GREETS) };
    const session = Session.start({
      system: systemFiles(), program: { file: 'prog.c', files }, args: [], uid: 0, kernel: '6.18', privateRoot: false, tty: true, ttyStdin: false, stdin: new Uint8Array(0), before: [], with: [], limits: LIMITS, trace: 'off',
    });
    assert.ok(session instanceof Session);
    assert.equal(session.advance(FOREVER), 'ended');
    assert.equal(session.result().exit, 3);
  });
});
