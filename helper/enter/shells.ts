import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';
import { insideRoot } from './insideRoot.ts';

/** What people like to type in, best first; those that are in no list of /etc/shells are found as well. */
const KNOWN = ['/bin/bash', '/usr/bin/bash', '/bin/zsh', '/usr/bin/zsh', '/usr/bin/fish', '/bin/ash', '/bin/dash', '/bin/sh', '/usr/bin/sh', '/bin/busybox', '/busybox/sh'];
/** What stands in /etc/passwd for those who are not to log in. */
const NO_LOGIN = /(?:nologin|false|sync|halt|shutdown)$/;
const LONGEST = 1_000_000;

/** Shells below a root directory, the user's own first; why none could be looked for. `root` '' is ours. */
export function findShells(root: string, uid: number | null): { readonly shells: string[] } | Errno {
  try {
    // an unreadable root says so here, once, and not with every name
    fs.statSync(`${root}/`);
  } catch (error) {
    return errnoOf(error);
  }
  const own = loginShell(root, uid);
  const wanted = own !== null && !NO_LOGIN.test(own) ? [own, ...KNOWN] : KNOWN;
  const found = new Map<string, string>();
  for (const shell of wanted) {
    const resolved = insideRoot(root, shell);
    if (found.has(shell) || typeof resolved === 'string' || !runs(resolved.at)) continue;
    const { at } = resolved;
    // /bin and /usr/bin are often the same place: the name that comes first is enough
    if (![...found.values()].includes(`${at}\0${name(shell)}`)) found.set(shell, `${at}\0${name(shell)}`);
  }
  return { shells: [...found.keys()] };
}

function name(path: string): string { return path.slice(path.lastIndexOf('/') + 1); }

function runs(path: string): boolean {
  try {
    const stat = fs.statSync(path);
    return stat.isFile() && (stat.mode & 0o111) !== 0;
  } catch {
    return false;
  }
}

/** What /etc/passwd there names for the user; null when it names none. */
function loginShell(root: string, uid: number | null): string | null {
  const resolved = insideRoot(root, '/etc/passwd');
  if (uid === null || typeof resolved === 'string') return null;
  const file = resolved.at;
  try {
    const stat = fs.statSync(file);
    if (!stat.isFile() || stat.size > LONGEST) return null;
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
      const fields = line.split(':');
      if (fields[2] === String(uid) && fields[6]?.startsWith('/')) return fields[6];
    }
  } catch {
    // no such file: no user has a shell of his own there
  }
  return null;
}
