import type { Errno, Process, ProcessField } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import { explain } from '../../../helper/model/explain.ts';
import type { TreeNode } from './node.ts';
import { paged } from './page.ts';
import { processNode } from './processRow.ts';
import type { Scene } from './scene.ts';
import { processes } from './words.ts';

/** "Not readable", always last: nothing is silently missing. */
export function unreadable(scene: Scene): TreeNode[] {
  if (!scene.input.showUnreadable) return [];
  const found = scene.unreadable().filter((process) => scene.showsProcess(process));
  if (found.length === 0) return [];
  return [{
    id: 'unreadable', label: 'Not readable', description: processes(found.length), icon: 'lock', context: 'unreadable', target: { kind: 'group', type: null },
    open: found.length <= 20,
    children: () => paged(scene, 'unreadable', found, (process) => ({
      ...processNode(scene, 'unreadable', process, shortReason(scene, process)), icon: 'lock', context: 'process unreadable', dim: true,
    })),
  }];
}

/** The reason in a few words, for the end of a row; the hover has the sentence. */
function shortReason(scene: Scene, process: Process): string {
  const [, errno] = namespaceError(process);
  switch (errno) {
    case 'EACCES':
    case 'EPERM':
      if (process.kernelThread) return 'kernel thread';
      if (scene.input.hello?.capabilities.includes('CAP_SYS_PTRACE')) return `refused (${errno})`;
      return process.uid === null ? `not permitted (${errno})` : process.uid === scene.input.hello?.uid ? 'has more rights than you' : `owned by ${scene.user(process.uid)}`;
    case 'ESRCH':
    case 'ENOENT': return process.state === 'Z' ? 'zombie' : 'exited while reading';
    default: return errno;
  }
}

/** Why none of its namespaces could be read, as a sentence. */
export function unreadableReason(scene: Pick<Scene, 'input'>, process: Process): string {
  const { hello } = scene.input;
  const [field, errno] = namespaceError(process);
  return hello ? explain(field, errno, hello, { uid: process.uid, zombie: process.state === 'Z', kernelThread: process.kernelThread }) : errno;
}

function namespaceError(process: Process): [ProcessField, Errno] {
  if (process.unread.ns) return ['ns', process.unread.ns];
  for (const type of NS_TYPES) {
    const errno = process.unread[type];
    if (errno) return [type, errno];
  }
  return ['ns', 'ESRCH'];
}
