import type { Picture, Ref, Slot, TaskShown } from '../../simulator/picture/picture.ts';
import { Count } from './count.tsx';
import { Glyph } from './glyph.tsx';
import { nameOf, namespaceName, shapeOf } from './names.ts';
import { sayNamespace, sayProxy, sayTask, stateWord } from './say.ts';
import type { ViewProps } from './views.ts';
import { t } from './words.ts';

interface Column { readonly id: Slot | 'nsproxy' | 'pid' | 'user'; readonly title: string; readonly note: string; readonly of: (task: TaskShown, picture: Picture) => Ref | null }

/** Who shares what with whom: a row for each task, a column for each pointer; neighbours in the same namespace share one block. */
export function TableView({ picture, places, changes, current, selected, onSelect }: ViewProps) {
  const tasks = places.tasks.flatMap((ref) => picture.tasks.find((task) => task.ref === ref) ?? []);
  const columns = columnsOf(picture);
  const used = new Set(tasks.flatMap((task) => columns.map(({ of }) => of(task, picture))));
  const unused = picture.namespaces.filter(({ ref }) => !used.has(ref));
  const pick = (ref: Ref) => (): void => { onSelect(selected === ref ? null : ref); };
  return <div class="table-view">
    <div class="scroll-x" tabIndex={0} role="region" aria-label={t('Tasks and their namespaces')}>
      <table>
        <thead><tr><th scope="col"><span class="spoken">{t('task')}</span></th>{columns.map(({ id, title, note }) => <th key={id} scope="col"><code>{title}</code>{note !== '' && <small>{note}</small>}</th>)}</tr></thead>
        <tbody>{tasks.map((task, n) => <tr key={task.ref}>
          <th scope="row" class={`t${shapeOf(task.ref).tone}${task.ref === current ? ' current' : ''}${changes.get(task.ref)?.made ? ' made' : ''}`}>
            <button type="button" class={selected === task.ref ? 'selected' : ''} data-ref={task.ref} onClick={pick(task.ref)} aria-description={sayTask(task, picture)}>
              <Glyph task={task.ref} hollow={task.state === 'zombie' || task.state === 'being built'} /><b>{task.comm}</b> <span class="dim">{task.pids[0] ?? '–'}{task.threadOf === null ? '' : ` · ${t('thread of {0}', nameOf(task.threadOf, picture))}`}</span>
              <small>{stateWord(task.state)}</small></button></th>
          {columns.map((column) => {
            const ref = column.of(task, picture);
            const above = tasks[n - 1];
            if (above && ref !== null && column.of(above, picture) === ref) return null;
            let rows = 1;
            for (let next = tasks[n + rows]; ref !== null && next && column.of(next, picture) === ref; next = tasks[n + rows]) rows++;
            return <Cell key={column.id} of={ref} rows={rows} picture={picture} changed={changes.get(ref ?? '')} selected={selected} pick={pick}
              moved={column.id !== 'nsproxy' && task.nsproxy !== null && changes.get(task.nsproxy)?.slots?.has(column.id as Slot) === true} />;
          })}
        </tr>)}</tbody>
      </table>
    </div>
    {unused.length > 0 && <section><h4>{t('In use by no task')} <span class="dim">{t('alive for another reason')}</span></h4>
      <ul class="unused">{unused.map((ns) => <li key={ns.ref}><button type="button" class={`ns-chip${changes.get(ns.ref)?.made ? ' made' : ''}${selected === ns.ref ? ' selected' : ''}`} data-ref={ns.ref} onClick={pick(ns.ref)} aria-description={sayNamespace(ns, picture)}>
        <span class={`letter${ns.initial ? ' first' : ''}`}>{ns.letter}</span><b>{namespaceName(ns)}</b><span class="text">{ns.text}</span>
        <span class="dim">{ns.holders.map(({ by, slot }) => `${by ? nameOf(by, picture) : t('the kernel')} ${slot}`).join(', ')}</span><Count n={ns.count} change={changes.get(ns.ref)} /></button></li>)}</ul></section>}
  </div>;
}

function Cell({ of, rows, picture, changed, selected, moved, pick }: {
  readonly of: Ref | null; readonly rows: number; readonly picture: Picture; readonly changed: Parameters<typeof Count>[0]['change']; readonly selected: Ref | null; readonly moved: boolean;
  readonly pick: (ref: Ref) => () => void;
}) {
  if (of === null) return <td class="null"><em>NULL</em></td>;
  const proxy = picture.nsproxies.find(({ ref }) => ref === of);
  const ns = picture.namespaces.find(({ ref }) => ref === of);
  if (!proxy && !ns) return <td class="null"><em>{t('freed')}</em></td>;
  const letter = ns?.letter ?? String(proxy?.number);
  return <td rowSpan={rows} class={`block ${ns && !ns.initial ? `p${(letter.charCodeAt(letter.length - 1) - 65) % 4}` : 'p0'}${changed?.made ? ' made' : ''}${moved ? ' moved' : ''}`}>
    <button type="button" class={selected === of ? 'selected' : ''} data-ref={of} onClick={pick(of)} aria-description={ns ? sayNamespace(ns, picture) : proxy ? sayProxy(proxy, picture) : ''}>
      <span class="spoken">{ns ? ns.type : 'nsproxy'} </span><b>{letter}</b>{ns?.inode ? <span class="dim number">…{String(ns.inode).slice(-4)}</span> : null}
      {changed?.made && <span class="tag new">{t('NEW')}</span>}
      {ns ? <small>{ns.text}</small> : <small><Count n={proxy?.count ?? 0} change={changed} word={t('count')} /></small>}
    </button></td>;
}

function columnsOf(picture: Picture): Column[] {
  const proxyOf = (task: TaskShown, of: Picture) => of.nsproxies.find(({ ref }) => ref === task.nsproxy);
  const slots = picture.slots.map((slot): Column => ({
    id: slot, title: slot.replace('_for_children', ''), note: slot.endsWith('_for_children') ? t('for children') : '', of: (task, of) => proxyOf(task, of)?.slots[slot] ?? null,
  }));
  return [
    { id: 'nsproxy', title: 'nsproxy', note: '', of: (task) => task.nsproxy }, ...slots,
    { id: 'pid', title: 'pid', note: t('own, from struct pid'), of: (task) => task.pidNamespace },
    // in the article's kernel the user namespace is one of the slots
    ...picture.slots.includes('user_ns') ? [] : [{ id: 'user', title: 'user', note: t('from cred'), of: (task: TaskShown) => task.user } as const],
  ];
}
