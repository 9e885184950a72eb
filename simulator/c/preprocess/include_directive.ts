import { readable } from '../bytes.ts';
import { closest } from '../closest.ts';
import type { OpenFile, Preprocessing } from './directive.ts';
import { findHeader } from './include.ts';
import { enterFile } from './preprocess.ts';
import { spell, type Token } from './token.ts';

const MAX_DEPTH = 200;

/** `#include`: goes on in that file. A header that is nowhere ends the compilation, as with gcc. */
export function includeFile(p: Preprocessing, open: OpenFile, directive: Token, rest: readonly Token[]): void {
  const [first] = rest;
  if (directive.text === 'include_next') { p.say('unsupported', directive, '#include_next is not supported'); return; }
  const tokens = first?.kind === 'header' || first?.kind === 'string' ? rest : p.expander.expand(rest);
  const name = headerName(tokens);
  if (name === null) {
    p.say('error', first ?? directive, '#include expects "FILENAME" or <FILENAME>');
    return;
  }
  if (name.length <= 2) { p.say('error', first ?? directive, 'empty filename in #include'); return; }
  const path = readable(name.slice(1, -1));
  const found = findHeader(path, name.startsWith('"'), open.path, p.files, p.system);
  if (!found) {
    p.say('error', first ?? directive, `${path}: No such file or directory`, headerHint(path, p));
    p.stopped = true;
    return;
  }
  if (p.once.has(found.path) || found.lexed.guard !== null && p.guarded.has(found.path) && p.macros.has(found.lexed.guard)) return;
  if (p.stack.length > MAX_DEPTH) {
    p.say('error', first ?? directive, `#include nested depth ${MAX_DEPTH + 1} exceeds maximum of ${MAX_DEPTH}`, 'a file includes itself; it needs an include guard');
    p.stopped = true;
    return;
  }
  enterFile(p, found.lexed, found.system);
}

/** `"x.h"` or `<x.h>`, quotes included. */
function headerName(tokens: readonly Token[]): string | null {
  const [first] = tokens;
  if (first?.kind === 'header' || first?.kind === 'string' && first.text.startsWith('"')) return first.text;
  const text = spell(tokens);
  return first?.is('<') === true && /^<[^>]+>/.test(text) ? /^<[^>]+>/.exec(text)?.[0] ?? null : null;
}

const KNOWN = ['stdio.h', 'stdlib.h', 'string.h', 'unistd.h', 'errno.h', 'fcntl.h', 'sched.h', 'signal.h', 'stdint.h', 'stdarg.h', 'stdbool.h', 'stddef.h', 'limits.h', 'time.h', 'ctype.h', 'math.h', 'assert.h',
  'getopt.h', 'dirent.h', 'poll.h', 'pthread.h', 'pwd.h', 'grp.h', 'err.h', 'wait.h', 'sys/types.h', 'sys/wait.h', 'sys/mount.h', 'sys/stat.h', 'sys/mman.h', 'sys/syscall.h', 'sys/utsname.h', 'sys/prctl.h',
  'sys/socket.h', 'sys/ioctl.h', 'sys/time.h', 'sys/resource.h', 'sys/capability.h', 'linux/sched.h', 'linux/capability.h', 'inttypes.h', 'libgen.h', 'locale.h', 'setjmp.h', 'semaphore.h', 'mqueue.h'];

function headerHint(path: string, p: Preprocessing): string | undefined {
  if (findHeader(path, false, '', p.files, p.system)) return `did you mean #include <${path}>?`;
  const near = closest(path, KNOWN);
  return near === null ? undefined : `did you mean <${near}>?`;
}
