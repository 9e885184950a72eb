/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays at indexes that the code generator made */
import type { Stop } from '../cpu.ts';
import { TEXT_BASE } from '../image.ts';
import type { PagedSpace } from '../memory/space.ts';
import { slow } from './slow.ts';
import type { MachineThread } from './thread.ts';

/**
 * The hot loop. Each case does its instruction and goes on, or leaves the switch where something is not as usual (a page that is not translated yet, an access
 * that is not aligned, a division by zero) and for the rare instructions; then `slow` does the whole instruction. So nothing here allocates, calls or throws.
 * Cases are literal numbers (isa.ts; a test compares them), since only then V8 makes a jump table. The translation of addresses is physical.ts's.
 */
export function interpret(t: MachineThread, space: PagedSpace): Stop {
  const { memory } = space;
  const { reads, writes } = memory;
  const { code } = t.image;
  for (;;) {
    const { bytes, halves, words } = memory;
    const { words: r, doubles, floats } = t;
    const limit = r.length - 64 | 0;
    // V8 finds out here what they are, and need not in each turn
    if (code.length * reads.length * writes.length * bytes.length * halves.length * words.length * doubles.length * floats.length === 0) return { why: 'fuel' };
    let pc = t.pc | 0;
    let w = t.window | 0;
    let top = t.top | 0;
    let base = t.base | 0;
    let sp = t.sp | 0;
    let left = t.left | 0;
    let fuel = t.fuel | 0;
    for (;;) {
      const op = code[pc]!;
      const a = code[pc + 1 | 0]!;
      const b = code[pc + 2 | 0]!;
      const c = code[pc + 3 | 0]!;
      pc = pc + 4 | 0;
      switch (op) {
        case /* STMT */ 1: { fuel = fuel - a | 0; left = left - 1 | 0; if (left > 0 && fuel > 0) continue; break; }
        case /* TICK */ 2: { fuel = fuel - a | 0; if (fuel > 0) continue; break; }
        case /* SLDL32 */ 3: {
          fuel = fuel - c | 0;
          left = left - 1 | 0;
          const p = base + b | 0;
          const e = reads[p >>> 12]!;
          if (left > 0 && fuel > 0 && (p & 3) < (e & 1)) { r[w + a | 0] = words[p + e >> 2]!; continue; }
          break;
        }
        case /* SLDL64 */ 4: {
          fuel = fuel - c | 0;
          left = left - 1 | 0;
          const p = base + b | 0;
          const e = reads[p >>> 12]!;
          if (left > 0 && fuel > 0 && (p & 7) < (e & 1)) { const q = p + e >> 2; r[w + a | 0] = words[q]!; r[w + a + 1 | 0] = words[q + 1 | 0]!; continue; }
          break;
        }

        case /* LI32 */ 5: r[w + a | 0] = b; continue;
        case /* LI64 */ 6: r[w + a | 0] = b; r[w + a + 1 | 0] = c; continue;
        case /* MOV32 */ 7: r[w + a | 0] = r[w + b | 0]!; continue;
        case /* MOV64 */ 8: r[w + a | 0] = r[w + b | 0]!; r[w + a + 1 | 0] = r[w + b + 1 | 0]!; continue;
        case /* SX64 */ 9: { const x = r[w + b | 0]!; r[w + a | 0] = x; r[w + a + 1 | 0] = x >> 31; continue; }
        case /* ZX64 */ 10: r[w + a | 0] = r[w + b | 0]!; r[w + a + 1 | 0] = 0; continue;
        case /* SX8 */ 11: r[w + a | 0] = r[w + b | 0]! << 24 >> 24; continue;
        case /* SX16 */ 12: r[w + a | 0] = r[w + b | 0]! << 16 >> 16; continue;
        case /* ZX8 */ 13: r[w + a | 0] = r[w + b | 0]! & 0xff; continue;
        case /* ZX16 */ 14: r[w + a | 0] = r[w + b | 0]! & 0xffff; continue;
        case /* LEA */ 15: r[w + a | 0] = base + b | 0; r[w + a + 1 | 0] = 0; continue;

        case /* LDL8S */ 16: { const p = base + b | 0; const e = reads[p >>> 12]!; if (e !== 0) { r[w + a | 0] = bytes[p + e - 1 | 0]! << 24 >> 24; continue; } break; }
        case /* LDL8U */ 17: { const p = base + b | 0; const e = reads[p >>> 12]!; if (e !== 0) { r[w + a | 0] = bytes[p + e - 1 | 0]!; continue; } break; }
        case /* LDL16S */ 18: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 1) < (e & 1)) { r[w + a | 0] = halves[p + e >> 1]! << 16 >> 16; continue; } break; }
        case /* LDL16U */ 19: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 1) < (e & 1)) { r[w + a | 0] = halves[p + e >> 1]!; continue; } break; }
        case /* LDL32 */ 20: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { r[w + a | 0] = words[p + e >> 2]!; continue; } break; }
        case /* LDL64 */ 21: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 7) < (e & 1)) { const q = p + e >> 2; r[w + a | 0] = words[q]!; r[w + a + 1 | 0] = words[q + 1 | 0]!; continue; } break; }
        case /* LDLX */ 22: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { const x = words[p + e >> 2]!; r[w + a | 0] = x; r[w + a + 1 | 0] = x >> 31; continue; } break; }
        case /* STL8 */ 23: { const p = base + b | 0; const e = writes[p >>> 12]!; if (e !== 0) { bytes[p + e - 1 | 0] = r[w + a | 0]!; continue; } break; }
        case /* STL16 */ 24: { const p = base + b | 0; const e = writes[p >>> 12]!; if ((p & 1) < (e & 1)) { halves[p + e >> 1] = r[w + a | 0]!; continue; } break; }
        case /* STL32 */ 25: { const p = base + b | 0; const e = writes[p >>> 12]!; if ((p & 3) < (e & 1)) { words[p + e >> 2] = r[w + a | 0]!; continue; } break; }
        case /* STL64 */ 26: { const p = base + b | 0; const e = writes[p >>> 12]!; if ((p & 7) < (e & 1)) { const q = p + e >> 2; words[q] = r[w + a | 0]!; words[q + 1 | 0] = r[w + a + 1 | 0]!; continue; } break; }
        case /* STLI32 */ 27: { const p = base + a | 0; const e = writes[p >>> 12]!; if ((p & 3) < (e & 1)) { words[p + e >> 2] = b; continue; } break; }
        case /* INCL32 */ 28: { const p = base + a | 0; const e = writes[p >>> 12]!; if ((p & 3) < (e & 1)) { const q = p + e >> 2; words[q] = words[q]! + b; continue; } break; }
        case /* INCL64 */ 29: {
          const p = base + a | 0;
          const e = writes[p >>> 12]!;
          if ((p & 7) < (e & 1)) {
            const q = p + e >> 2;
            const x = words[q]!;
            const y = x + b | 0;
            words[q] = y;
            words[q + 1 | 0] = words[q + 1 | 0]! + (b >> 31) + ((y >>> 0) < (x >>> 0) ? 1 : 0);
            continue;
          }
          break;
        }
        case /* ADDSL32 */ 30: { const p = base + a | 0; const e = writes[p >>> 12]!; if ((p & 3) < (e & 1)) { const q = p + e >> 2; words[q] = words[q]! + r[w + b | 0]!; continue; } break; }

        case /* LDG8S */ 31: { const e = reads[b >>> 12]!; if (e !== 0) { r[w + a | 0] = bytes[b + e - 1 | 0]! << 24 >> 24; continue; } break; }
        case /* LDG8U */ 32: { const e = reads[b >>> 12]!; if (e !== 0) { r[w + a | 0] = bytes[b + e - 1 | 0]!; continue; } break; }
        case /* LDG16S */ 33: { const e = reads[b >>> 12]!; if ((b & 1) < (e & 1)) { r[w + a | 0] = halves[b + e >> 1]! << 16 >> 16; continue; } break; }
        case /* LDG16U */ 34: { const e = reads[b >>> 12]!; if ((b & 1) < (e & 1)) { r[w + a | 0] = halves[b + e >> 1]!; continue; } break; }
        case /* LDG32 */ 35: { const e = reads[b >>> 12]!; if ((b & 3) < (e & 1)) { r[w + a | 0] = words[b + e >> 2]!; continue; } break; }
        case /* LDG64 */ 36: { const e = reads[b >>> 12]!; if ((b & 7) < (e & 1)) { const q = b + e >> 2; r[w + a | 0] = words[q]!; r[w + a + 1 | 0] = words[q + 1 | 0]!; continue; } break; }
        case /* STG8 */ 37: { const e = writes[b >>> 12]!; if (e !== 0) { bytes[b + e - 1 | 0] = r[w + a | 0]!; continue; } break; }
        case /* STG16 */ 38: { const e = writes[b >>> 12]!; if ((b & 1) < (e & 1)) { halves[b + e >> 1] = r[w + a | 0]!; continue; } break; }
        case /* STG32 */ 39: { const e = writes[b >>> 12]!; if ((b & 3) < (e & 1)) { words[b + e >> 2] = r[w + a | 0]!; continue; } break; }
        case /* STG64 */ 40: { const e = writes[b >>> 12]!; if ((b & 7) < (e & 1)) { const q = b + e >> 2; words[q] = r[w + a | 0]!; words[q + 1 | 0] = r[w + a + 1 | 0]!; continue; } break; }
        case /* INCG32 */ 41: { const e = writes[a >>> 12]!; if ((a & 3) < (e & 1)) { const q = a + e >> 2; words[q] = words[q]! + b; continue; } break; }

        case /* LD8S */ 42: { const p = r[w + b | 0]! + c | 0; const e = reads[p >>> 12]!; if (e !== 0 && r[w + b + 1 | 0] === 0) { r[w + a | 0] = bytes[p + e - 1 | 0]! << 24 >> 24; continue; } break; }
        case /* LD8U */ 43: { const p = r[w + b | 0]! + c | 0; const e = reads[p >>> 12]!; if (e !== 0 && r[w + b + 1 | 0] === 0) { r[w + a | 0] = bytes[p + e - 1 | 0]!; continue; } break; }
        case /* LD16S */ 44: { const p = r[w + b | 0]! + c | 0; const e = reads[p >>> 12]!; if ((p & 1) < (e & 1) && r[w + b + 1 | 0] === 0) { r[w + a | 0] = halves[p + e >> 1]! << 16 >> 16; continue; } break; }
        case /* LD16U */ 45: { const p = r[w + b | 0]! + c | 0; const e = reads[p >>> 12]!; if ((p & 1) < (e & 1) && r[w + b + 1 | 0] === 0) { r[w + a | 0] = halves[p + e >> 1]!; continue; } break; }
        case /* LD32 */ 46: { const p = r[w + b | 0]! + c | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1) && r[w + b + 1 | 0] === 0) { r[w + a | 0] = words[p + e >> 2]!; continue; } break; }
        case /* LD64 */ 47: { const p = r[w + b | 0]! + c | 0; const e = reads[p >>> 12]!; if ((p & 7) < (e & 1) && r[w + b + 1 | 0] === 0) { const q = p + e >> 2; r[w + a | 0] = words[q]!; r[w + a + 1 | 0] = words[q + 1 | 0]!; continue; } break; }
        case /* ST8 */ 48: { const p = r[w + b | 0]! + c | 0; const e = writes[p >>> 12]!; if (e !== 0 && r[w + b + 1 | 0] === 0) { bytes[p + e - 1 | 0] = r[w + a | 0]!; continue; } break; }
        case /* ST16 */ 49: { const p = r[w + b | 0]! + c | 0; const e = writes[p >>> 12]!; if ((p & 1) < (e & 1) && r[w + b + 1 | 0] === 0) { halves[p + e >> 1] = r[w + a | 0]!; continue; } break; }
        case /* ST32 */ 50: { const p = r[w + b | 0]! + c | 0; const e = writes[p >>> 12]!; if ((p & 3) < (e & 1) && r[w + b + 1 | 0] === 0) { words[p + e >> 2] = r[w + a | 0]!; continue; } break; }
        case /* ST64 */ 51: { const p = r[w + b | 0]! + c | 0; const e = writes[p >>> 12]!; if ((p & 7) < (e & 1) && r[w + b + 1 | 0] === 0) { const q = p + e >> 2; words[q] = r[w + a | 0]!; words[q + 1 | 0] = r[w + a + 1 | 0]!; continue; } break; }

        case /* LDX8S */ 52: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + k | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = reads[p >>> 12]!; if (e !== 0) { r[w + a | 0] = bytes[p + e - 1 | 0]! << 24 >> 24; continue; } } break; }
        case /* LDX8U */ 53: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + k | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = reads[p >>> 12]!; if (e !== 0) { r[w + a | 0] = bytes[p + e - 1 | 0]!; continue; } } break; }
        case /* LDX16S */ 54: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 1) | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = reads[p >>> 12]!; if ((p & 1) < (e & 1)) { r[w + a | 0] = halves[p + e >> 1]! << 16 >> 16; continue; } } break; }
        case /* LDX16U */ 55: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 1) | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = reads[p >>> 12]!; if ((p & 1) < (e & 1)) { r[w + a | 0] = halves[p + e >> 1]!; continue; } } break; }
        case /* LDX32 */ 56: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 2) | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { r[w + a | 0] = words[p + e >> 2]!; continue; } } break; }
        case /* LDX64 */ 57: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 3) | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = reads[p >>> 12]!; if ((p & 7) < (e & 1)) { const q = p + e >> 2; r[w + a | 0] = words[q]!; r[w + a + 1 | 0] = words[q + 1 | 0]!; continue; } } break; }
        case /* STX8 */ 58: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + k | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = writes[p >>> 12]!; if (e !== 0) { bytes[p + e - 1 | 0] = r[w + a | 0]!; continue; } } break; }
        case /* STX16 */ 59: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 1) | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = writes[p >>> 12]!; if ((p & 1) < (e & 1)) { halves[p + e >> 1] = r[w + a | 0]!; continue; } } break; }
        case /* STX32 */ 60: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 2) | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = writes[p >>> 12]!; if ((p & 3) < (e & 1)) { words[p + e >> 2] = r[w + a | 0]!; continue; } } break; }
        case /* STX64 */ 61: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 3) | 0; if (k >>> 26 === 0 && p >>> 0 >= x >>> 0 && r[w + b + 1 | 0] === 0) { const e = writes[p >>> 12]!; if ((p & 7) < (e & 1)) { const q = p + e >> 2; words[q] = r[w + a | 0]!; words[q + 1 | 0] = r[w + a + 1 | 0]!; continue; } } break; }

        case /* PADD1 */ 62: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + k | 0; r[w + a + 1 | 0] = r[w + b + 1 | 0]! + (k >> 31) + (p >>> 0 < x >>> 0 ? 1 : 0); r[w + a | 0] = p; continue; }
        case /* PADD2 */ 63: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 1) | 0; r[w + a + 1 | 0] = r[w + b + 1 | 0]! + (k >> 31) + (p >>> 0 < x >>> 0 ? 1 : 0); r[w + a | 0] = p; continue; }
        case /* PADD4 */ 64: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 2) | 0; r[w + a + 1 | 0] = r[w + b + 1 | 0]! + (k >> 30) + (p >>> 0 < x >>> 0 ? 1 : 0); r[w + a | 0] = p; continue; }
        case /* PADD8 */ 65: { const x = r[w + b | 0]!; const k = r[w + c | 0]!; const p = x + (k << 3) | 0; r[w + a + 1 | 0] = r[w + b + 1 | 0]! + (k >> 29) + (p >>> 0 < x >>> 0 ? 1 : 0); r[w + a | 0] = p; continue; }
        case /* SXMUL */ 66: { const x = r[w + b | 0]! * c; if (x >= -2147483648 && x <= 2147483647) { r[w + a | 0] = x; r[w + a + 1 | 0] = (x | 0) >> 31; continue; } break; }

        case /* ADD32 */ 67: r[w + a | 0] = r[w + b | 0]! + r[w + c | 0]!; continue;
        case /* SUB32 */ 68: r[w + a | 0] = r[w + b | 0]! - r[w + c | 0]!; continue;
        case /* MUL32 */ 69: r[w + a | 0] = Math.imul(r[w + b | 0]!, r[w + c | 0]!); continue;
        case /* AND32 */ 70: r[w + a | 0] = r[w + b | 0]! & r[w + c | 0]!; continue;
        case /* OR32 */ 71: r[w + a | 0] = r[w + b | 0]! | r[w + c | 0]!; continue;
        case /* XOR32 */ 72: r[w + a | 0] = r[w + b | 0]! ^ r[w + c | 0]!; continue;
        case /* SHL32 */ 73: r[w + a | 0] = r[w + b | 0]! << r[w + c | 0]!; continue;
        case /* SHR32 */ 74: r[w + a | 0] = r[w + b | 0]! >> r[w + c | 0]!; continue;
        case /* USHR32 */ 75: r[w + a | 0] = r[w + b | 0]! >>> r[w + c | 0]!; continue;
        case /* ADDI32 */ 76: r[w + a | 0] = r[w + b | 0]! + c; continue;
        case /* MULI32 */ 77: r[w + a | 0] = Math.imul(r[w + b | 0]!, c); continue;
        case /* ANDI32 */ 78: r[w + a | 0] = r[w + b | 0]! & c; continue;
        case /* SHLI32 */ 79: r[w + a | 0] = r[w + b | 0]! << c; continue;
        case /* SHRI32 */ 80: r[w + a | 0] = r[w + b | 0]! >> c; continue;
        case /* USHRI32 */ 81: r[w + a | 0] = r[w + b | 0]! >>> c; continue;
        case /* ADDL32 */ 82: { const p = base + c | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { r[w + a | 0] = r[w + b | 0]! + words[p + e >> 2]!; continue; } break; }
        case /* SUBL32 */ 83: { const p = base + c | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { r[w + a | 0] = r[w + b | 0]! - words[p + e >> 2]!; continue; } break; }
        case /* MULL32 */ 84: { const p = base + c | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { r[w + a | 0] = Math.imul(r[w + b | 0]!, words[p + e >> 2]!); continue; } break; }
        case /* DIV32 */ 85: { const x = r[w + b | 0]!; const y = r[w + c | 0]!; if (y > 0) { r[w + a | 0] = x / y | 0; continue; } break; }
        case /* REM32 */ 86: { const x = r[w + b | 0]!; const y = r[w + c | 0]!; if (y > 0) { r[w + a | 0] = x % y | 0; continue; } break; }
        case /* UDIV32 */ 87: { const y = r[w + c | 0]! >>> 0; if (y > 0) { r[w + a | 0] = (r[w + b | 0]! >>> 0) / y >>> 0; continue; } break; }
        case /* UREM32 */ 88: { const y = r[w + c | 0]! >>> 0; if (y > 0) { r[w + a | 0] = (r[w + b | 0]! >>> 0) % y >>> 0; continue; } break; }
        case /* NEG32 */ 89: r[w + a | 0] = -r[w + b | 0]! | 0; continue;
        case /* NOT32 */ 90: r[w + a | 0] = ~r[w + b | 0]!; continue;
        case /* EQ32 */ 91: r[w + a | 0] = r[w + b | 0]! === r[w + c | 0]! ? 1 : 0; continue;
        case /* NE32 */ 92: r[w + a | 0] = r[w + b | 0]! !== r[w + c | 0]! ? 1 : 0; continue;
        case /* LT32 */ 93: r[w + a | 0] = r[w + b | 0]! < r[w + c | 0]! ? 1 : 0; continue;
        case /* LE32 */ 94: r[w + a | 0] = r[w + b | 0]! <= r[w + c | 0]! ? 1 : 0; continue;
        case /* ULT32 */ 95: r[w + a | 0] = r[w + b | 0]! >>> 0 < r[w + c | 0]! >>> 0 ? 1 : 0; continue;
        case /* ULE32 */ 96: r[w + a | 0] = r[w + b | 0]! >>> 0 <= r[w + c | 0]! >>> 0 ? 1 : 0; continue;
        case /* BOOL32 */ 97: r[w + a | 0] = r[w + b | 0]! !== 0 ? 1 : 0; continue;
        case /* ZERO32 */ 98: r[w + a | 0] = r[w + b | 0]! === 0 ? 1 : 0; continue;

        case /* ADD64 */ 99: { const x = r[w + b | 0]!; const lo = x + r[w + c | 0]! | 0; r[w + a + 1 | 0] = r[w + b + 1 | 0]! + r[w + c + 1 | 0]! + (lo >>> 0 < x >>> 0 ? 1 : 0); r[w + a | 0] = lo; continue; }
        case /* SUB64 */ 100: { const x = r[w + b | 0]!; const y = r[w + c | 0]!; r[w + a + 1 | 0] = r[w + b + 1 | 0]! - r[w + c + 1 | 0]! - (x >>> 0 < y >>> 0 ? 1 : 0); r[w + a | 0] = x - y; continue; }
        case /* MUL64 */ 101: {
          const x = r[w + b | 0]!;
          const y = r[w + c | 0]!;
          const x0 = x & 0xffff;
          const x1 = x >>> 16;
          const y0 = y & 0xffff;
          const y1 = y >>> 16;
          const low = Math.imul(x0, y0);
          const middle = (Math.imul(x1, y0) >>> 0) + (low >>> 16);
          const cross = (Math.imul(x0, y1) >>> 0) + (middle & 0xffff);
          r[w + a + 1 | 0] = Math.imul(r[w + b + 1 | 0]!, y) + Math.imul(x, r[w + c + 1 | 0]!) + Math.imul(x1, y1) + (middle >>> 16) + (cross >>> 16);
          r[w + a | 0] = cross << 16 | low & 0xffff;
          continue;
        }
        case /* AND64 */ 102: r[w + a | 0] = r[w + b | 0]! & r[w + c | 0]!; r[w + a + 1 | 0] = r[w + b + 1 | 0]! & r[w + c + 1 | 0]!; continue;
        case /* OR64 */ 103: r[w + a | 0] = r[w + b | 0]! | r[w + c | 0]!; r[w + a + 1 | 0] = r[w + b + 1 | 0]! | r[w + c + 1 | 0]!; continue;
        case /* XOR64 */ 104: r[w + a | 0] = r[w + b | 0]! ^ r[w + c | 0]!; r[w + a + 1 | 0] = r[w + b + 1 | 0]! ^ r[w + c + 1 | 0]!; continue;
        case /* SHL64 */ 105: {
          const n = r[w + c | 0]! & 63;
          const lo = r[w + b | 0]!;
          if (n >= 32) { r[w + a + 1 | 0] = lo << n; r[w + a | 0] = 0; } else if (n > 0) { r[w + a + 1 | 0] = r[w + b + 1 | 0]! << n | lo >>> 32 - n; r[w + a | 0] = lo << n; } else { r[w + a + 1 | 0] = r[w + b + 1 | 0]!; r[w + a | 0] = lo; }
          continue;
        }
        case /* SHR64 */ 106: {
          const n = r[w + c | 0]! & 63;
          const hi = r[w + b + 1 | 0]!;
          if (n >= 32) { r[w + a | 0] = hi >> n; r[w + a + 1 | 0] = hi >> 31; } else if (n > 0) { r[w + a | 0] = r[w + b | 0]! >>> n | hi << 32 - n; r[w + a + 1 | 0] = hi >> n; } else { r[w + a | 0] = r[w + b | 0]!; r[w + a + 1 | 0] = hi; }
          continue;
        }
        case /* USHR64 */ 107: {
          const n = r[w + c | 0]! & 63;
          const hi = r[w + b + 1 | 0]!;
          if (n >= 32) { r[w + a | 0] = hi >>> n; r[w + a + 1 | 0] = 0; } else if (n > 0) { r[w + a | 0] = r[w + b | 0]! >>> n | hi << 32 - n; r[w + a + 1 | 0] = hi >>> n; } else { r[w + a | 0] = r[w + b | 0]!; r[w + a + 1 | 0] = hi; }
          continue;
        }
        case /* ADDI64 */ 108: { const x = r[w + b | 0]!; const lo = x + c | 0; r[w + a + 1 | 0] = r[w + b + 1 | 0]! + (c >> 31) + (lo >>> 0 < x >>> 0 ? 1 : 0); r[w + a | 0] = lo; continue; }
        case /* UDIV64 */ 109: { const y = r[w + c | 0]! >>> 0; if ((r[w + b + 1 | 0]! | r[w + c + 1 | 0]!) === 0 && y > 0) { r[w + a | 0] = (r[w + b | 0]! >>> 0) / y >>> 0; r[w + a + 1 | 0] = 0; continue; } break; }
        case /* UREM64 */ 110: { const y = r[w + c | 0]! >>> 0; if ((r[w + b + 1 | 0]! | r[w + c + 1 | 0]!) === 0 && y > 0) { r[w + a | 0] = (r[w + b | 0]! >>> 0) % y >>> 0; r[w + a + 1 | 0] = 0; continue; } break; }
        case /* NEG64 */ 111: { const x = r[w + b | 0]!; r[w + a + 1 | 0] = ~r[w + b + 1 | 0]! + (x === 0 ? 1 : 0); r[w + a | 0] = -x | 0; continue; }
        case /* NOT64 */ 112: r[w + a | 0] = ~r[w + b | 0]!; r[w + a + 1 | 0] = ~r[w + b + 1 | 0]!; continue;
        case /* EQ64 */ 113: r[w + a | 0] = r[w + b | 0]! === r[w + c | 0]! && r[w + b + 1 | 0]! === r[w + c + 1 | 0]! ? 1 : 0; continue;
        case /* NE64 */ 114: r[w + a | 0] = r[w + b | 0]! !== r[w + c | 0]! || r[w + b + 1 | 0]! !== r[w + c + 1 | 0]! ? 1 : 0; continue;
        case /* LT64 */ 115: { const x = r[w + b + 1 | 0]!; const y = r[w + c + 1 | 0]!; r[w + a | 0] = (x === y ? r[w + b | 0]! >>> 0 < r[w + c | 0]! >>> 0 : x < y) ? 1 : 0; continue; }
        case /* LE64 */ 116: { const x = r[w + b + 1 | 0]!; const y = r[w + c + 1 | 0]!; r[w + a | 0] = (x === y ? r[w + b | 0]! >>> 0 <= r[w + c | 0]! >>> 0 : x < y) ? 1 : 0; continue; }
        case /* ULT64 */ 117: { const x = r[w + b + 1 | 0]!; const y = r[w + c + 1 | 0]!; r[w + a | 0] = (x === y ? r[w + b | 0]! >>> 0 < r[w + c | 0]! >>> 0 : x >>> 0 < y >>> 0) ? 1 : 0; continue; }
        case /* ULE64 */ 118: { const x = r[w + b + 1 | 0]!; const y = r[w + c + 1 | 0]!; r[w + a | 0] = (x === y ? r[w + b | 0]! >>> 0 <= r[w + c | 0]! >>> 0 : x >>> 0 < y >>> 0) ? 1 : 0; continue; }
        case /* BOOL64 */ 119: r[w + a | 0] = (r[w + b | 0]! | r[w + b + 1 | 0]!) !== 0 ? 1 : 0; continue;
        case /* ZERO64 */ 120: r[w + a | 0] = (r[w + b | 0]! | r[w + b + 1 | 0]!) === 0 ? 1 : 0; continue;

        case /* ADDF */ 121: { const x = doubles[w + b >> 1]! + doubles[w + c >> 1]!; if (x === x) { doubles[w + a >> 1] = x; continue; } break; }
        case /* SUBF */ 122: { const x = doubles[w + b >> 1]! - doubles[w + c >> 1]!; if (x === x) { doubles[w + a >> 1] = x; continue; } break; }
        case /* MULF */ 123: { const x = doubles[w + b >> 1]! * doubles[w + c >> 1]!; if (x === x) { doubles[w + a >> 1] = x; continue; } break; }
        case /* DIVF */ 124: { const x = doubles[w + b >> 1]! / doubles[w + c >> 1]!; if (x === x) { doubles[w + a >> 1] = x; continue; } break; }
        case /* NEGF */ 125: r[w + a | 0] = r[w + b | 0]!; r[w + a + 1 | 0] = r[w + b + 1 | 0]! ^ -2147483648; continue;
        case /* EQF */ 126: r[w + a | 0] = doubles[w + b >> 1]! === doubles[w + c >> 1]! ? 1 : 0; continue;
        case /* NEF */ 127: r[w + a | 0] = doubles[w + b >> 1]! !== doubles[w + c >> 1]! ? 1 : 0; continue;
        case /* LTF */ 128: r[w + a | 0] = doubles[w + b >> 1]! < doubles[w + c >> 1]! ? 1 : 0; continue;
        case /* LEF */ 129: r[w + a | 0] = doubles[w + b >> 1]! <= doubles[w + c >> 1]! ? 1 : 0; continue;
        case /* ADDS */ 130: { const x = floats[w + b | 0]! + floats[w + c | 0]!; if (x === x) { floats[w + a | 0] = x; continue; } break; }
        case /* SUBS */ 131: { const x = floats[w + b | 0]! - floats[w + c | 0]!; if (x === x) { floats[w + a | 0] = x; continue; } break; }
        case /* MULS */ 132: { const x = floats[w + b | 0]! * floats[w + c | 0]!; if (x === x) { floats[w + a | 0] = x; continue; } break; }
        case /* DIVS */ 133: { const x = floats[w + b | 0]! / floats[w + c | 0]!; if (x === x) { floats[w + a | 0] = x; continue; } break; }
        case /* NEGS */ 134: r[w + a | 0] = r[w + b | 0]! ^ -2147483648; continue;
        case /* I2F */ 135: doubles[w + a >> 1] = r[w + b | 0]!; continue;
        case /* F2I */ 136: { const x = doubles[w + b >> 1]!; if (x > -2147483649 && x < 2147483648) { r[w + a | 0] = x | 0; continue; } break; }
        case /* S2F */ 137: { const x = floats[w + b | 0]!; if (x === x) { doubles[w + a >> 1] = x; continue; } break; }
        case /* F2S */ 138: { const x = doubles[w + b >> 1]!; if (x === x) { floats[w + a | 0] = x; continue; } break; }

        case /* JMP */ 139: pc = pc + a | 0; continue;
        case /* BZ32 */ 140: if (r[w + a | 0] === 0) pc = pc + b | 0; continue;
        case /* BNZ32 */ 141: if (r[w + a | 0] !== 0) pc = pc + b | 0; continue;
        case /* BZ64 */ 142: if ((r[w + a | 0]! | r[w + a + 1 | 0]!) === 0) pc = pc + b | 0; continue;
        case /* BNZ64 */ 143: if ((r[w + a | 0]! | r[w + a + 1 | 0]!) !== 0) pc = pc + b | 0; continue;
        case /* BEQ32 */ 144: if (r[w + a | 0]! === r[w + b | 0]!) pc = pc + c | 0; continue;
        case /* BNE32 */ 145: if (r[w + a | 0]! !== r[w + b | 0]!) pc = pc + c | 0; continue;
        case /* BLT32 */ 146: if (r[w + a | 0]! < r[w + b | 0]!) pc = pc + c | 0; continue;
        case /* BLE32 */ 147: if (r[w + a | 0]! <= r[w + b | 0]!) pc = pc + c | 0; continue;
        case /* BULT32 */ 148: if (r[w + a | 0]! >>> 0 < r[w + b | 0]! >>> 0) pc = pc + c | 0; continue;
        case /* BULE32 */ 149: if (r[w + a | 0]! >>> 0 <= r[w + b | 0]! >>> 0) pc = pc + c | 0; continue;
        case /* BEQI32 */ 150: if (r[w + a | 0] === b) pc = pc + c | 0; continue;
        case /* BNEI32 */ 151: if (r[w + a | 0] !== b) pc = pc + c | 0; continue;
        case /* BLTI32 */ 152: if (r[w + a | 0]! < b) pc = pc + c | 0; continue;
        case /* BLEI32 */ 153: if (r[w + a | 0]! <= b) pc = pc + c | 0; continue;
        case /* BGTI32 */ 154: if (r[w + a | 0]! > b) pc = pc + c | 0; continue;
        case /* BGEI32 */ 155: if (r[w + a | 0]! >= b) pc = pc + c | 0; continue;
        case /* BEQL32 */ 156: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { if (r[w + a | 0]! === words[p + e >> 2]!) pc = pc + c | 0; continue; } break; }
        case /* BNEL32 */ 157: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { if (r[w + a | 0]! !== words[p + e >> 2]!) pc = pc + c | 0; continue; } break; }
        case /* BLTL32 */ 158: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { if (r[w + a | 0]! < words[p + e >> 2]!) pc = pc + c | 0; continue; } break; }
        case /* BLEL32 */ 159: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { if (r[w + a | 0]! <= words[p + e >> 2]!) pc = pc + c | 0; continue; } break; }
        case /* BGTL32 */ 160: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { if (r[w + a | 0]! > words[p + e >> 2]!) pc = pc + c | 0; continue; } break; }
        case /* BGEL32 */ 161: { const p = base + b | 0; const e = reads[p >>> 12]!; if ((p & 3) < (e & 1)) { if (r[w + a | 0]! >= words[p + e >> 2]!) pc = pc + c | 0; continue; } break; }
        case /* BEQ64 */ 162: if (r[w + a | 0]! === r[w + b | 0]! && r[w + a + 1 | 0]! === r[w + b + 1 | 0]!) pc = pc + c | 0; continue;
        case /* BNE64 */ 163: if (r[w + a | 0]! !== r[w + b | 0]! || r[w + a + 1 | 0]! !== r[w + b + 1 | 0]!) pc = pc + c | 0; continue;
        case /* BLT64 */ 164: { const x = r[w + a + 1 | 0]!; const y = r[w + b + 1 | 0]!; if (x === y ? r[w + a | 0]! >>> 0 < r[w + b | 0]! >>> 0 : x < y) pc = pc + c | 0; continue; }
        case /* BLE64 */ 165: { const x = r[w + a + 1 | 0]!; const y = r[w + b + 1 | 0]!; if (x === y ? r[w + a | 0]! >>> 0 <= r[w + b | 0]! >>> 0 : x < y) pc = pc + c | 0; continue; }
        case /* BULT64 */ 166: { const x = r[w + a + 1 | 0]!; const y = r[w + b + 1 | 0]!; if (x === y ? r[w + a | 0]! >>> 0 < r[w + b | 0]! >>> 0 : x >>> 0 < y >>> 0) pc = pc + c | 0; continue; }
        case /* BULE64 */ 167: { const x = r[w + a + 1 | 0]!; const y = r[w + b + 1 | 0]!; if (x === y ? r[w + a | 0]! >>> 0 <= r[w + b | 0]! >>> 0 : x >>> 0 < y >>> 0) pc = pc + c | 0; continue; }
        case /* SWITCH */ 168: { const k = r[w + a | 0]! - b >>> 0; pc = pc + code[k < c ? pc + 1 + k | 0 : pc]! | 0; continue; }

        case /* ARG32 */ 169: { const p = sp + a | 0; const e = writes[p >>> 12]!; if ((p & 7) < (e & 1)) { const q = p + e >> 2; words[q] = r[w + b | 0]!; words[q + 1 | 0] = 0; continue; } break; }
        case /* ARG64 */ 170: { const p = sp + a | 0; const e = writes[p >>> 12]!; if ((p & 7) < (e & 1)) { const q = p + e >> 2; words[q] = r[w + b | 0]!; words[q + 1 | 0] = r[w + b + 1 | 0]!; continue; } break; }
        case /* ARGL32 */ 171: {
          const p = sp + a | 0;
          const e = writes[p >>> 12]!;
          const from = base + b | 0;
          const f = reads[from >>> 12]!;
          if ((p & 7) < (e & 1) && (from & 3) < (f & 1)) { const q = p + e >> 2; words[q] = words[from + f >> 2]!; words[q + 1 | 0] = 0; continue; }
          break;
        }
        case /* ARGL64 */ 172: {
          const p = sp + a | 0;
          const e = writes[p >>> 12]!;
          const from = base + b | 0;
          const f = reads[from >>> 12]!;
          if ((p & 7) < (e & 1) && (from & 7) < (f & 1)) { const q = p + e >> 2; const s = from + f >> 2; words[q] = words[s]!; words[q + 1 | 0] = words[s + 1 | 0]!; continue; }
          break;
        }
        case /* ARGI */ 173: { const p = sp + a | 0; const e = writes[p >>> 12]!; if ((p & 7) < (e & 1)) { const q = p + e >> 2; words[q] = b; words[q + 1 | 0] = c; continue; } break; }
        case /* CALL */ 174: { r[top] = pc; r[top + 1 | 0] = w; r[top + 2 | 0] = base; r[top + 3 | 0] = sp; w = top; base = sp - c | 0; pc = b; continue; }
        case /* CALLR */ 175: {
          const word = (r[w + b | 0]! - TEXT_BASE) >> 2;
          if (r[w + b + 1 | 0] === 0 && (r[w + b | 0]! & 15) === 0 && word > 0 && word < code.length && code[word] === /* ENTER */ 176) {
            r[top] = pc;
            r[top + 1 | 0] = w;
            r[top + 2 | 0] = base;
            r[top + 3 | 0] = sp;
            w = top;
            base = sp - c | 0;
            pc = word;
            continue;
          }
          break;
        }
        case /* ENTER */ 176: { fuel = fuel - c | 0; top = w + a | 0; if (top < limit) { sp = base - b | 0; continue; } break; }
        case /* RET */ 177: { top = w; pc = r[w]!; base = r[w + 2 | 0]!; sp = r[w + 3 | 0]!; w = r[w + 1 | 0]!; continue; }
        case /* RET32 */ 178: { const x = r[w + a | 0]!; top = w; pc = r[w]!; base = r[w + 2 | 0]!; sp = r[w + 3 | 0]!; w = r[w + 1 | 0]!; r[w + code[pc - 3 | 0]! | 0] = x; continue; }
        case /* RET64 */ 179: { const x = r[w + a | 0]!; const y = r[w + a + 1 | 0]!; top = w; pc = r[w]!; base = r[w + 2 | 0]!; sp = r[w + 3 | 0]!; w = r[w + 1 | 0]!; const d = w + code[pc - 3 | 0]! | 0; r[d] = x; r[d + 1 | 0] = y; continue; }
        case /* COPY */ 180: {
          const p = r[w + a | 0]!;
          const q = r[w + b | 0]!;
          const e = writes[p >>> 12]!;
          const f = reads[q >>> 12]!;
          if (((p | q | c) & 3) < (e & f & 1) && (r[w + a + 1 | 0]! | r[w + b + 1 | 0]!) === 0 && (p & 4095) + c <= 4096 && (q & 4095) + c <= 4096) {
            let to = p + e >> 2;
            let from = q + f >> 2;
            for (const end = to + (c >> 2) | 0; to < end; to = to + 1 | 0, from = from + 1 | 0) words[to] = words[from]!;
            continue;
          }
          break;
        }
        case /* GETSP */ 181: r[w + a | 0] = sp + b | 0; r[w + a + 1 | 0] = 0; continue;
        default: break;
      }
      break;
    }
    t.pc = pc;
    t.window = w;
    t.top = top;
    t.base = base;
    t.sp = sp;
    t.left = left;
    t.fuel = fuel;
    const at = pc - 4;
    const stop = slow(t, space, code[at]!, code[at + 1]!, code[at + 2]!, code[at + 3]!);
    if (stop !== null) return stop;
  }
}
