import type { Process } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import { processKey } from '../../../helper/model/model.ts';
import { COMMANDS } from '../../contribution/commands.ts';
import { commandLink, escapeMarkdown } from '../markdown.ts';
import { containerTag } from '../nodes/containerText.ts';
import type { Scene } from '../nodes/scene.ts';
import { isUnreadable } from '../nodes/scene.ts';
import { unreadableReason } from '../nodes/unreadable.ts';
import { NAMED_ORDER } from '../nodes/words.ts';
import { REVEAL } from '../reveal.ts';
import { table } from './namespaceHover.ts';

/** The hover of a process: who it is, and which of the eight it shares with the host. */
export function processHover(scene: Scene, process: Process): string {
  const rows: [string, string][] = [];
  const add = (name: string, value: string | null | undefined): void => { if (value) rows.push([name, value]); };
  add('Command', process.kernelThread ? 'kernel thread' : process.cmdline && escapeMarkdown(process.cmdline.join(' '), 300));
  add('State', process.state === 'Z' ? 'zombie: it has ended, and its parent has not asked yet how' : null);
  add('Pid', process.nsPids && process.nsPids.length > 1 ? `${process.nsPids[0] ?? process.pid} here, ${process.nsPids.slice(1).join(', then ')} inside` : null);
  add('User', process.uid === null ? null : escapeMarkdown(`${scene.uid(process.uid)}${process.euid !== null && process.euid !== process.uid ? `, acts as ${scene.uid(process.euid)}` : ''}`));
  const container = scene.container(process);
  add('Container', container && escapeMarkdown(`${containerTag(container)}${container.image ? `, image ${container.image}` : ''}${container.rootless === true ? ', rootless' : ''}`));
  add('Cgroup', process.cgroup && escapeMarkdown(process.cgroup));
  if (isUnreadable(process)) add('Not readable', escapeMarkdown(unreadableReason(scene, process), 400));
  else {
    for (const type of NAMED_ORDER) {
      const namespace = scene.model.namespaceOf(process, type);
      const inode = process.ns[NS_TYPES.indexOf(type)];
      add(type, namespace ? `${scene.isHosts(namespace) ? '$(home) shared with the host, ' : '$(circle-filled) own, '}${commandLink(String(namespace.inode), REVEAL, [{ kind: 'namespace', key: namespace.key }])}`
        : inode == null ? 'not readable' : String(inode));
    }
  }
  const argument = { kind: 'process', key: processKey(process) };
  const links = [
    commandLink('Compare with another process', COMMANDS.compareProcesses, [argument], 'diff'),
    ...(isUnreadable(process) ? [] : [commandLink('Copy nsenter command', COMMANDS.copyNsenterCommand, [argument], 'copy')]),
  ];
  return `### ${escapeMarkdown(`${process.pid} ${process.comm}`)}\n\n${table(rows)}\n\n---\n\n${links.join(' &#160; ')}\n`;
}
