import type { Budget, Cpu, Stop, Thread } from '../cpu.ts';
import { TEXT_BASE } from '../image.ts';
import { WORDS } from '../isa.ts';
import { Fault } from '../memory.ts';
import { OutOfMemory } from '../memory/physical.ts';
import { PagedSpace } from '../memory/space.ts';
import { Trap } from './access.ts';
import { interpret } from './interpret.ts';
import { MachineThread, startThread } from './thread.ts';
import { warmUp } from './warm_up.ts';

const SIGKILL = 9;
/** No more at once: code that V8 compiled for the middle of a run is left for the better one soon. */
const MOST = 1 << 20;

/** After so many instructions it pays to prepare for more (warm_up.ts): many programs are over before. */
const ENOUGH = 1 << 16;
let done = 0;
let isWarm = false;

/** The processor: it keeps nothing of the programs that it runs, for any number of machines. */
export const cpu: Cpu = {
  run(thread, space, budget) {
    if (!(thread instanceof MachineThread && space instanceof PagedSpace)) throw new Error('a thread or an address space of another processor');
    space.memory.lend(space);
    let { statements, instructions } = budget;
    for (;;) {
      const begun = thread.statements;
      const counted = thread.instructions;
      const stop = runOnce(thread, space, { ...budget, statements: Math.min(statements, MOST), instructions: Math.min(instructions, isWarm ? MOST : ENOUGH) });
      statements -= thread.statements - begun;
      instructions -= thread.instructions - counted;
      if (!isWarm) {
        done += thread.instructions - counted;
        isWarm = done >= ENOUGH;
        if (isWarm) warmUp();
      }
      if (stop.why !== 'fuel' || statements <= 0 || instructions <= 0) return stop;
    }
  },
  start: (image, stackPointer) => startThread(image, stackPointer),
};

function runOnce(t: MachineThread, space: PagedSpace, budget: Budget): Stop {
  t.left = budget.statements;
  t.fuel = budget.instructions;
  t.stopAtStatement = budget.stopAtStatement;
  try {
    return interpret(t, space);
  } catch (error) {
    t.pc -= WORDS;
    return faultOf(error, t);
  } finally {
    t.statements += budget.statements - t.left;
    t.instructions += budget.instructions - t.fuel;
  }
}

function faultOf(error: unknown, t: Thread): Stop {
  if (error instanceof Fault) return { why: 'fault', signo: error.signo, code: error.code, address: error.address };
  if (error instanceof Trap) return { why: 'fault', signo: error.signo, code: error.code, address: error.address ?? TEXT_BASE + t.at * 16 };
  // as by the kernel's out-of-memory killer
  if (error instanceof OutOfMemory) return { why: 'fault', signo: SIGKILL, code: 0, address: 0 };
  throw error;
}

