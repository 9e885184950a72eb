// Calls one of the helper's kernel functions on behalf of a test, as another user or inside other namespaces, and prints the answer as JSON.
import { readDetails } from '../../helper/details/details.ts';
import { findDescriptors } from '../../helper/holders/descriptors.ts';
import { findMounts } from '../../helper/holders/mounts.ts';
import { findSockets } from '../../helper/holders/sockets.ts';
import { probeFeatures } from '../../helper/kernel/features.ts';
import { loadNative } from '../../helper/kernel/native.ts';
import { nsInode } from '../../helper/kernel/procFile.ts';
import { Resolver } from '../../helper/namespaces/resolver.ts';
import type { NsType } from '../../helper/protocol.ts';

/** What can be asked for. */
export type Question =
  | { readonly ask: 'features' }
  | { readonly ask: 'resolve'; readonly path: string; readonly type: NsType; readonly member: number | null }
  | { readonly ask: 'descriptors' | 'sockets'; readonly pids: readonly number[] }
  | { readonly ask: 'mounts'; readonly mountNamespaces: readonly { readonly inode: number; readonly pid: number | null }[] }
  | { readonly ask: 'details'; readonly type: NsType; readonly inode: number; readonly member: number | null; readonly pids: readonly number[] };

function answer(question: Question): unknown {
  const native = loadNative();
  switch (question.ask) {
    case 'features': return probeFeatures(native);
    case 'resolve': return new Resolver(native).resolve(question.path, question.type, question.member, () => false);
    case 'descriptors': return last(findDescriptors(question.pids, native));
    case 'sockets': return last(findSockets(question.pids.map((pid) => ({ pid, net: null })), native, () => false));
    case 'mounts': return last(findMounts(question.mountNamespaces, native, () => false));
    case 'details': return readDetails({ key: '', type: question.type, inode: question.inode }, question.member, null, native, question.pids);
  }
}

/** Runs a time-sliced search to its end. */
function last<T>(search: Generator<undefined, T>): T {
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}

const result = answer(JSON.parse(process.argv[2] ?? '') as Question);
// the namespace it is in afterwards tells whether a visit came back
process.stdout.write(JSON.stringify({ result, uts: nsInode('thread-self', 'uts'), net: nsInode('thread-self', 'net') }));
