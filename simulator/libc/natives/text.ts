import type { Native, NativeArguments, NativeMemory } from '../../machine/native.ts';
import { compare, copy_up, index_of, length_at, PAGE, text_at } from './pages.ts';

const LOWER = Uint8Array.from({ length: 256 }, (_, c) => (c >= 0x41 && c <= 0x5a ? c + 32 : c));

/** `strchrnul`: where the character is, or the string's end. */
function find(memory: NativeMemory, address: number, c: number): number {
  for (let at = address; ;) {
    const page = memory.view(at, PAGE, false);
    for (let i = 0; i < page.length; i++) {
      const byte = page[i];
      if (byte === c || byte === 0) return at + i;
    }
    at += page.length;
  }
}

function copy_text(memory: NativeMemory, to: number, from: number): number {
  const length = length_at(memory, from, Infinity);
  copy_up(memory, to, from, length + 1);
  return to + length;
}

/** How many characters at the start are in the set (`wanted`), or are not. */
function span(memory: NativeMemory, text: number, set: number, wanted: boolean): number {
  const has = new Uint8Array(256);
  for (const c of text_at(memory, set)) has[c] = 1;
  const stop = wanted ? 0 : 1;
  for (let length = 0; ;) {
    const page = memory.view(text + length, PAGE, false);
    for (let i = 0; i < page.length; i++) {
      const c = page[i] ?? 0;
      if (c === 0 || has[c] === stop) return length + i;
    }
    length += page.length;
  }
}

function find_text(memory: NativeMemory, text: number, what: number): number {
  const wanted = text_at(memory, what);
  const [first] = wanted;
  if (first === undefined) return text;
  for (let at = find(memory, text, first); memory.u8(at) !== 0; at = find(memory, at + 1, first)) {
    let i = 1;
    while (i < wanted.length && memory.u8(at + i) === wanted[i]) i++;
    if (i === wanted.length) return at;
  }
  return 0;
}

const character = (args: NativeArguments): number => args.u32(1) & 0xff;

/** `str…` of string.h (src/string/). */
export const TEXT: readonly Native[] = [
  { name: 'strlen', returns: 'address', call: (memory, args) => length_at(memory, args.size(0), Infinity) },
  { name: 'strnlen', returns: 'address', call: (memory, args) => length_at(memory, args.size(0), args.size(1)) },
  { name: 'stpcpy', returns: 'address', call: (memory, args) => copy_text(memory, args.size(0), args.size(1)) },
  {
    name: 'strcpy', returns: 'address',
    call: (memory, args) => {
      copy_text(memory, args.size(0), args.size(1));
      return args.size(0);
    },
  },
  {
    name: 'strcat', returns: 'address',
    call: (memory, args) => {
      const to = args.size(0);
      copy_text(memory, to + length_at(memory, to, Infinity), args.size(1));
      return to;
    },
  },
  { name: 'strcmp', returns: 'i32', call: (memory, args) => compare(memory, args.size(0), args.size(1), Infinity, true, null) },
  { name: 'strncmp', returns: 'i32', call: (memory, args) => compare(memory, args.size(0), args.size(1), args.size(2), true, null) },
  { name: 'strcoll', returns: 'i32', call: (memory, args) => compare(memory, args.size(0), args.size(1), Infinity, true, null) },
  { name: 'strcasecmp', returns: 'i32', call: (memory, args) => compare(memory, args.size(0), args.size(1), Infinity, true, LOWER) },
  { name: 'strncasecmp', returns: 'i32', call: (memory, args) => compare(memory, args.size(0), args.size(1), args.size(2), true, LOWER) },
  { name: 'strchrnul', returns: 'address', call: (memory, args) => find(memory, args.size(0), character(args)) },
  {
    name: 'strchr', returns: 'address',
    call: (memory, args) => {
      const c = character(args);
      const at = find(memory, args.size(0), c);
      return memory.u8(at) === c ? at : 0;
    },
  },
  {
    name: 'strrchr', returns: 'address',
    call: (memory, args) => {
      const text = args.size(0);
      const at = text_at(memory, text).lastIndexOf(character(args));
      if (character(args) === 0) return text + index_of(memory, text, 0, Infinity);
      return at < 0 ? 0 : text + at;
    },
  },
  { name: 'strspn', returns: 'address', call: (memory, args) => span(memory, args.size(0), args.size(1), true) },
  { name: 'strcspn', returns: 'address', call: (memory, args) => span(memory, args.size(0), args.size(1), false) },
  {
    name: 'strpbrk', returns: 'address',
    call: (memory, args) => {
      const at = args.size(0) + span(memory, args.size(0), args.size(1), false);
      return memory.u8(at) === 0 ? 0 : at;
    },
  },
  { name: 'strstr', returns: 'address', call: (memory, args) => find_text(memory, args.size(0), args.size(1)) },
];
