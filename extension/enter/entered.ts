import fs from 'node:fs/promises';

const LOOK_MS = 50;
/** A shell that is not there after this time will not come. */
const PATIENCE_MS = 30_000;

/**
 * Resolves when the nsenter that runs as `pid` has opened what it was given and gone on: it is another program by then, or has a child that is; or it ended.
 * From then on the namespaces need not be held for it any longer.
 */
export async function entered(pid: number, nsenter: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    try {
      const [program, children] = await Promise.all([fs.readlink(`/proc/${pid}/exe`), fs.readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')]);
      if (!sameProgram(program, nsenter) || children.trim() !== '') return;
    } catch (error) {
      // what another user runs cannot be looked into: then only its end, or time, tells
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** `/usr/bin/nsenter` and `/bin/nsenter` are one file. */
function sameProgram(a: string, b: string): boolean {
  return a.slice(a.lastIndexOf('/')) === b.slice(b.lastIndexOf('/'));
}
