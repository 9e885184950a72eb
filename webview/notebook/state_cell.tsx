import { useMemo, useState } from 'preact/hooks';
import type { HostState } from '../../simulator/kernel/host_state.ts';
import { BadState, parseState } from '../../simulator/run/state_file.ts';
import type { Cell } from './parse.ts';
import { t } from './words.ts';

interface Props {
  readonly cell: Extract<Cell, { kind: 'state' }>;
  readonly onChange: (text: string) => void;
}

/** A machine's state, with which programs of the notebook begin: what is in it, and its text. */
export function StateCell({ cell, onChange }: Props) {
  const { name } = cell;
  const read = useMemo(() => readState(cell.text), [cell.text]);
  const [editing, setEditing] = useState(false);
  return <section class="state-cell" aria-label={t('State {0}', name)}>
    <header class="cell-bar">
      <b>{t('State')}</b><b>{name}</b>
      {typeof read !== 'string' && <span class="dim">{t('{0} processes, {1} namespaces, {2} mounts', read.tasks.length, read.namespaces.length, read.namespaces.reduce((sum, { mounts }) => sum + (mounts?.length ?? 0), 0))}</span>}
      <span class="space" />
      <button type="button" class="icon-button" aria-expanded={editing} onClick={() => { setEditing(!editing); }}>{editing ? t('Hide its text') : t('Show its text')}</button>
    </header>
    {typeof read === 'string' && <p class="fault">{t('This state cannot be read: {0}', read)}</p>}
    {cell.faults.map((fault) => <p key={fault} class="fault">{fault}</p>)}
    {typeof read !== 'string' && !editing && <div class="state-tasks" tabIndex={0} role="group" aria-label={t('Processes')}><table><thead><tr><th scope="col">PID</th><th scope="col">PPID</th><th scope="col">uid</th><th scope="col">{t('Process')}</th><th scope="col">{t('Not in the initial')}</th></tr></thead>
      <tbody>{read.tasks.map((task, n) => <tr key={n}><td>{task.pids.join(' / ')}</td><td>{task.ppid}</td><td>{task.euid}</td><td><code>{task.comm}</code></td><td class="dim">{elsewhere(read, task)}</td></tr>)}</tbody></table></div>}
    {editing && <textarea class="markdown-source" aria-label={t('State {0}', name)} spellcheck={false} value={cell.text} rows={Math.min(30, cell.text.split('\n').length + 1)} onChange={(event) => { onChange(event.currentTarget.value); }} />}
  </section>;
}

/** What is wrong with it, where it is a text. */
function readState(text: string): HostState | string {
  try {
    return parseState(text);
  } catch (error) {
    if (error instanceof BadState) return error.message;
    throw error;
  }
}

/** Types of which a process is not in the initial namespace. */
function elsewhere({ namespaces }: HostState, { ns }: HostState['tasks'][number]): string {
  return namespaces.flatMap(({ type, inode, initial }) => (!initial && ns[type] === inode ? [type] : [])).sort().join(' ');
}
