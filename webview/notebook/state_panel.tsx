import { useRef, useState } from 'preact/hooks';
import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import type { CallNode } from '../../simulator/timeline/call_nodes.ts';
import type { Moment } from '../../simulator/timeline/moment.ts';
import type { ProgramState, Variable } from '../../simulator/timeline/program_state.ts';
import type { Recorded } from './engine.ts';
import { Glyph } from './glyph.tsx';
import { nameOf } from './names.ts';
import { Tabs } from './tabs.tsx';
import { Terminal } from './terminal.tsx';
import type { Typing } from './terminal_input.tsx';
import { waitingText } from './terminal_input.tsx';
import { t } from './words.ts';

export type StateTab = 'terminal' | 'variables' | 'descriptors' | 'ns' | 'pids' | 'calls';

interface Props {
  readonly moment: Moment;
  readonly recorded: Recorded;
  /** Null: nobody types into this program. */
  readonly typing: Typing | null;
  readonly tab: StateTab;
  readonly onTab: (tab: StateTab) => void;
  readonly onWatch: (task: Ref | null) => void;
  readonly onNext: (task: Ref) => void;
  readonly onSeek: (tick: number) => void;
  readonly onSelect: (ref: Ref) => void;
}

/** What the program knows and has printed, and where the system call is: one of several lists at a time. */
export function StatePanel({ moment, recorded, typing, tab, onTab, onWatch, onNext, onSeek, onSelect }: Props) {
  const tabs: readonly { readonly id: StateTab; readonly label: string }[] = [
    { id: 'terminal', label: t('Terminal') }, { id: 'variables', label: t('Variables') }, { id: 'descriptors', label: t('Descriptors') },
    { id: 'ns', label: '/proc/PID/ns' }, { id: 'pids', label: t('PID levels') }, { id: 'calls', label: t('Call tree') },
  ];
  const { watched, picture, task } = moment;
  const nameOfTask = (ref: Ref): string => (picture.tasks.some((one) => one.ref === ref) ? nameOf(ref, picture) : recorded.names[ref] ?? nameOf(ref, picture));
  const others = tab === 'variables' || tab === 'descriptors' || tab === 'ns';
  return <div class="pane state-panel">
    <Tabs label={t('State of the program')} tabs={tabs} chosen={tab} onChoose={onTab}>
      {others && <span class="watch"><label class="field">{t('Task')} <select value={watched.task} onChange={(event) => { onWatch(event.currentTarget.value === task ? null : event.currentTarget.value); }}>
        {picture.tasks.map(({ ref }) => <option key={ref} value={ref}>{nameOf(ref, picture)}</option>)}</select></label>
        {watched.task !== task && picture.tasks.some((one) => one.ref === watched.task && (one.state === 'ready' || one.state === 'running'))
          && <button type="button" class="link" title={t('What was recorded after this step is forgotten, and this task runs first: shows what a race can do')} onClick={() => { onNext(watched.task); }}>{t('Let it run next')}</button>}</span>}
    </Tabs>
    <p class="spoken" role="status">{typing && moment.waiting ? waitingText(moment.waiting, nameOfTask) : ''}</p>
    <div class={`state-body ${tab}`} role="tabpanel" aria-label={tabs.find(({ id }) => id === tab)?.label} tabIndex={tab === 'terminal' ? undefined : 0}>
      {tab === 'terminal' && <Terminal moment={moment} recorded={recorded} typing={typing} nameOf={nameOfTask} onSeek={onSeek} />}
      {tab === 'variables' && <Variables key={watched.task} state={watched.program} />}
      {tab === 'descriptors' && <Descriptors state={watched.program} />}
      {tab === 'ns' && <ProcNs picture={picture} task={watched.task} onSelect={onSelect} />}
      {tab === 'pids' && <PidLevels picture={picture} />}
      {tab === 'calls' && <CallTree nodes={moment.calls} at={moment.tick} onSeek={onSeek} />}
    </div>
  </div>;
}

/** Bytes as they came, one character each, read as UTF-8; carriage returns are what a terminal makes of line ends. For a comparison line by line. */
export function terminalText(output: string): string {
  const bytes = Uint8Array.from(output, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes).replaceAll('\r\n', '\n') || ' ';
}

