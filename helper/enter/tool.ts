import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import type { EnterTool } from '../protocol.ts';

/** Beside PATH: an ordinary user's often lacks the last two. */
const USUAL = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/local/sbin'];
const PATIENCE_MS = 5000;

let known: EnterTool | undefined;

/** Where nsenter is and what it can: asked once, of the program itself. */
export function findNsenter(): EnterTool {
  known ??= look();
  return known;
}

function look(): EnterTool {
  const directories = [...(process.env['PATH'] ?? '').split(':').filter((directory) => directory.startsWith('/')), ...USUAL];
  for (const directory of directories) {
    const path = `${directory}/nsenter`;
    try {
      fs.accessSync(path, fs.constants.X_OK);
      const help = ask(path, '--help');
      return { path, version: version(path), options: [...new Set([...help.matchAll(/--([a-z][a-z-]+)/g)].map((match) => match[1] ?? ''))] };
    } catch {
      // not there, or not one that answers: the next directory may have another
    }
  }
  return { path: null, version: null, options: [] };
}

function ask(path: string, option: string): string {
  return execFileSync(path, [option], { encoding: 'utf8', timeout: PATIENCE_MS, stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } });
}

/** BusyBox's has no version of its own. */
function version(path: string): string | null {
  try {
    return /(\d+(?:\.\d+)+)/.exec(ask(path, '--version'))?.[1] ?? null;
  } catch {
    return null;
  }
}
