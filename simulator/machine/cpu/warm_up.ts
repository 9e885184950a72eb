import { DISASSEMBLY, OP, OP_NAMES, WORDS } from '../isa.ts';
import type { OpName } from '../isa.ts';
import { TEXT_BASE } from '../image.ts';
import type { Image } from '../image.ts';
import { PhysicalMemory } from '../memory/physical.ts';
import { PagedSpace } from '../memory/space.ts';
import { interpret } from './interpret.ts';
import { MachineThread } from './thread.ts';

const DATA = 0x10000;
const STACK = 0x21000;
/** A few of each kind: small, none, and so large that sums do not fit into 32 bits. */
const VALUES = [[1, 2], [0, 0], [-2147483648, -1], [2147483647, 2147483647], [-5, 3], [40, 7]] as const;
/** They end the run, or need more than this has. */
const LEFT_OUT = new Set<OpName>(['TRAP', 'SYSCALL', 'CLONE', 'NATIVE', 'MISSING', 'EXIT', 'SIGRETURN', 'SETJMP', 'LONGJMP', 'CALL', 'CALLR', 'ENTER', 'RET', 'RET32', 'RET64', 'SWITCH', 'ALLOCA', 'SETSP', 'COPY', 'CLEAR', 'DIV64', 'REM64']);

/** Registers: 4 and 6 are the operands, 8 the result, 10 an address, 12 a small index, 14 a divisor. */
function operand(name: OpName, letter: string, position: number): number {
  switch (letter) {
    case 'd': return 8;
    case 'l': return -64;
    case 'g': return DATA + 64;
    case 'i': return position === 0 && (name.startsWith('STLI') || name.startsWith('INC')) ? -64 : name.startsWith('ARG') && position === 0 ? -16 : name.startsWith('LD') || name.startsWith('ST') ? 8 : 3;
    case 's': return registerFor(name, position);
    default: return 0;
  }
}

function registerFor(name: OpName, position: number): number {
  if (/^(?:LD|ST)X/.test(name)) return position === 1 ? 10 : position === 2 ? 12 : 4;
  if (/^(?:LD|ST)(?:8|16|32|64)/.test(name)) return position === 1 ? 10 : 4;
  if (/^U?(?:DIV|REM)/.test(name) && position === 2) return 14;
  return position === 2 || position === 1 && name.startsWith('B') ? 6 : 4;
}

function program(): Int32Array {
  const code: number[] = [OP.TRAP, 0, 0, 0];
  for (const name of OP_NAMES) {
    if (LEFT_OUT.has(name)) continue;
    const operands = DISASSEMBLY[name].split(' ').map((letter, position) => operand(name, letter, position));
    code.push(OP[name], operands[0] ?? 0, operands[1] ?? 0, operands[2] ?? 0);
  }
  code.push(OP.LI64, 18, DATA + 256, 0, OP.COPY, 10, 18, 12);
  code.push(OP.SWITCH, 12, 0, 2, 4, 4, 4, 4);
  const call = code.length;
  const fn = call + 5 * WORDS;
  code.push(OP.CALL, 8, fn, 16, OP.CALL, 8, fn + 2 * WORDS, 16, OP.LI64, 16, TEXT_BASE + (fn + 4 * WORDS) * 4, 0, OP.CALLR, 8, 16, 16, OP.TRAP, 0, 0, 0);
  for (const end of [OP.RET, OP.RET32, OP.RET64]) code.push(OP.ENTER, 20, 32, 1, end, 4, 0, 0);
  return Int32Array.from(code);
}

/**
 * Runs each usual instruction with a few values, before any program does. V8 compiles the hot loop for what it has seen; an instruction that it has not seen
 * would throw the compiled loop away, and a loop as large takes long to come back.
 */
export function warmUp(): void {
  const space = new PagedSpace(new PhysicalMemory());
  space.map(DATA, STACK - DATA, { read: true, write: true, execute: false, name: '' });
  space.memory.lend(space);
  const code = program();
  const image: Image = { name: '', code, segments: [], tls: { data: new Uint8Array(0), size: 0, align: 1 }, entry: 0, brk: 0, functions: [], variables: [], lines: new Int32Array(0), places: [], missing: [], natives: [] };
  const t = new MachineThread(image);
  for (const [left, right] of VALUES) {
    t.pc = WORDS;
    t.window = 0;
    t.top = 32;
    t.base = t.sp = STACK - 1024;
    t.left = t.fuel = 1000;
    for (const [register, low, high] of [[4, left, right], [6, right, left], [10, DATA + 128, 0], [12, 1, 0], [14, 7, 0]] as const) {
      t.words[register] = low;
      t.words[register + 1] = high;
    }
    try {
      interpret(t, space);
    } catch {
      // the TRAP at its end
    }
  }
}