/** Every variable in scope, function by function, innermost first. What differs from the moment shown before is marked. */
function Variables({ state }: { readonly state: ProgramState | null }) {
  const last = useRef<{ of: ProgramState; texts: ReadonlyMap<string, string>; changed: ReadonlySet<string> } | null>(null);
  if (!state) return <p class="hint">{t('This task runs no program now.')}</p>;
  if (last.current?.of !== state) {
    const texts = textsOf(state);
    const old = last.current?.texts;
    last.current = { of: state, texts, changed: new Set(old ? [...texts].filter(([path, text]) => old.get(path) !== text).map(([path]) => path) : []) };
  }
  const { changed } = last.current;
  const rows = (all: readonly Variable[], path: string) => all.map((one) => <VariableRow key={one.name} of={one} path={`${path}/${one.name}`} depth={0} changed={changed} />);
  return <table class="variables"><tbody>
    {state.frames.map((frame, n) => {
      const path = `${state.frames.length - n}:${frame.fn}`;
      return [<tr key={path} class="frame"><th colSpan={3} scope="rowgroup"><code>{frame.fn}()</code> <span class="dim">{frame.line > 0 ? t('line {0}', frame.line) : ''}{frame.signal === null ? '' : ` ${t('handles signal {0}', frame.signal)}`}</span></th></tr>,
        ...rows([...frame.arguments, ...frame.locals], path)];
    })}
    {state.globals.length > 0 && <tr class="frame"><th colSpan={3} scope="rowgroup">{t('Global')}</th></tr>}
    {rows(state.globals, 'global')}
    {state.errno !== null && <tr><th scope="row"><code>errno</code></th><td><code class={changed.has('errno') ? 'changed' : ''}>{state.errno}</code></td><td class="dim">int</td></tr>}
  </tbody></table>;
}

function textsOf(state: ProgramState): Map<string, string> {
  const texts = new Map<string, string>();
  const add = (all: readonly Variable[], path: string): void => {
    for (const { name, text, parts } of all) {
      texts.set(`${path}/${name}`, text);
      add(parts, `${path}/${name}`);
    }
  };
  state.frames.forEach((frame, n) => { add([...frame.arguments, ...frame.locals], `${state.frames.length - n}:${frame.fn}`); });
  add(state.globals, 'global');
  texts.set('errno', state.errno ?? '');
  return texts;
}

function VariableRow({ of, path, depth, changed }: { readonly of: Variable; readonly path: string; readonly depth: number; readonly changed: ReadonlySet<string> }) {
  const [open, setOpen] = useState(false);
  const fold = of.parts.length > 0;
  const mark = changed.has(path);
  return <>
    <tr><th scope="row" style={{ paddingInlineStart: `${8 + depth * 14}px` }}>
      {fold ? <button type="button" class="fold" aria-expanded={open} onClick={() => { setOpen(!open); }}><span aria-hidden="true">{open ? '▾' : '▸'}</span><code>{of.name}</code></button> : <code>{of.name}</code>}</th>
      <td><code class={mark ? 'changed' : ''}>{of.text}</code>{mark && <span class="spoken">, {t('changed')}</span>}</td><td class="dim" title={`0x${of.address.toString(16)}, ${of.type}`}>{of.type}</td></tr>
    {open && of.parts.map((part) => <VariableRow key={part.name} of={part} path={`${path}/${part.name}`} depth={depth + 1} changed={changed} />)}
    {open && of.more > 0 && <tr><td /><td class="dim">{t('and {0} more', of.more)}</td><td /></tr>}
  </>;
}

function Descriptors({ state }: { readonly state: ProgramState | null }) {
  if (!state || state.descriptors.length === 0) return <p class="hint">{t('It has no descriptors.')}</p>;
  return <table class="variables"><tbody>{state.descriptors.map(({ fd, path, closeOnExec, position }) => <tr key={fd}><th scope="row"><code>{fd}</code></th><td><code>{path}</code></td>
    <td class="dim">{position > 0 ? t('at byte {0}', position) : ''}{closeOnExec ? ` ${t('closed on exec')}` : ''}</td></tr>)}</tbody></table>;
}

