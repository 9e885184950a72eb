/**
 * The instruction set. An instruction is four 32-bit words: operation, a, b, c. Registers are 64-bit slots of the running function's window (cpu/thread.ts), named by the number of
 * their first word; 32-bit operations use the low word only and leave the high one as it is. Integers of 8 and 16 bits are kept extended to 32, floats as their
 * 32 bits, doubles and pointers in the whole slot.
 *
 * Letters of the operands: `d` register that is set, `s` register that is read, `i` number, `l` bytes from the frame's base, `g` address, `j` jump: words from the
 * next instruction on. In names: L a local variable (in the frame), G a global one, I a number in the instruction, X an index of 32 bits with sign.
 */
export const DISASSEMBLY = {
  TRAP: '',
  // a statement of the user begins; a place in system code that a loop passes. a: instructions until the next such one
  STMT: 'i', TICK: 'i',
  // a statement, and the load that it begins with, of a local that nothing else changes: when it stops there, the load is done
  SLDL32: 'd l i', SLDL64: 'd l i',
  // ---- moves ----
  LI32: 'd i', LI64: 'd i i', MOV32: 'd s', MOV64: 'd s',
  SX64: 'd s', ZX64: 'd s', SX8: 'd s', SX16: 'd s', ZX8: 'd s', ZX16: 'd s',
  LEA: 'd l',
  // ---- memory: of the frame, at an address, at a register + number, at a register + index × size ----
  LDL8S: 'd l', LDL8U: 'd l', LDL16S: 'd l', LDL16U: 'd l', LDL32: 'd l', LDL64: 'd l', LDLX: 'd l',
  STL8: 's l', STL16: 's l', STL32: 's l', STL64: 's l', STLI32: 'l i',
  INCL32: 'l i', INCL64: 'l i', ADDSL32: 'l s',
  LDG8S: 'd g', LDG8U: 'd g', LDG16S: 'd g', LDG16U: 'd g', LDG32: 'd g', LDG64: 'd g',
  STG8: 's g', STG16: 's g', STG32: 's g', STG64: 's g', INCG32: 'g i',
  LD8S: 'd s i', LD8U: 'd s i', LD16S: 'd s i', LD16U: 'd s i', LD32: 'd s i', LD64: 'd s i',
  ST8: 's s i', ST16: 's s i', ST32: 's s i', ST64: 's s i',
  LDX8S: 'd s s', LDX8U: 'd s s', LDX16S: 'd s s', LDX16U: 'd s s', LDX32: 'd s s', LDX64: 'd s s',
  STX8: 's s s', STX16: 's s s', STX32: 's s s', STX64: 's s s',
  // ---- pointer + index × size; 32-bit index × number, as 64 bits ----
  PADD1: 'd s s', PADD2: 'd s s', PADD4: 'd s s', PADD8: 'd s s', SXMUL: 'd s i',
  // ---- 32 bits ----
  ADD32: 'd s s', SUB32: 'd s s', MUL32: 'd s s', AND32: 'd s s', OR32: 'd s s', XOR32: 'd s s', SHL32: 'd s s', SHR32: 'd s s', USHR32: 'd s s',
  ADDI32: 'd s i', MULI32: 'd s i', ANDI32: 'd s i', SHLI32: 'd s i', SHRI32: 'd s i', USHRI32: 'd s i',
  ADDL32: 'd s l', SUBL32: 'd s l', MULL32: 'd s l',
  DIV32: 'd s s', REM32: 'd s s', UDIV32: 'd s s', UREM32: 'd s s',
  NEG32: 'd s', NOT32: 'd s',
  EQ32: 'd s s', NE32: 'd s s', LT32: 'd s s', LE32: 'd s s', ULT32: 'd s s', ULE32: 'd s s', BOOL32: 'd s', ZERO32: 'd s',
  // ---- 64 bits; counts of shifts are 32 ----
  ADD64: 'd s s', SUB64: 'd s s', MUL64: 'd s s', AND64: 'd s s', OR64: 'd s s', XOR64: 'd s s', SHL64: 'd s s', SHR64: 'd s s', USHR64: 'd s s',
  ADDI64: 'd s i', UDIV64: 'd s s', UREM64: 'd s s', NEG64: 'd s', NOT64: 'd s',
  EQ64: 'd s s', NE64: 'd s s', LT64: 'd s s', LE64: 'd s s', ULT64: 'd s s', ULE64: 'd s s', BOOL64: 'd s', ZERO64: 'd s',
  // ---- double (F) and float (S) ----
  ADDF: 'd s s', SUBF: 'd s s', MULF: 'd s s', DIVF: 'd s s', NEGF: 'd s', EQF: 'd s s', NEF: 'd s s', LTF: 'd s s', LEF: 'd s s',
  ADDS: 'd s s', SUBS: 'd s s', MULS: 'd s s', DIVS: 'd s s', NEGS: 'd s',
  I2F: 'd s', F2I: 'd s', S2F: 'd s', F2S: 'd s',
  // ---- control ----
  JMP: 'j', BZ32: 's j', BNZ32: 's j', BZ64: 's j', BNZ64: 's j',
  BEQ32: 's s j', BNE32: 's s j', BLT32: 's s j', BLE32: 's s j', BULT32: 's s j', BULE32: 's s j',
  BEQI32: 's i j', BNEI32: 's i j', BLTI32: 's i j', BLEI32: 's i j', BGTI32: 's i j', BGEI32: 's i j',
  BEQL32: 's l j', BNEL32: 's l j', BLTL32: 's l j', BLEL32: 's l j', BGTL32: 's l j', BGEL32: 's l j',
  BEQ64: 's s j', BNE64: 's s j', BLT64: 's s j', BLE64: 's s j', BULT64: 's s j', BULE64: 's s j',
  // a table follows, in words: where to go otherwise, then for b, b + 1 …, c of them, each as a jump from the table's first word
  SWITCH: 's i i',
  // arguments go below the stack pointer: a is the distance from there
  ARG32: 'i s', ARG64: 'i s', ARGL32: 'i l', ARGL64: 'i l', ARGI: 'i i i',
  // d: where the result goes; then the function (a: word of its first instruction; R: its address); bytes of arguments
  CALL: 'd i i', CALLR: 'd s i',
  // first of each function: words of its window, bytes of its frame, its instructions
  ENTER: 'i i i', RET: '', RET32: 's', RET64: 's',
  // bytes c from the address in b to that in a; the stack pointer plus a number
  COPY: 's s i', GETSP: 'd i',
  // ---- what follows is rare, or as long as the call that does it ----
  TLS: 'd i',
  CLEAR: 's i',
  ALLOCA: 'd s', SETSP: 's',
  DIV64: 'd s s', REM64: 'd s s',
  U2F: 'd s', L2F: 'd s', UL2F: 'd s', L2S: 'd s', UL2S: 'd s', F2L: 'd s', F2UL: 'd s',
  // c: which (cpu/bits.ts, cpu/overflow.ts)
  BITS: 'd s i', OVERFLOW: 'd s i',
  // b: first of the slots of number and arguments (7); of number, arguments, function, argument, stack (9)
  SYSCALL: 'd s', CLONE: 'd s',
  SETJMP: 'd s', LONGJMP: 's s', GETTP: 'd', RETADDR: 'd', FRAMEADDR: 'd',
  // index into the image's natives, into its missing functions
  NATIVE: 'i', MISSING: 'i',
  EXIT: 's', SIGRETURN: '',
} as const;

