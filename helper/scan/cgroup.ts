import { hostText } from './hostText.ts';

/**
 * The path that tells most in the text of `/proc/PID/cgroup`: that of the unified hierarchy, on older hosts that of the
 * named systemd hierarchy, else the first controller's that is not the root. Null when there is no line.
 */
export function parseCgroup(text: string): string | null {
  let found: string | null = null;
  let rank = 0;
  for (const line of text.split('\n')) {
    // hierarchy-ID:controllers:path; the path may contain colons
    const controllers = line.indexOf(':') + 1;
    const path = line.indexOf(':', controllers) + 1;
    if (controllers === 0 || path === 0) continue;
    const which = line.slice(controllers, path - 1);
    const isRoot = line.length === path + 1;
    const lineRank = (isRoot ? 0 : 4) + (which === '' ? 3 : which === 'name=systemd' ? 2 : 1);
    if (lineRank > rank) {
      rank = lineRank;
      found = line.slice(path);
    }
  }
  return found === null ? null : hostText(found);
}
