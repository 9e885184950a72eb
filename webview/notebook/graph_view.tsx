import type { Ref } from '../../simulator/picture/picture.ts';
import { Count } from './count.tsx';
import { Glyph } from './glyph.tsx';
import { namespaceName, nameOf, shapeOf } from './names.ts';
import { sayNamespace, sayProxy, sayTask } from './say.ts';
import type { ViewProps } from './views.ts';
import { t } from './words.ts';

const ROW = 30;
const TASK = 132;
const PROXY = 108;

/** Objects and arrows, as textbooks draw them: tasks, their nsproxies, the namespaces; one arrow for each pointer. Choosing an object brings its arrows out. */
export function GraphView({ picture, places, changes, current, width, selected, onSelect }: ViewProps) {
  const tasks = places.tasks.flatMap((ref) => picture.tasks.find((each) => each.ref === ref) ?? []);
  const proxies = places.nsproxies.flatMap((ref) => picture.nsproxies.find((each) => each.ref === ref) ?? []);
  const namespaces = [...picture.namespaces].sort((a, b) => order(a.type) - order(b.type));
  const right = Math.min(300, Math.max(190, width * 0.36));
  const xProxy = TASK + (width - TASK - right - PROXY) * 0.42;
  const xNs = width - right;
  const rows = Math.max(tasks.length, proxies.length, namespaces.length);
  const spread = (n: number, of: number): number => 24 + (of < rows ? ((n + 0.5) * rows) / Math.max(1, of) - 0.5 : n) * ROW;
  const yTask = new Map(tasks.map(({ ref }, n) => [ref, spread(n, tasks.length)]));
  const yProxy = new Map(proxies.map(({ ref }, n) => [ref, spread(n, proxies.length)]));
  const yNs = new Map(namespaces.map(({ ref }, n) => [ref, spread(n, namespaces.length)]));
  const pick = (ref: Ref) => (): void => { onSelect(selected === ref ? null : ref); };
  const curve = (x1: number, y1: number, x2: number, y2: number): string => {
    const bend = (x2 - x1) * 0.45;
    return `M${x1} ${y1 + ROW / 2 - 2}C${x1 + bend} ${y1 + ROW / 2 - 2} ${x2 - bend} ${y2 + ROW / 2 - 2} ${x2} ${y2 + ROW / 2 - 2}`;
  };
  const strong = (...refs: readonly (Ref | null)[]): string => (selected === null ? '' : refs.includes(selected) ? ' strong' : ' weak');
  const place = (x: number, y: number, w: number) => ({ left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${ROW - 4}px` });
  return <div class="graph-view" role="group" aria-label={t('Picture. Tasks: {0}, nsproxies: {1}, namespaces: {2}. Changed: {3}.', tasks.length, proxies.length, namespaces.length, changes.size)} style={{ height: `${24 + rows * ROW + 8}px`, width: `${width}px` }}>
    <svg width={width} height={24 + rows * ROW + 8} aria-hidden="true" class="lines">
      {tasks.flatMap((task) => {
        const to = task.nsproxy === null ? undefined : yProxy.get(task.nsproxy);
        const user = yNs.get(task.user);
        const from = yTask.get(task.ref) ?? 0;
        return [
          to === undefined ? null : <path key={task.ref} class={`edge t${shapeOf(task.ref).tone} task-wire${task.counted ? '' : ' copied'}${strong(task.ref, task.nsproxy)}`} d={curve(TASK, from, xProxy, to)} />,
          user === undefined ? null : <path key={`${task.ref}u`} class={`edge wire user${strong(task.ref, task.user)}`} d={curve(TASK, from, xNs, user)} />,
        ];
      })}
      {proxies.flatMap((proxy) => Object.entries(proxy.slots).map(([slot, ref]) => {
        const to = ref ? yNs.get(ref) : undefined;
        if (to === undefined) return null;
        const moved = changes.get(proxy.ref)?.slots?.has(slot as never) === true || changes.get(ref ?? '')?.made === true;
        return <path key={`${proxy.ref}${slot}`} class={`edge wire${moved ? ' made' : ''}${strong(proxy.ref, ref)}`} d={curve(xProxy + PROXY, yProxy.get(proxy.ref) ?? 0, xNs, to)} />;
      }))}
    </svg>
    <span class="caption" style={{ left: '0px', top: '0px' }}>{t('Tasks')}</span><span class="caption" style={{ left: `${xProxy}px`, top: '0px' }}>nsproxy</span><span class="caption" style={{ left: `${xNs}px`, top: '0px', width: `${right}px` }}>{t('Namespaces')}<span>{t('count')}</span></span>
    {tasks.map((task) => <button key={task.ref} type="button" class={`node task t${shapeOf(task.ref).tone}${task.ref === current ? ' current' : ''}${changes.get(task.ref)?.made ? ' made' : ''}${selected === task.ref ? ' selected' : ''}`} style={place(0, yTask.get(task.ref) ?? 0, TASK)} data-ref={task.ref} onClick={pick(task.ref)} aria-description={sayTask(task, picture)}>
      <Glyph task={task.ref} hollow={task.state === 'zombie' || task.state === 'being built'} /><b>{task.comm}</b><span class="dim">{task.pids[0] ?? '–'}</span></button>)}
    {proxies.map((proxy) => <button key={proxy.ref} type="button" class={`node${changes.get(proxy.ref)?.made ? ' made' : ''}${selected === proxy.ref ? ' selected' : ''}`} style={place(xProxy, yProxy.get(proxy.ref) ?? 0, PROXY)} data-ref={proxy.ref} onClick={pick(proxy.ref)} aria-description={sayProxy(proxy, picture)}>
      <b>{nameOf(proxy.ref, picture)}</b><Count n={proxy.count} change={changes.get(proxy.ref)} /></button>)}
    {namespaces.map((ns) => <button key={ns.ref} type="button" class={`node ns${changes.get(ns.ref)?.made ? ' made' : ''}${changes.get(ns.ref)?.text ? ' written' : ''}${selected === ns.ref ? ' selected' : ''}`} style={place(xNs, yNs.get(ns.ref) ?? 0, right - 2)} data-ref={ns.ref} onClick={pick(ns.ref)} aria-description={sayNamespace(ns, picture)}>
      <span class={`letter${ns.initial ? ' first' : ''}`}>{ns.letter}</span><b>{namespaceName(ns)}</b><span class="text">{ns.text}</span>{changes.get(ns.ref)?.made && <span class="tag new">{t('NEW')}</span>}<Count n={ns.count} change={changes.get(ns.ref)} /></button>)}
  </div>;
}

const TYPES = ['uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'time', 'user'];
function order(type: string): number { return TYPES.indexOf(type); }
