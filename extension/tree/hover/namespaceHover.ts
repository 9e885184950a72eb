import type { Details, IdRange, Namespace, NamespaceField } from '../../../helper/protocol.ts';
import { processKey } from '../../../helper/model/model.ts';
import { explain } from '../../../helper/model/explain.ts';
import { COMMANDS } from '../../contribution/commands.ts';
import { endsWhen, holdings } from '../holding.ts';
import { commandLink, escapeMarkdown } from '../markdown.ts';
import { containerTag } from '../nodes/containerText.ts';
import { describe } from '../nodes/describe.ts';
import type { Scene } from '../nodes/scene.ts';
import { count, number } from '../nodes/words.ts';
import { offset } from '../offset.ts';
import { REVEAL } from '../reveal.ts';

/** What the helper read just now; `null`: not asked or not answered in time, a text: why not. */
export type Detail = Details | string | null;

const MANY = 8;

/** The hover of a namespace: what is in it, who is, what holds it, whose it is, and what would end it. */
export function namespaceHover(scene: Scene, namespace: Namespace, detail: Detail): string {
  const rows: [string, string][] = [];
  const add = (name: string, value: string | null | undefined): void => { if (value) rows.push([name, value]); };
  const details = typeof detail === 'object' ? detail : null;
  add('Contents', contents(scene, namespace, details));
  if (details?.net) {
    add('Addresses', few(details.net.interfaces.map((i) => `${escapeMarkdown(i.name)} ${i.addresses.length > 0 ? i.addresses.map((a) => escapeMarkdown(a)).join(' ') : 'no address'}`)));
    add('Listening', few(details.net.listeners.map((l) => {
      const who = l.processes[0];
      return `${escapeMarkdown(`${l.protocol} ${l.address.includes(':') ? `[${l.address}]` : l.address}:${l.port}`)}${who ? ` by ${escapeMarkdown(`${who.pid} ${who.comm}`)}` : ''}`;
    })) || 'nothing');
  }
  if (details?.mounts) add('Mounts', number(details.mounts.total));
  if (details?.cgroupRoot !== undefined) add('Root', escapeMarkdown(details.cgroupRoot));
  const members = scene.model.members(namespace);
  add('Processes', few(members.slice(0, MANY).map((process) => commandLink(`${process.pid} ${process.comm}`, REVEAL, [{ kind: 'process', key: processKey(process) }])), members.length) || 'none');
  const others = holdings(scene, namespace).filter((h) => h.kind !== 'process');
  add(members.length > 0 ? 'Also held by' : 'Held by', few(others.slice(0, MANY).map((h) => `${h.reveal ? commandLink(h.label, REVEAL, [h.reveal]) : escapeMarkdown(h.label)}, ${escapeMarkdown(h.how)}`), others.length, '; ')
    || (namespace.unread.heldBy ? escapeMarkdown(reason(scene, 'heldBy', namespace)) : `nothing${members.length > 0 ? ' else' : ''} that this helper can see`));
  add('Owner', related(scene, namespace, 'owner', namespace.owner));
  if (namespace.type === 'pid' || namespace.type === 'user') add('Parent', related(scene, namespace, 'parent', namespace.parent));
  if (namespace.type === 'user' && namespace.ownerUid !== null) add('Made by', escapeMarkdown(scene.uid(namespace.ownerUid)));
  const containers = new Set(members.flatMap((process) => scene.container(process) ?? []));
  add('Container', few([...containers].slice(0, MANY).map((c) => escapeMarkdown(`${containerTag(c)}${c.image ? `, image ${c.image}` : ''}${c.pod?.name ? `, pod ${c.pod.name}` : ''}`)), containers.size));
  add('Ends when', escapeMarkdown(endsWhen(scene, namespace), 600));
  if (typeof detail === 'string') add('Not read', escapeMarkdown(detail));
  const { icon } = describe(scene, namespace);
  const links = [
    ...(namespace.initial === true ? [] : [commandLink('Copy nsenter command', COMMANDS.copyNsenterCommand, [{ kind: 'namespace', key: namespace.key }], 'copy')]),
    commandLink('Why is it still alive?', COMMANDS.whyAlive, [{ kind: 'namespace', key: namespace.key }], 'question'),
    commandLink('Show details', COMMANDS.showDetails, [{ kind: 'namespace', key: namespace.key }], 'list-flat'),
  ];
  return `### $(${icon ?? 'circle-filled'}) ${escapeMarkdown(`${namespace.type} ${namespace.inode}`)}${namespace.initial === true ? ' initial' : ''}\n\n${table(rows)}\n\n---\n\n${links.join(' &#160; ')}\n`;
}