export type OpName = keyof typeof DISASSEMBLY;

/** Names by number. */
export const OP_NAMES = Object.keys(DISASSEMBLY) as readonly OpName[];
/** Numbers by name. */
export const OP = Object.fromEntries(OP_NAMES.map((name, number) => [name, number])) as Readonly<Record<OpName, number>>;
/** Words of an instruction. */
export const WORDS = 4;

/** Registers of a window begin after its head. */
export const FIRST_REGISTER = 4;

/**
 * What every image begins with: how a task or a signal's handler starts, and where it returns to (cpu/thread.ts has what is in the registers then).
 */
export const STUBS = [
  [OP.TRAP, 0, 0, 0],
  [OP.ARG64, -16, 6, 0], [OP.CALLR, 8, 4, 16], [OP.EXIT, 8, 0, 0],
  [OP.ARG32, -32, 6, 0], [OP.ARG64, -24, 8, 0], [OP.ARG64, -16, 10, 0], [OP.CALLR, 12, 4, 32], [OP.SIGRETURN, 0, 0, 0],
] as const;
/** Words of code where they begin: a task, a handler; and where a handler has returned to. */
export const START_STUB = 1 * WORDS;
export const SIGNAL_STUB = 4 * WORDS;
export const SIGRETURN_STUB = 8 * WORDS;

/** The code as text, for tests and for who debugs the code generator. `from`, `to`: instruction numbers. */
export function disassemble(code: Int32Array, from = 0, to = code.length / WORDS): string {
  const lines: string[] = [];
  for (let at = from; at < to; at++) {
    const name = OP_NAMES[code[at * WORDS] ?? 0] ?? '?';
    const letters = name === '?' ? [] : DISASSEMBLY[name].split(' ').filter((letter) => letter !== '');
    const operands = letters.map((letter, index) => {
      const value = code[at * WORDS + 1 + index] ?? 0;
      return letter === 'j' ? `→${at + 1 + value / WORDS}` : letter === 'd' || letter === 's' ? `r${value}` : letter === 'l' ? `[fp${value < 0 ? '' : '+'}${value}]` : letter === 'g' ? `[0x${(value >>> 0).toString(16)}]` : String(value);
    });
    lines.push(`${String(at).padStart(5)} ${name.padEnd(8)} ${operands.join(', ')}`.trimEnd());
    if (name === 'SWITCH') at += Math.ceil(((code[at * WORDS + 3] ?? 0) + 1) / WORDS);
  }
  return lines.join('\n');
}
