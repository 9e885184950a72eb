import fs from 'node:fs';
import path from 'node:path';
import type { Distrust } from '../model/elevation.ts';

const STICKY = 0o1000, GROUP_WRITE = 0o020, OTHER_WRITE = 0o002;

/** What tells who is in a group; separate for tests. `group`: /etc/group, `passwd`: /etc/passwd. */
export interface Accounts { readonly group: string; readonly passwd: string }

/**
 * The first of these files, or of the folders above them, that anyone but root and `uid` could change; null: none. Links are followed first. A POSIX ACL that lets others
 * write shows as the group's bit (acl(5)).
 */
export function distrusted(files: readonly string[], uid: number, accounts: Accounts = readAccounts()): Distrust | null {
  for (const file of files) {
    for (let at = fs.realpathSync(file), above = false; ; above = true) {
      const found = changeable(at, above, uid, accounts);
      if (found) return found;
      const parent = path.dirname(at);
      if (parent === at) break;
      at = parent;
    }
  }
  return null;
}

function changeable(at: string, isFolder: boolean, uid: number, accounts: Accounts): Distrust | null {
  const { uid: owner, gid, mode } = fs.lstatSync(at);
  if (owner !== 0 && owner !== uid) return { path: at, why: { owner } };
  // in a sticky folder others may make files, and neither rename nor remove ours, each of which was looked at before its folder
  if (isFolder && (mode & STICKY) !== 0) return null;
  if ((mode & OTHER_WRITE) !== 0) return { path: at, why: { writable: 'everybody' } };
  if ((mode & GROUP_WRITE) !== 0 && gid !== 0 && !ownGroup(gid, uid, accounts)) return { path: at, why: { writable: gid } };
  return null;
}

/** A group of one: that user's first group, which nobody else has and which has no further members. Many distributions make one for each user, and let it write. */
function ownGroup(gid: number, uid: number, { group, passwd }: Accounts): boolean {
  const users = rows(passwd).filter(([, , , of]) => Number(of) === gid);
  const [user] = users;
  if (users.length !== 1 || Number(user?.[2]) !== uid) return false;
  return rows(group).filter(([, , of]) => Number(of) === gid).every(([, , , members = '']) => members === '' || members === user?.[0]);
}

function rows(text: string): string[][] {
  return text.split('\n').filter((line) => line !== '').map((line) => line.split(':'));
}

function readAccounts(): Accounts {
  const read = (file: string): string => {
    try {
      return fs.readFileSync(file, 'utf8');
    } catch {
      // then no group counts as anybody's own
      return '';
    }
  };
  return { group: read('/etc/group'), passwd: read('/etc/passwd') };
}