/** Two columns without a head; Markdown knows no other tables, so the head is empty. */
export function table(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '|:--|:--|', ...rows.map(([name, value]) => `| ${escapeMarkdown(name).replaceAll(' ', '&#160;')}&#160;&#160; | ${value} |`)].join('\n');
}

function contents(scene: Scene, namespace: Namespace, details: Details | null): string | null {
  const { contents: c } = namespace;
  switch (namespace.type) {
    case 'uts': return c.hostname === undefined ? missing(scene, 'hostname', namespace)
      : `hostname ${escapeMarkdown(c.hostname || '(empty)')}, ${c.domainname && c.domainname !== '(none)' ? `domain name ${escapeMarkdown(c.domainname)}` : 'no domain name'}`;
    case 'user': return c.uidMap === undefined ? missing(scene, 'uidMap', namespace)
      : [`uids ${ranges(c.uidMap)}`, ...(c.gidMap ? [`gids ${ranges(c.gidMap)}`] : []), ...(c.setgroups ? [`setgroups ${escapeMarkdown(c.setgroups)}`] : [])].join('; ');
    case 'time': return c.monotonicOffset === undefined ? missing(scene, 'monotonicOffset', namespace)
      : `monotonic clock ${escapeMarkdown(offset(c.monotonicOffset))}, boot clock ${escapeMarkdown(offset(c.boottimeOffset ?? '0'))}`;
    case 'pid': return namespace.level === null ? null : `level ${namespace.level}, ${count(scene.model.memberCount(namespace), 'process', 'processes')}`;
    case 'net': return details?.net ? `${count(details.net.interfaces.length, 'interface')}, ${count(details.net.routes.length, 'route')}` : null;
    default: return null;
  }
}

function ranges(map: readonly IdRange[]): string {
  if (map.length === 0) return 'none mapped';
  return few(map.slice(0, 4).map((r) => (r.count === 1 ? `${r.inside} is ${r.outside}` : r.inside === 0 && r.outside === 0 && r.count === 4294967295 ? 'all, unchanged' : `${r.inside}–${r.inside + r.count - 1} are ${r.outside}–${r.outside + r.count - 1}`)), map.length);
}

function related(scene: Scene, namespace: Namespace, field: 'owner' | 'parent', inode: number | null): string {
  if (inode === null) return namespace.initial === true && field === 'parent' ? 'none: it is the first' : escapeMarkdown(reason(scene, field, namespace));
  const other = scene.model.find(field === 'owner' ? 'user' : namespace.type, inode);
  const name = `${field === 'owner' ? 'user' : namespace.type} ${inode}`;
  return other ? `${commandLink(name, REVEAL, [{ kind: 'namespace', key: other.key }])}${other.initial === true ? ', initial' : ''}` : escapeMarkdown(name);
}

function missing(scene: Scene, field: NamespaceField, namespace: Namespace): string | null {
  return namespace.unread[field] ? escapeMarkdown(reason(scene, field, namespace)) : null;
}

function reason(scene: Scene, field: NamespaceField, namespace: Namespace): string {
  const errno = namespace.unread[field];
  if (errno === undefined) return 'not known yet';
  return scene.input.hello ? explain(field, errno, scene.input.hello) : errno;
}

/** The first of them, and how many more there are. */
function few(shown: readonly string[], total = shown.length, separator = ', '): string {
  const cut = shown.slice(0, MANY);
  const more = total - cut.length;
  return cut.join(separator) + (more > 0 ? `${separator}and ${number(more)} more` : '');
}
