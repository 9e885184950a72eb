import fs from 'node:fs';
import { visible } from '../helper/model/text.ts';

/** Names of this machine's own users by uid. Users of directory services are shown by number, as there is no cheap way to ask. */
export function readUserNames(path = '/etc/passwd'): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  let text: string;
  try {
    text = fs.readFileSync(path, 'utf8');
  } catch {
    return names;
  }
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':');
    // several names may share a uid: the first is what others show
    if (name && uid && /^\d+$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), visible(name));
  }
  return names;
}
