import type { HeldRef } from '../holders/heldRef.ts';
import { parseNsLink } from '../holders/heldRef.ts';
import { parseMountLine } from '../holders/mountinfo.ts';
import { hostText } from './hostText.ts';
import type { ProcFs } from './procFs.ts';

/** Watches the bind mounts of namespace files in the helper's own mount namespace, where `ip netns add` makes them. */
export class OwnMounts {
  readonly #proc: ProcFs;
  #lines = '';

  constructor(proc: ProcFs) { this.#proc = proc; }

  /**
   * The holders, or null when they are as they were at the last call.
   * @param inode the own mount namespace
   * @param pid a process that sees the mounts as we do
   */
  changed(inode: number | null, pid: number | null): HeldRef[] | null {
    const { text } = this.#proc.readAll('self/mountinfo');
    if (text === null) return null;
    const lines = text.includes(' - nsfs ') ? text.split('\n').filter((line) => line.includes(' - nsfs ')) : [];
    const joined = lines.join('\n');
    if (joined === this.#lines) return null;
    this.#lines = joined;
    return lines.flatMap((line) => {
      const mount = parseMountLine(line);
      const ns = mount?.fstype === 'nsfs' ? parseNsLink(mount.root) : undefined;
      return mount && ns ? { ...ns, open: mount.point, held: { kind: 'bind mount', path: hostText(mount.point), mountNamespace: inode, pid } } : [];
    });
  }
}
