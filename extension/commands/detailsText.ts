import type { Details, Errno, Namespace } from '../../helper/protocol.ts';
import { explain } from '../../helper/model/explain.ts';
import { visible } from '../../helper/model/text.ts';
import { endsWhen, holdings } from '../tree/holding.ts';
import { offset } from '../tree/offset.ts';
import { containerTag } from '../tree/nodes/containerText.ts';
import { describe } from '../tree/nodes/describe.ts';
import { memberRow } from '../tree/nodes/processRow.ts';
import type { Scene } from '../tree/nodes/scene.ts';
import { count, number } from '../tree/nodes/words.ts';
import { dateTime } from '../tree/viewText.ts';

/** Everything known of a namespace as plain text, one fact a line. `details` is what was read just now, or why it was not. */
export function detailsText(scene: Scene, namespace: Namespace, details: Details | string, at: Date): string {
  const { hello } = scene.input;
  const lines: string[] = [`${namespace.type} ${namespace.inode}`, `read ${dateTime(at)}${hello ? ` on ${visible(hello.hostname)}, Linux ${visible(hello.kernel)}` : ''}`, ''];
  const fact = (name: string, value: string | number | null | undefined, field?: Parameters<typeof explain>[0]): void => {
    const errno = field === undefined ? undefined : (namespace.unread as Partial<Record<string, Errno>>)[field];
    if (value != null && value !== '') lines.push(`${name.padEnd(14)} ${visible(String(value))}`);
    else if (errno && hello) lines.push(`${name.padEnd(14)} ${explain(field ?? 'id', errno, hello)}`);
  };
  const section = (title: string, rows: readonly string[]): void => {
    if (rows.length > 0) lines.push('', title, ...rows.map((row) => `  ${visible(row)}`));
  };
  fact('Is', describe(scene, namespace).description);
  fact('Kernel id', namespace.id, 'id');
  fact('Owner', namespace.owner === null ? null : `user ${namespace.owner}`, 'owner');
  if (namespace.type === 'pid' || namespace.type === 'user') fact('Parent', namespace.parent === null ? null : `${namespace.type} ${namespace.parent}`, namespace.initial === true ? undefined : 'parent');
  if (namespace.ownerUid !== null) fact('Made by', scene.uid(namespace.ownerUid));
  fact('Level', namespace.level);
  fact('Ends when', endsWhen(scene, namespace));
  const { contents } = namespace;
  if (namespace.type === 'uts') { fact('Hostname', contents.hostname, 'hostname'); fact('Domain name', contents.domainname, 'domainname'); }
  if (namespace.type === 'time') {
    fact('Monotonic', contents.monotonicOffset === undefined ? null : offset(contents.monotonicOffset), 'monotonicOffset');
    fact('Boot time', contents.boottimeOffset === undefined ? null : offset(contents.boottimeOffset), 'boottimeOffset');
  }
  if (namespace.type === 'user') {
    fact('setgroups', contents.setgroups, 'setgroups');
    section('uid map (inside, outside, count)', (contents.uidMap ?? []).map((r) => `${r.inside} ${r.outside} ${r.count}`));
    section('gid map (inside, outside, count)', (contents.gidMap ?? []).map((r) => `${r.inside} ${r.outside} ${r.count}`));
  }
  if (typeof details === 'string') lines.push('', visible(details));
  else {
    if (details.cgroupRoot !== undefined) fact('Cgroup root', details.cgroupRoot);
    const { net, mounts } = details;
    if (net) {
      section('Interfaces', net.interfaces.map((i) => `${i.name.padEnd(12)} ${i.addresses.join(' ') || 'no address'}  received ${number(Number(i.rxBytes))} B, sent ${number(Number(i.txBytes))} B`));
      section('Routes', net.routes.map((r) => `${r.destination} ${r.gateway === null ? '' : `via ${r.gateway} `}dev ${r.interface} metric ${r.metric}`));
      section('Listening', net.listeners.map((l) => `${l.protocol.padEnd(4)} ${l.address.includes(':') ? `[${l.address}]` : l.address}:${l.port}  ${l.processes.map((p) => `${p.pid} ${p.comm}, fd ${p.fd}`).join('; ') || `uid ${l.uid}, no readable process`}`));
    }
    if (mounts) section(`Mounts (${mounts.total > mounts.mounts.length ? `${number(mounts.mounts.length)} of ` : ''}${number(mounts.total)})`, mounts.mounts.map((m) => `${m.point}  ${m.fstype}  ${m.source}${m.root === '/' ? '' : `  from ${m.root}`}${m.propagation ? `  ${m.propagation}` : ''}`));
    section('Not read', Object.entries(details.unread).flatMap(([name, errno]) => (errno ? [`${name}: ${errno}`] : [])));
  }
  const members = scene.model.members(namespace);
  section(`Processes (${number(members.length)})`, members.map((process) => {
    const { label, description } = memberRow(scene, '', namespace, process);
    const container = scene.container(process);
    return [label, description, ...(container && !description.includes(containerTag(container)) ? [containerTag(container)] : []), process.cmdline?.join(' ') ?? ''].filter(Boolean).join('  ');
  }));
  const others = holdings(scene, namespace).filter((holding) => holding.kind !== 'process');
  section(`Also held by (${count(others.length, 'holder')})`, others.map((holding) => `${holding.label}  ${holding.how}`));
  return `${lines.join('\n')}\n`;
}