/** What `ls -l /proc/PID/ns` says: which namespaces the task is in. */
function ProcNs({ picture, task, onSelect }: { readonly picture: Picture; readonly task: Ref; readonly onSelect: (ref: Ref) => void }) {
  const of = picture.tasks.find(({ ref }) => ref === task);
  const proxy = picture.nsproxies.find(({ ref }) => ref === of?.nsproxy);
  if (!of || !proxy) return <p class="hint">{t('It has no namespaces any more: its nsproxy is NULL.')}</p>;
  const named: readonly (readonly [string, Ref | null | undefined])[] = [
    ...Object.entries(proxy.slots).filter(([slot]) => slot !== 'pid_ns_for_children').map(([slot, ref]) => [slot.replace(/_ns(_for_children)?$/, '$1'), ref] as const),
    ['pid', of.pidNamespace], ['pid_for_children', proxy.slots.pid_ns_for_children], ['user', of.user],
  ];
  return <table class="variables"><tbody>{[...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, ref]) => {
    const ns = picture.namespaces.find((each) => each.ref === ref);
    return <tr key={name}><th scope="row"><code>{name}</code></th><td>{ns ? <button type="button" class="link" onClick={() => { onSelect(ns.ref); }}><code>{ns.inode === 0 ? `${ns.type} ${ns.letter}` : `${ns.type}:[${ns.inode}]`}</code></button> : '–'}</td>
      <td class="dim">{ns ? `${ns.type} ${ns.letter} ${ns.text}` : ''}</td></tr>;
  })}</tbody></table>;
}

/** A task has one number in its own pid namespace and in each above it; further in it is not seen. */
function PidLevels({ picture }: { readonly picture: Picture }) {
  const levels = Array.from({ length: Math.max(1, ...picture.tasks.map(({ pids }) => pids.length)) }, (_, n) => n);
  return <table class="variables levels"><thead><tr><th scope="col">{t('task')}</th>{levels.map((n) => <th key={n} scope="col">{t('level {0}', n)}</th>)}<th scope="col">{t('lives in')}</th></tr></thead>
    <tbody>{picture.tasks.map((task) => <tr key={task.ref}><th scope="row"><Glyph task={task.ref} size={10} /> {task.comm}</th>
      {levels.map((n) => <td key={n}>{task.pids[n] ?? <span class="dim">{task.pids.length === 0 ? '–' : t('not seen')}</span>}</td>)}
      <td class="dim">{task.pidNamespace ? nameOf(task.pidNamespace, picture) : ''}</td></tr>)}</tbody></table>;
}

/** The system call from its first function to its last, also what is still to come; a click goes there. */
function CallTree({ nodes, at, onSeek }: { readonly nodes: readonly CallNode[]; readonly at: number; readonly onSeek: (tick: number) => void }) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  if (nodes.length === 0) return <p class="hint">{t('No system call is under way. “Into” goes on into the kernel when the program calls it.')}</p>;
  const now = nodes.findLastIndex(({ from, to }) => from <= at && at < to);
  let hidden = Infinity;
  const rows = nodes.flatMap((node, n) => {
    if (node.depth > hidden) return [];
    hidden = folded.has(n) ? node.depth : Infinity;
    const state = at < node.from ? 'later' : at < node.to ? 'open' : 'done';
    const toggle = (): void => {
      const next = new Set(folded);
      if (!next.delete(n)) next.add(n);
      setFolded(next);
    };
    return [<li key={n} class={`${state}${n === now ? ' now' : ''}`} style={{ paddingInlineStart: `${6 + node.depth * 14}px` }} aria-current={n === now ? 'step' : undefined}>
      {node.leaf ? <span class="fold" aria-hidden="true" /> : <button type="button" class="fold" aria-expanded={!folded.has(n)} aria-label={t('Functions that {0} calls', node.fn)} onClick={toggle}>{folded.has(n) ? '▸' : '▾'}</button>}
      <button type="button" class="link" onClick={() => { onSeek(node.from); }} title={node.file}><code>{node.fn}()</code></button>
      {state === 'done' && node.result !== null && <span class={node.failed ? 'failed' : 'dim'}>= {node.result}</span>}
      {state === 'open' && <span class="dim">{n === now ? t('is here') : t('waits')}</span>}
    </li>];
  });
  return <ol class="call-tree">{rows}</ol>;
}
