import fs from 'node:fs';
import type { EnterIds, EnterProcess, Errno } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';
import { readProcFile } from '../kernel/procFile.ts';
import { hostText } from '../scan/hostText.ts';
import { parseStat } from '../scan/stat.ts';
import { findShells } from './shells.ts';

/** Start time of a process, as `Process.start`; why it cannot be told. ENOENT and ESRCH: it has ended. */
export function startOf(pid: number): { readonly start: string; readonly zombie: boolean; readonly comm: string } | Errno {
  const stat = readProcFile(`/proc/${pid}/stat`);
  if (typeof stat === 'string') return stat;
  const parsed = parseStat(stat.text);
  return parsed ? { start: parsed.start, zombie: parsed.state === 'Z', comm: parsed.comm } : 'EFORMAT';
}

/** What a terminal takes over from a process: its shell, directory, environment, ids. */
export function readProcess(pid: number, comm: string): EnterProcess {
  const status = readProcFile(`/proc/${pid}/status`);
  const text = typeof status === 'string' ? '' : status.text;
  const uid = number(/\nUid:\t\d+\t(\d+)/.exec(text));
  const gid = number(/\nGid:\t\d+\t(\d+)/.exec(text));
  const cwd = readLink(`/proc/${pid}/cwd`);
  const shells = findShells(`/proc/${pid}/root`, uid);
  const environment = readEnvironment(pid);
  return {
    pid, uid, gid, comm, cwd: typeof cwd === 'string' ? null : cwd.to, cwdUnread: typeof cwd === 'string' ? cwd : null, chrooted: chrooted(pid),
    shells: typeof shells === 'string' ? null : shells.shells, shellsUnread: typeof shells === 'string' ? shells : null,
    environment: typeof environment === 'string' ? null : environment.pairs, environmentUnread: typeof environment === 'string' ? environment : null,
  };
}

function number(match: RegExpExecArray | null): number | null {
  return match ? Number(match[1]) : null;
}

function readLink(path: string): { readonly to: string } | Errno {
  try {
    return { to: hostText(fs.readlinkSync(path, 'latin1')) };
  } catch (error) {
    return errnoOf(error);
  }
}

/**
 * The mount that `/` of a process is in stands first in its own mountinfo, at the place `/`, when its root is that of a mount. chroot(2) to a plain directory leaves no
 * mount at `/` that it could see.
 */
function chrooted(pid: number): boolean | null {
  const own = readProcFile(`/proc/${pid}/mountinfo`);
  if (typeof own === 'string') return null;
  return !own.text.split('\n').some((line) => line.split(' ')[4] === '/');
}

/** More than a shell needs, and less than would hurt. */
const LONGEST_ENVIRONMENT = 262_144;

function readEnvironment(pid: number): { readonly pairs: [string, string][] } | Errno {
  const file = readProcFile(`/proc/${pid}/environ`);
  if (typeof file === 'string') return file;
  const pairs = file.text.slice(0, LONGEST_ENVIRONMENT).split('\0').flatMap((entry): [string, string][] => {
    const equals = entry.indexOf('=');
    return equals > 0 ? [[hostText(entry.slice(0, equals)), hostText(entry.slice(equals + 1))]] : [];
  });
  return { pairs };
}

/** Whether those who enter the user namespace of that process can become root in it. */
export function readIds(pid: number | 'self'): EnterIds {
  const uids = readProcFile(`/proc/${pid}/uid_map`);
  const gids = readProcFile(`/proc/${pid}/gid_map`);
  const setgroups = readProcFile(`/proc/${pid}/setgroups`);
  const unread = [uids, gids].find((answer) => typeof answer === 'string') ?? null;
  return {
    zeroUid: typeof uids === 'string' ? null : maps(uids.text), zeroGid: typeof gids === 'string' ? null : maps(gids.text),
    // before there is a gid map, setgroups(2) is refused whatever the file says
    setgroups: typeof gids === 'string' || typeof setgroups === 'string' ? null : gids.text.trim() !== '' && setgroups.text.trim() === 'allow',
    unread: typeof unread === 'string' ? unread : null,
  };
}

/** Is id 0 inside one of the ranges? */
function maps(text: string): boolean {
  return text.split('\n').some((line) => {
    const [inside, , count] = line.trim().split(/\s+/).map(Number);
    return inside === 0 && (count ?? 0) > 0;
  });
}
