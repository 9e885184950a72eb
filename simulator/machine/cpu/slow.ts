import type { Stop } from '../cpu.ts';
import { OP_NAMES } from '../isa.ts';
import type { PagedSpace } from '../memory/space.ts';
import { Trap } from './access.ts';
import { arithmeticHandlers } from './arithmetic_handlers.ts';
import { controlHandlers } from './control_handlers.ts';
import type { Handler, Handlers } from './handlers.ts';
import { memoryHandlers } from './memory_handlers.ts';
import type { MachineThread } from './thread.ts';

const all: Handlers = { ...memoryHandlers, ...arithmeticHandlers, ...controlHandlers };
const SIGILL = 4;
const illegal: Handler = () => { throw new Trap(SIGILL, 2); };
const byNumber: readonly Handler[] = OP_NAMES.map((name) => all[name] ?? illegal);

/** Does an instruction that the hot loop leaves: whole, in any case. */
export function slow(t: MachineThread, space: PagedSpace, op: number, a: number, b: number, c: number): Stop | null {
  return (byNumber[op] ?? illegal)(t, space, a, b, c);
}
