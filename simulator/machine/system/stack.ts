import { encode } from '../../kernel/text.ts';
import { Writer } from '../../kernel/uaccess.ts';
import { PAGE_SIZE } from '../memory.ts';

/** Where a stack ends, and with it what a program finds there when it starts. */
export const STACK_TOP = 0xfffe0000;
/** Pages that a stack has from the start; it grows by itself. */
export const STACK_FIRST = 33 * PAGE_SIZE;

const AT_NULL = 0;
const AT_PAGESZ = 6;
const AT_BASE = 7;
const AT_FLAGS = 8;
const AT_ENTRY = 9;
const AT_UID = 11;
const AT_EUID = 12;
const AT_GID = 13;
const AT_EGID = 14;
const AT_PLATFORM = 15;
const AT_HWCAP = 16;
const AT_CLKTCK = 17;
const AT_SECURE = 23;
const AT_RANDOM = 25;
const AT_EXECFN = 31;

export interface Start {
  readonly argv: readonly string[];
  readonly envp: readonly string[];
  readonly filename: string;
  readonly entry: number;
  /** As the program sees them: uid, euid, gid, egid. */
  readonly ids: readonly [number, number, number, number];
  readonly secure: boolean;
  /** What AT_RANDOM's bytes are made of. */
  readonly seed: number;
}

/**
 * What the kernel leaves on the stack of a program that starts: at the stack pointer argc, argv, 0, envp, 0, the auxiliary vector; above it the texts. The bytes
 * end at STACK_TOP.
 */
export function initialStack({ argv, envp, filename, entry, ids, secure, seed }: Start): { readonly pointer: number; readonly bytes: Uint8Array } {
  let at = STACK_TOP - 8;
  const pieces: { readonly address: number; readonly bytes: Uint8Array }[] = [];
  const push = (bytes: Uint8Array): number => {
    at -= bytes.length;
    pieces.push({ address: at, bytes });
    return at;
  };
  const text = (value: string): number => push(encode(`${value}\0`));
  const texts = (values: readonly string[]): number[] => [...values].reverse().map(text).reverse();
  const execfn = text(filename);
  const environment = texts(envp);
  const args = texts(argv);
  const platform = text('x86_64');
  const random = push(randomBytes(seed));
  const auxv: readonly (readonly [type: number, value: number])[] = [
    [AT_HWCAP, 0x078bfbff], [AT_PAGESZ, PAGE_SIZE], [AT_CLKTCK, 100], [AT_BASE, 0], [AT_FLAGS, 0], [AT_ENTRY, entry], [AT_UID, ids[0]], [AT_EUID, ids[1]],
    [AT_GID, ids[2]], [AT_EGID, ids[3]], [AT_SECURE, secure ? 1 : 0], [AT_RANDOM, random], [AT_EXECFN, execfn], [AT_PLATFORM, platform], [AT_NULL, 0],
  ];
  const words = 1 + args.length + 1 + environment.length + 1 + auxv.length * 2;
  const pointer = Math.floor((at - words * 8) / 16) * 16;
  const table = new Writer().u64(args.length);
  for (const address of [...args, 0, ...environment, 0]) table.u64(address);
  for (const [type, value] of auxv) table.u64(type).u64(value);
  const bytes = new Uint8Array(STACK_TOP - pointer);
  bytes.set(table.done());
  for (const piece of pieces) bytes.set(piece.bytes, piece.address - pointer);
  return { pointer, bytes };
}

/** 16 bytes that are the same in each run. */
function randomBytes(seed: number): Uint8Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Uint8Array.from({ length: 16 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
