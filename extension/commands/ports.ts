import type { Listener } from '../../helper/protocol.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { processKey } from '../../helper/model/model.ts';
import { visible } from '../../helper/model/text.ts';
import { containerTag } from '../tree/nodes/containerText.ts';
import type { Wanted } from '../tree/locate.ts';

/** A listening socket as a row. Text is safe to show as plain text. */
export interface PortRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly reveal: Wanted | null;
}

/** One row for each listener and process, by port, then protocol, then net namespace. */
export function portRows(model: HostModel, listeners: readonly Listener[]): PortRow[] {
  const sorted = [...listeners].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0) || a.netNamespace - b.netNamespace);
  return sorted.flatMap((listener): PortRow[] => {
    const net = model.find('net', listener.netNamespace);
    const where = `net ${listener.netNamespace}${net?.initial === true ? ', initial' : ''}`;
    const label = `:${listener.port}`;
    const address = listener.address.includes(':') ? `[${listener.address}]` : listener.address;
    const description = `${listener.protocol} ${visible(address, 60)}`;
    if (listener.processes.length === 0) {
      return [{ label, description, detail: `no process that can be read has it open, ${where}, uid ${listener.uid}`, reveal: net ? { kind: 'namespace', key: net.key } : null }];
    }
    return listener.processes.map(({ pid, comm, fd }) => {
      const process = model.processes.get(pid);
      const container = process?.container != null ? model.containers.get(process.container) : undefined;
      return {
        label, description: `${description}  ${pid} ${visible(comm)}`, detail: [`fd ${fd}`, where, ...(container ? [containerTag(container)] : [])].join(', '),
        reveal: process ? { kind: 'process', key: processKey(process) } : net ? { kind: 'namespace', key: net.key } : null,
      };
    });
  });
}
