import type { Container } from '../../../helper/protocol.ts';
import { processKey } from '../../../helper/model/model.ts';
import { commandLink, escapeMarkdown } from '../markdown.ts';
import { containerName } from '../nodes/containerText.ts';
import type { Scene } from '../nodes/scene.ts';
import { REVEAL } from '../reveal.ts';
import { table } from './namespaceHover.ts';

/** The hover of a container: its engine's own names for it, and how it was recognised. */
export function containerHover(scene: Scene, container: Container): string {
  const rows: [string, string][] = [];
  const add = (name: string, value: string | null | undefined): void => { if (value) rows.push([name, escapeMarkdown(value)]); };
  add('Engine', `${container.engine}${container.rootless === true ? ', rootless' : ''}`);
  add('Name', container.name ?? (container.unread.name ? `not readable: ${container.unread.name}` : null));
  add('ID', container.id);
  add('Image', container.image);
  if (container.pod) add('Pod', [container.pod.namespace, container.pod.name].filter(Boolean).join('/') || container.pod.uid);
  const init = container.init === null ? undefined : scene.model.processes.get(container.init);
  if (init) rows.push(['First process', commandLink(`${init.pid} ${init.comm}`, REVEAL, [{ kind: 'process', key: processKey(init) }])]);
  add('Recognised by', container.source);
  return `### $(package) ${escapeMarkdown(containerName(container))}\n\n${table(rows)}\n`;
}
