import { toDocument } from '../helper/model/document.ts';
import type { HostModel } from '../helper/model/model.ts';
import type { Hello, ScanStatus } from '../helper/protocol.ts';

/** What is missing when a whole kind of reading was impossible. */
const IMPOSSIBLE: Readonly<Record<keyof ScanStatus['phases'], string>> = {
  identity: 'Processes could not be read', details: 'Users and command lines could not be read', relations: 'Owners and parents are not known',
  descriptors: 'Open descriptors could not be looked at', mounts: 'Mount namespaces that no process is in could not be listed',
  sockets: 'Namespaces that only a socket holds could not be looked for', containers: 'Containers could not be told',
};

/** What is to be said below the table: what could not be read and why, and that the scan saw itself. */
export function closingLines(model: HostModel, hello: Hello, phases: ScanStatus['phases']): string[] {
  const lines: string[] = [];
  const unread = [...model.processes.values()].filter((process) => process.unread.ns);
  const { unreadable } = toDocument(model, hello, new Date(), phases);
  if (unread.length > 0) {
    lines.push(`Namespaces of ${unread.length} of ${model.processes.size} processes could not be read:`);
    for (const group of unreadable) {
      if (group.what === 'process' && group.field === 'ns') lines.push(`  ${group.pids.length === 1 ? `process ${group.pids[0]}` : `${group.pids.length} processes`} (${group.errno}): ${group.reason}`);
    }
  } else {
    lines.push(`The namespaces of ${model.processes.size === 1 ? 'the only process' : `all ${model.processes.size} processes`} could be read.`);
  }
  const fds = unreadable.filter((group) => group.what === 'process' && group.field === 'fd').flatMap((group) => group.what === 'process' ? group.pids : []);
  if (fds.length > 0) lines.push(`Open descriptors of ${fds.length === 1 ? `process ${fds[0]}` : `${fds.length} processes`} could not be read: namespaces that only these hold are missing.`);
  for (const group of unreadable) {
    if (group.what === 'reading') lines.push(`${IMPOSSIBLE[group.field]}: ${group.errno === 'ENOKOFFI' ? 'the native part (koffi) is not there for this machine' : group.errno}.`);
  }
  lines.push(`This scan's own process, ${hello.pid}, is counted.`);
  return lines;
}
