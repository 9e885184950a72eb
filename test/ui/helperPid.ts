import { readFileSync, readdirSync } from 'node:fs';

/** Direct and indirect children of a process that this machine has now. */
export function descendants(of: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      parents.set(parent, [...parents.get(parent) ?? [], Number(name)]);
    } catch {
      // it ended meanwhile
    }
  }
  const found: number[] = [];
  for (let next = [of]; next.length > 0;) {
    next = next.flatMap((pid) => parents.get(pid) ?? []);
    found.push(...next);
  }
  return found;
}

/** The first of them whose command line has this word. */
export function descendantWith(of: number, word: string): number | undefined {
  return descendants(of).find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
}

/** The helper that this VS Code's extension host started. */
export function helperOf(serverPid: number): number | undefined { return descendantWith(serverPid, 'helper.mjs'); }
