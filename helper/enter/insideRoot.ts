import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { MAX_LINKS, parts } from '../files/rootedPath.ts';
import { errnoOf } from '../kernel/errno.ts';

/**
 * Where a path leads for somebody whose root directory is `root` (`/proc/PID/root`): symbolic links, also absolute ones, are followed below it, and `..` stops at
 * it. A path of ours, or why not. Between this look and the use of the answer the file may change; it is for showing, not for trusting.
 */
export function insideRoot(root: string, path: string): { readonly at: string } | Errno {
  let links = 0;
  const done: string[] = [];
  const left = parts(path);
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    if (part === '..') {
      done.pop();
      continue;
    }
    const at = `${root}/${[...done, part].join('/')}`;
    try {
      if (fs.lstatSync(at).isSymbolicLink()) {
        if (++links > MAX_LINKS) return 'ELOOP';
        const to = fs.readlinkSync(at);
        if (to.startsWith('/')) done.length = 0;
        left.unshift(...parts(to));
        continue;
      }
    } catch (error) {
      return errnoOf(error);
    }
    done.push(part);
  }
  return { at: `${root}/${done.join('/')}` };
}
