/** One instruction of a classic BPF program, as struct sock_filter. */
export interface sock_filter { readonly code: number; readonly jt: number; readonly jf: number; readonly k: number }

/** Longest program that the kernel takes. */
export const BPF_MAXINSNS = 4096;
const BPF_MEMWORDS = 16;
/** sizeof(struct seccomp_data): all that a filter can look at. */
const SECCOMP_DATA = 64;

/** Classes, the low three bits of a code. */
const LD = 0, LDX = 1, ST = 2, STX = 3, ALU = 4, JMP = 5, RET = 6, MISC = 7;
/** What is done, the high four bits, for ALU and JMP. */
const ADD = 0x00, SUB = 0x10, MUL = 0x20, DIV = 0x30, OR = 0x40, AND = 0x50, LSH = 0x60, RSH = 0x70, NEG = 0x80, XOR = 0xa0;
const JA = 0x00, JEQ = 0x10, JGT = 0x20, JGE = 0x30, JSET = 0x40;
/** The second operand is X, not k. */
const X = 0x08;
/** What a load takes: the number k, 4 bytes of the data, a word of scratch memory, the data's length. */
const IMM = 0x00, ABS = 0x20, MEM = 0x60, LEN = 0x80;
/** RET's operand is A, not k. */
const A = 0x10;
const TAX = 0x00, TXA = 0x80;

const ALU_DOES: ReadonlyMap<number, (a: number, b: number) => number> = new Map([
  [ADD, (a, b) => a + b], [SUB, (a, b) => a - b], [MUL, Math.imul], [DIV, (a, b) => Math.floor(a / b)], [OR, (a, b) => a | b], [AND, (a, b) => a & b],
  [LSH, (a, b) => (b > 31 ? 0 : a << b)], [RSH, (a, b) => (b > 31 ? 0 : a >>> b)], [XOR, (a, b) => a ^ b], [NEG, (a) => -a],
]);
const JMP_ASKS: ReadonlyMap<number, (a: number, b: number) => boolean> = new Map([
  [JEQ, (a, b) => a === b], [JGT, (a, b) => a > b], [JGE, (a, b) => a >= b], [JSET, (a, b) => (a & b) !== 0],
]);

/**
 * May this be a filter of system calls (bpf_check_classic and seccomp_check_filter)? It must end with RET, jump forwards only and within itself, divide by no constant 0,
 * shift by no constant above 31, load aligned words of struct seccomp_data and nothing else, and read no scratch word that was not written on each way to it.
 */
export function seccomp_check_filter(program: readonly sock_filter[]): boolean {
  return program.length > 0 && program.length <= BPF_MAXINSNS && program.every((_, pc) => is_good(program, pc))
    && ((program.at(-1)?.code ?? 0) & ~A) === RET && loads_follow_stores(program);
}

function is_good(program: readonly sock_filter[], pc: number): boolean {
  const { code, jt, jf, k } = program[pc] as sock_filter;
  const left = program.length - pc - 1;
  switch (code) {
    case LD | ABS: return k < SECCOMP_DATA && k % 4 === 0;
    case LD | LEN: case LDX | LEN: case LD | IMM: case LDX | IMM: case RET: case RET | A: case MISC | TAX: case MISC | TXA: case ALU | NEG: return true;
    case LD | MEM: case LDX | MEM: case ST: case STX: return k < BPF_MEMWORDS;
    case JMP | JA: return k < left;
    default: return good_operation(code, k) && ((code & 7) === ALU || (jt < left && jf < left));
  }
}

/** The ones with an operation in the high bits and an operand. */
function good_operation(code: number, k: number): boolean {
  const operation = code & 0xf0;
  if (code > 0xff || operation === NEG) return false;
  const constant = (code & X) === 0;
  switch (code & 7) {
    case ALU: return ALU_DOES.has(operation) && !(constant && ((operation === DIV && k === 0) || ((operation === LSH || operation === RSH) && k > 31)));
    case JMP: return JMP_ASKS.has(operation);
    default: return false;
  }
}

/** check_load_and_stores(): what is written for sure on arrival at each instruction, as bits. */
function loads_follow_stores(program: readonly sock_filter[]): boolean {
  const arriving = program.map(() => 0xffff);
  let written = 0;
  for (const [pc, { code, jt, jf, k }] of program.entries()) {
    written &= arriving[pc] ?? 0;
    const target = (over: number): void => { arriving[pc + 1 + over] = (arriving[pc + 1 + over] ?? 0) & written; };
    if (code === ST || code === STX) written |= 1 << k;
    else if ((code === (LD | MEM) || code === (LDX | MEM)) && (written & (1 << k)) === 0) return false;
    else if ((code & 7) === JMP) {
      if (code === (JMP | JA)) target(k);
      else {
        target(jt);
        target(jf);
      }
      // what follows in the text is reached by jumps only
      written = 0xffff;
    }
  }
  return true;
}

/** Runs a checked program over struct seccomp_data; returns what it decided, unsigned. */
export function run_filter(program: readonly sock_filter[], data: DataView): number {
  const memory = new Uint32Array(BPF_MEMWORDS);
  let a = 0, x = 0;
  for (let pc = 0; ; pc++) {
    const { code, jt, jf, k } = program[pc] as sock_filter;
    switch (code) {
      case LD | ABS: a = data.getUint32(k, true); break;
      case LD | LEN: a = SECCOMP_DATA; break;
      case LDX | LEN: x = SECCOMP_DATA; break;
      case LD | IMM: a = k; break;
      case LDX | IMM: x = k; break;
      case LD | MEM: a = memory[k] ?? 0; break;
      case LDX | MEM: x = memory[k] ?? 0; break;
      case ST: memory[k] = a; break;
      case STX: memory[k] = x; break;
      case MISC | TAX: x = a; break;
      case MISC | TXA: a = x; break;
      case RET: return k;
      case RET | A: return a;
      case JMP | JA: pc += k; break;
      default: {
        const operand = (code & X) === 0 ? k : x;
        if ((code & 7) === JMP) pc += JMP_ASKS.get(code & 0xf0)?.(a, operand) === true ? jt : jf;
        // a division by an X of 0 ends the filter with 0, which kills the thread
        else if ((code & 0xf0) === DIV && operand === 0) return 0;
        else a = (ALU_DOES.get(code & 0xf0)?.(a, operand) ?? 0) >>> 0;
      }
    }
  }
}
