import type { Native } from '../../machine/native.ts';
import { compare, copy, index_of, PAGE } from './pages.ts';

/** `mem…` of string.h (src/string/memory.c). */
export const MEMORY: readonly Native[] = [
  {
    name: 'memcpy', returns: 'address',
    call: (memory, args) => {
      copy(memory, args.size(0), args.size(1), args.size(2));
      return args.size(0);
    },
  },
  {
    name: 'mempcpy', returns: 'address',
    call: (memory, args) => {
      copy(memory, args.size(0), args.size(1), args.size(2));
      return args.size(0) + args.size(2);
    },
  },
  {
    name: 'memmove', returns: 'address',
    call: (memory, args) => {
      copy(memory, args.size(0), args.size(1), args.size(2));
      return args.size(0);
    },
  },
  {
    name: 'memset', returns: 'address',
    call: (memory, args) => {
      const to = args.size(0);
      const length = args.size(2);
      for (let done = 0; done < length;) {
        const page = memory.view(to + done, Math.min(PAGE, length - done), true);
        page.fill(args.u32(1) & 0xff);
        done += page.length;
      }
      return to;
    },
  },
  { name: 'memcmp', returns: 'i32', call: (memory, args) => compare(memory, args.size(0), args.size(1), args.size(2), false, null) },
  {
    name: 'memchr', returns: 'address',
    call: (memory, args) => {
      const at = index_of(memory, args.size(0), args.u32(1) & 0xff, args.size(2));
      return at < 0 ? 0 : args.size(0) + at;
    },
  },
  {
    name: 'memrchr', returns: 'address',
    call: (memory, args) => {
      const from = args.size(0);
      const c = args.u32(1) & 0xff;
      // from the end, so that nothing before the byte is touched
      for (let end = from + args.size(2); end > from;) {
        const start = Math.max(from, Math.floor((end - 1) / PAGE) * PAGE);
        const at = memory.view(start, end - start, false).lastIndexOf(c);
        if (at >= 0) return start + at;
        end = start;
      }
      return 0;
    },
  },
];
