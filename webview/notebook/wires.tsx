import type { NamespaceShown, NsproxyShown, Ref, Slot, TaskShown } from '../../simulator/picture/picture.ts';
import { Count } from './count.tsx';
import { Glyph } from './glyph.tsx';
import { namespaceName, nameOf, shapeOf } from './names.ts';
import { sayNamespace, sayProxy, sayTask, stateWord } from './say.ts';
import type { ViewProps } from './views.ts';
import { t } from './words.ts';

const LINE = 26;
const TASK = 24;
const LABEL = 176;
const GAP = 10;
/** A column of an nsproxy at least. */
const NARROWEST = 46;
/** Between marks of tasks in one line. */
const MARK = 17;

const slotsOfType = (slots: readonly Slot[], type: string): Slot[] => slots.filter((slot) => typeOf(slot) === type);
function typeOf(slot: Slot): string {
  return slot.startsWith('pid_ns') ? 'pid' : slot.startsWith('time_ns') ? 'time' : slot.slice(0, -3);
}

/** A patch bay: one line for each namespace, one column for each nsproxy, a dot for each pointer; both counts can be counted with a finger. */
export function Wires({ picture, places, changes, current, width: room, selected, onSelect }: ViewProps) {
  const columns = places.nsproxies.length;
  // more columns than there is room for: it gets wider, and is scrolled
  const width = Math.max(room, LABEL + columns * NARROWEST + 16 + 236);
  const box = Math.max(236, Math.min(360, width * 0.44));
  const boxes = width - box;
  const column = Math.max(NARROWEST, Math.min(104, (boxes - LABEL - 16) / Math.max(1, columns)));
  const x = (n: number): number => LABEL + n * column + column / 2;
  const top = 20;
  const head = top + places.tasks.length * TASK + 14;
  const types = [...new Set(picture.slots.map(typeOf))];
  let y = head + 50;
  const rows: { ref: Ref; y: number; lines: { slot: Slot; y: number }[]; type: string }[] = [];
  const bands: { type: string; from: number; to: number }[] = [];
  for (const type of types) {
    const from = y;
    const slots = slotsOfType(picture.slots, type);
    for (const each of places.namespaces.filter((one) => one.type === type)) {
      rows.push({ ref: each.ref, y, type, lines: slots.map((slot, n) => ({ slot, y: y + n * LINE + LINE / 2 })) });
      y += Math.max(1, slots.length) * LINE;
    }
    bands.push({ type, from, to: y });
    y += GAP;
  }
  const rule = y - GAP / 2;
  // in the article's kernel the user namespace is one of the slots
  const users = types.includes('user') ? [] : places.namespaces.filter(({ type }) => type === 'user');
  for (const each of users) {
    rows.push({ ref: each.ref, y, type: 'user', lines: [] });
    y += LINE;
  }
  const height = y + 6;
  const shown = new Map<Ref, NamespaceShown>(picture.namespaces.map((each) => [each.ref, each]));
  const proxies = new Map<Ref, NsproxyShown>(picture.nsproxies.map((each) => [each.ref, each]));
  const tasks = new Map<Ref, TaskShown>(picture.tasks.map((each) => [each.ref, each]));
  /** Tasks of a user namespace, as many as there is room for; the others are counted. */
  const usersOf = (ref: Ref): { readonly marks: readonly TaskShown[]; readonly more: number } => {
    const all = picture.tasks.filter(({ user }) => user === ref);
    const room = Math.max(3, Math.floor((boxes - LABEL - 24) / MARK));
    return all.length <= room ? { marks: all, more: 0 } : { marks: all.slice(0, room - 2), more: all.length - room + 2 };
  };
  const pick = (ref: Ref) => (): void => { onSelect(selected === ref ? null : ref); };
  const place = (left: number, at: number, w: number, h: number) => ({ left: `${left}px`, top: `${at}px`, width: `${w}px`, height: `${h}px` });
  const spoken = t('Picture. Tasks: {0}, nsproxies: {1}, namespaces: {2}. Changed: {3}.', picture.tasks.length, picture.nsproxies.length, picture.namespaces.length, changes.size);

  return <div class="wires" role="group" aria-label={spoken} style={{ height: `${height}px`, width: `${width}px` }}>
    <svg width={width} height={height} aria-hidden="true" class="lines">
      {places.tasks.map((ref, n) => {
        const task = tasks.get(ref);
        const to = task?.nsproxy ? places.nsproxies.indexOf(task.nsproxy) : -1;
        return to < 0 ? null : <path key={ref} class={`task-wire t${shapeOf(ref).tone}${task?.counted ? '' : ' copied'}`} d={`M${LABEL - 14} ${top + n * TASK + TASK / 2}H${x(to)}`} />;
      })}
      {places.nsproxies.map((ref, n) => proxies.has(ref) && <path key={ref} class="drop" d={`M${x(n)} ${top + TASK / 2}V${head}`} />)}
      {rows.flatMap(({ ref, lines, y: at }) => {
        const ns = shown.get(ref);
        if (!ns) return [];
        const made = changes.get(ref)?.made ? ' made' : '';
        const end = boxes - 7;
        if (lines.length === 0) {
          const { marks, more } = usersOf(ref);
          const from = LABEL + marks.length * MARK + (more > 0 ? 2 * MARK : 4);
          return [<path key={ref} class="wire user" d={`M${from} ${at + LINE / 2}H${end}`} />, <path key={`${ref}>`} class="arrow" d={`M${end} ${at + LINE / 2 - 4}l7 4-7 4z`} />];
        }
        return lines.flatMap(({ slot, y: line }) => {
          const first = places.nsproxies.findIndex((proxy) => proxies.get(proxy)?.slots[slot] === ref);
          if (first < 0) return [<path key={`${ref}${slot}`} class="wire stub" d={`M${end - 14} ${line}H${end}`} />];
          return [<path key={`${ref}${slot}`} class={`wire${made}${selected === ref ? ' selected' : ''}`} d={`M${x(first)} ${line}H${end}`} />, <path key={`${ref}${slot}>`} class={`arrow${made}`} d={`M${end} ${line - 4}l7 4-7 4z`} />];
        });
      })}
    </svg>
    <span class="caption" style={{ left: '0px', top: '0px' }}>{t('Tasks')}</span>
    <span class="caption" style={{ left: `${LABEL}px`, top: '0px' }}>{t('nsproxy: one shape = one counted task')}</span>
    {places.tasks.map((ref, n) => {
      const task = tasks.get(ref);
      if (!task) return null;
      const change = changes.get(ref);
      const hollow = task.state === 'being built' || task.state === 'zombie';
      return <button key={ref} type="button" class={`task t${shapeOf(ref).tone}${ref === current ? ' current' : ''}${change?.made ? ' made' : ''}${selected === ref ? ' selected' : ''}`}
        style={place(0, top + n * TASK + 1, LABEL - 16, TASK - 3)} data-ref={ref} onClick={pick(ref)} aria-description={sayTask(task, picture)}>
        <Glyph task={ref} hollow={hollow} /><b>{task.comm}</b><span class="dim">{task.pids[0] ?? '–'}</span><span class="state">{stateWord(task.state)}</span>
      </button>;
    })}
    {places.tasks.map((ref, n) => {
      const task = tasks.get(ref);
      if (!task) return null;
      const to = task.nsproxy ? places.nsproxies.indexOf(task.nsproxy) : -1;
      const at = top + n * TASK + TASK / 2;
      if (to < 0) return <span key={ref} class="note" style={{ left: `${LABEL}px`, top: `${at - 8}px` }}>nsproxy = NULL</span>;
      return <span key={ref} class={`mark${changes.get(ref)?.nsproxy ? ' moved' : ''}`} style={{ left: `${x(to) - 9}px`, top: `${at - 9}px` }}><Glyph task={ref} hollow={!task.counted} dashed={!task.counted} /></span>;
    })}
    {places.nsproxies.map((ref, n) => {
      const proxy = proxies.get(ref);
      const change = changes.get(ref);
      if (!proxy && !change?.freed) return null;
      return <button key={ref} type="button" class={`proxy${change?.made ? ' made' : ''}${proxy ? '' : ' freed'}${selected === ref ? ' selected' : ''}`} style={place(x(n) - column / 2 + 3, head, column - 6, rule - head)}
        data-ref={ref} onClick={pick(ref)} aria-description={proxy ? sayProxy(proxy, picture) : t('{0}, freed', nameOf(ref, picture))}>
        <span class="title"><b>{column > 80 ? 'nsproxy ' : ''}{ref.slice(ref.indexOf(':') + 1)}</b>{proxy ? <Count n={proxy.count} change={change} word={column > 66 ? t('count') : ''} /> : <span class="tag gone">{t('FREED')}</span>}</span>
        {change?.made && <span class="tag new">{t('NEW')}</span>}
        {proxy?.others.map((other) => <span key={other.slot} class="held">{other.slot}</span>)}
      </button>;
    })}
    {bands.map(({ type, from, to }) => <span key={type} class="band" style={place(0, from, boxes - 8, to - from)} />)}
    {bands.flatMap(({ type, from }) => slotsOfType(picture.slots, type).map((slot, n) => <code key={slot} class="slot" style={place(0, from + n * LINE, LABEL - 8, LINE)}>{slot}</code>))}
    {rows.flatMap(({ ref, lines }) => lines.flatMap(({ slot, y: line }) => places.nsproxies.flatMap((proxy, n) => {
      if (proxies.get(proxy)?.slots[slot] !== ref) return [];
      const change = changes.get(proxy);
      const moved = change?.slots?.has(slot) ? ' moved' : change?.made ? ' added' : '';
      const ns = shown.get(ref);
      return [<span key={`${proxy}${slot}${ref}`} class={`dot${ns?.initial ? ' first' : ''}${moved}`} style={{ left: `${x(n) - 9}px`, top: `${line - 9}px` }} aria-hidden="true">{ns?.letter}</span>];
    })))}
    {places.nsproxies.flatMap((proxy, n) => bands.flatMap(({ type, from }) => slotsOfType(picture.slots, type).flatMap((slot, i) => {
      const of = proxies.get(proxy);
      return of && of.slots[slot] === null ? [<span key={`${proxy}${slot}`} class="unset" style={place(x(n) - column / 2, from + i * LINE + 5, column, 16)}><i>{t('not set')}</i></span>] : [];
    })))}
    <span class="caption" style={{ left: `${boxes}px`, top: `${head + 30}px`, width: `${box - 4}px` }}>{t('Namespaces')}<span>{t('count')}</span></span>
    {rows.map(({ ref, y: at, lines }) => {
      const ns = shown.get(ref);
      const change = changes.get(ref);
      const place_ = place(boxes, at + 2, box - 2, Math.max(1, lines.length) * LINE - 4);
      if (!ns) return change?.freed ? <span key={ref} class="ns freed" style={place_}><b>{nameOf(ref, picture)}</b><span class="tag gone">{t('FREED')}</span></span> : null;
      return <button key={ref} type="button" class={`ns${change?.made ? ' made' : ''}${change?.text ? ' written' : ''}${selected === ref ? ' selected' : ''}`} style={place_} data-ref={ref} onClick={pick(ref)} aria-description={sayNamespace(ns, picture)}>
        <span class={`letter${ns.initial ? ' first' : ''}`}>{ns.letter}</span><b>{namespaceName(ns)}</b>
        {ns.inode !== 0 && <span class="dim number">{box > 300 ? ns.inode : `…${String(ns.inode).slice(-4)}`}</span>}
        <span class="text">{ns.text}</span>{change?.made && <span class="tag new">{t('NEW')}</span>}<Count n={ns.count} change={change} />
      </button>;
    })}
    {users.map(({ ref }, n) => {
      const row = rows.find((each) => each.ref === ref);
      if (!row || !shown.has(ref)) return null;
      return <span key={ref} class="users">
        {n === 0 && <code class="slot" style={place(0, row.y, LABEL - 8, LINE)}>cred→user_ns</code>}
        {usersOf(ref).more > 0 && <span class="more" style={{ left: `${LABEL + usersOf(ref).marks.length * MARK}px`, top: `${row.y + LINE / 2 - 8}px` }}>+{usersOf(ref).more}</span>}
        {usersOf(ref).marks.map((task, i) => <span key={task.ref} class="mark small" style={{ left: `${LABEL + i * MARK}px`, top: `${row.y + LINE / 2 - 6}px` }}><Glyph task={task.ref} size={11} hollow={task.state === 'zombie' || task.state === 'being built'} /></span>)}
      </span>;
    })}
    <span class="rule" style={{ top: `${rule}px`, width: `${boxes - 8}px` }} />
  </div>;
}
