import { createHash } from 'node:crypto';
import { compileUnit } from '../../../simulator/c/frontend.ts';
import { emitUnit } from '../../../simulator/c/emit/index.ts';
import { EMPTY_ARCHIVE, link } from '../../../simulator/c/link/index.ts';
import { state_of } from '../../../simulator/kernel/state.ts';
import { cpu } from '../../../simulator/machine/cpu/index.ts';
import type { Image } from '../../../simulator/machine/image.ts';
import { createMachineMemory } from '../../../simulator/machine/memory/index.ts';
import type { Computer } from '../../../simulator/machine/system/computer.ts';
import { startMachine } from '../../../simulator/machine/system/start.ts';
import { Recording } from '../../../simulator/timeline/recording.ts';

/** What the programs of these tests have in place of a libc: system calls, and a start that calls main. */
const HEADER = `
enum { READ = 0, WRITE = 1, PAUSE = 34, GETPID = 39, FORK = 57, EXIT = 60, WAIT = 61, KILL = 62, UNSHARE = 272, PIPE = 22, CLONE = 56, MMAP = 9, SIGACTION = 13, NANOSLEEP = 35, SETHOSTNAME = 170 };
#define call(nr, a, b, c, d, e, f) __syscall(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define call3(nr, a, b, c) call(nr, a, b, c, 0, 0, 0)
long __syscall(long, long, long, long, long, long, long);
long __clone(long, long, long, long, long, long, int (*)(void *), void *, void *);
int main(void);
void _start(long *sp) { call3(EXIT, main(), 0, 0); }
#line 1 "program.c"
`;

export function compiled(source: string): Image {
  const text = new TextEncoder().encode(HEADER + source);
  const { unit, diagnostics } = compileUnit('program.c', { read: (file) => (file === 'program.c' ? text : null) }, { system: { read: () => null } });
  if (!unit) throw new Error(JSON.stringify(diagnostics));
  const { image, diagnostics: problems } = link('program.c', [emitUnit(unit)], EMPTY_ARCHIVE, new Map());
  if (!image) throw new Error(JSON.stringify(problems));
  return image;
}

export const LIMITS = { statements: 10_000_000, instructions: 1_000_000_000, tasks: 100, memory: 1 << 28, output: 1 << 20 };

export function computerOf(source: string, trace: 'off' | 'full' = 'full'): Computer {
  const computer = startMachine({
    version: '6.18', uid: 0, privateRoot: false, tty: true, ttyStdin: false, program: compiled(source), with: [], args: [], before: [], command: () => null, limits: LIMITS, trace,
  }, { cpu, ...createMachineMemory() }, () => undefined);
  computer.console.close(computer.k);
  return computer;
}

export function recorded(source: string): Recording {
  const recording = new Recording(computerOf(source));
  recording.record({ statements: Infinity, instructions: Infinity, stopAtStatement: false });
  return recording;
}

/** Everything that there is at the present moment, as a short text: the kernel's objects, registers, mappings and bytes. */
export function stateHash({ computer }: Recording): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(state_of(computer.k, true)));
  hash.update(String(computer.k.timekeeper.monotonic));
  const { threads, spaces } = computer.machine.user;
  for (const [id, thread] of [...threads].sort(([a], [b]) => a - b)) {
    const { at, stackPointer, threadPointer, statements, instructions } = thread;
    hash.update(JSON.stringify([id, at, stackPointer, threadPointer, statements, instructions, thread.frames()]));
  }
  for (const [id, space] of [...spaces].sort(([a], [b]) => a - b)) {
    for (const { from, to, name, read, write } of space.regions) {
      hash.update(JSON.stringify([id, from, to, name, read, write]));
      hash.update(space.read(from, to - from) ?? 'unreadable');
    }
  }
  return hash.digest('hex').slice(0, 16);
}
