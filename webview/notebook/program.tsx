import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import type { Version } from '../../simulator/kernel/version.ts';
import { VERSIONS } from '../../simulator/kernel/version.ts';
import type { Step } from '../../simulator/timeline/walk.ts';
import { chipsOf } from './chips.ts';
import { diff } from './diff.ts';
import { ProgramEditor } from './editor.tsx';
import type { Files } from './engine.ts';
import { Engine } from './engine.ts';
import { Glyph } from './glyph.tsx';
import { Inspector } from './inspector.tsx';
import { Lanes } from './lanes.tsx';
import { KernelListing } from './listing.tsx';
import { nameOf } from './names.ts';
import type { Cell } from './parse.ts';
import { NO_PLACES, Wires, withPlaces } from './wires.tsx';

interface Props {
  readonly cell: Extract<Cell, { kind: 'program' }>;
  readonly files: Files;
  readonly nonce: string;
  readonly onChange: (text: string) => void;
}

const BUTTONS: readonly { readonly step: Step | 'start' | 'end'; readonly label: string; readonly key: string; readonly sign: string }[] = [
  { step: 'start', label: 'To start', key: 'Alt+Home', sign: '⇤' }, { step: 'backOut', label: 'Back out', key: 'Alt+Shift+PageUp', sign: '↥' }, { step: 'back', label: 'Back', key: 'Alt+PageUp', sign: '←' },
  { step: 'over', label: 'Over', key: 'Alt+O', sign: '↷' }, { step: 'into', label: 'Into', key: 'Alt+PageDown', sign: '→' }, { step: 'out', label: 'Out', key: 'Alt+Shift+PageDown', sign: '↧' }, { step: 'end', label: 'To end', key: 'Alt+End', sign: '⇥' },
];

/** A program cell: its text, and when it has run, every moment of it. */
export function ProgramCell({ cell, files, nonce, onChange }: Props) {
  const engine = useMemo(() => new Engine(files), [files]);
  useEffect(() => () => { engine.dispose(); }, [engine]);
  const { attributes } = cell;
  const [kernel, setKernel] = useState<Version>(VERSIONS.find((one) => one === attributes.kernel) ?? '6.18');
  const [uid, setUid] = useState<0 | 1000>(attributes.uid);
  const [enter, setEnter] = useState(true);
  const [selected, setSelected] = useState<Ref | null>(null);
  const [ran, setRan] = useState<string | null>(null);
  const state = engine.state.value;
  const { moment, before, recorded, phase } = state;
  const places = useRef(NO_PLACES);
  if (phase === 'loading') places.current = NO_PLACES;
  if (moment) places.current = withPlaces(places.current, moment.picture);
  const changes = useMemo(() => diff(before?.picture ?? null, moment?.picture ?? EMPTY), [moment, before]);
  const run = (): void => {
    setSelected(null);
    setRan(cell.text);
    void engine.run({ file: attributes.name, text: cell.text, args: attributes.args, uid, kernel, stdin: attributes.stdin, before: attributes.before, privateRoot: attributes.privateRoot });
  };
  const go = (step: (typeof BUTTONS)[number]['step']): void => {
    if (!recorded) return;
    if (step === 'start') engine.seek(recorded.start);
    else if (step === 'end') engine.seek(recorded.end);
    else engine.step(step, enter);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const pressed = `Alt+${event.shiftKey ? 'Shift+' : ''}${event.key.length === 1 ? event.key.toUpperCase() : event.key}`;
    const found = BUTTONS.find(({ key }) => key === pressed);
    if (!found || !recorded) return;
    event.preventDefault();
    go(found.step);
  };
  const stale = ran !== null && ran !== cell.text;
  const said = moment?.sentence ?? (moment ? { what: userSentence(moment, cell.text), why: moment.call === null ? '' : `It is in ${moment.call}.` } : null);
  return <section class="program-cell" onKeyDown={onKey} aria-label={`Program ${attributes.name}`}>
    <header class="cell-bar">
      <b>C</b><b>{attributes.name}</b>
      {phase === 'running' || phase === 'loading'
        ? <button type="button" class="button secondary" onClick={() => { engine.stop(); }}>■ Stop</button>
        : <button type="button" class="button" onClick={run} title="Ctrl+Enter in the program">▶ {recorded ? 'Run again' : 'Run'}</button>}
      <label class="field">Kernel <select value={kernel} onChange={(event) => { setKernel(event.currentTarget.value as Version); }}>{VERSIONS.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>
      <span class="segments" role="radiogroup" aria-label="Run as">
        {([0, 1000] as const).map((id) => <button key={id} type="button" role="radio" aria-checked={uid === id} onClick={() => { setUid(id); }}>{id === 0 ? 'root' : 'uid 1000'}</button>)}
      </span>
      {attributes.args.length > 0 && <span class="dim">args: {attributes.args.join(' ')}</span>}
      <span class="space" />
      <span class="dim" role="status">{statusOf(state, stale)}</span>
    </header>
    {cell.faults.map((fault) => <p key={fault} class="fault">{fault}</p>)}
    {state.why !== null && <p class="fault">{state.why}</p>}
    {phase === 'refused' && state.said.map((one) => <p key={`${one.line}:${one.column}:${one.message}`} class="fault">line {one.line}: {one.severity}: {one.message}{one.hint === null ? '' : ` (${one.hint})`}</p>)}
    {recorded && moment && <div class="transport">
      <div class="buttons" role="toolbar" aria-label="Step">
        {BUTTONS.map(({ step, label, key, sign }) => <button key={step} type="button" class="step" onClick={() => { go(step); }} aria-keyshortcuts={key} title={`${label} (${key})`}><span aria-hidden="true">{sign}</span>{label}<small>{key.replace('PageUp', 'PgUp').replace('PageDown', 'PgDn').replace('Shift+', '⇧')}</small></button>)}
        <label class="toggle"><input type="checkbox" checked={enter} onChange={(event) => { setEnter(event.currentTarget.checked); }} />Enter the kernel</label>
      </div>
      <Lanes start={recorded.start} end={recorded.end} at={moment.tick} stretches={recorded.stretches} calls={recorded.calls} names={recorded.names} said={`Step ${moment.tick - recorded.start} of ${recorded.end - recorded.start}. ${said?.what ?? ''}`} onSeek={(tick) => { engine.seek(tick); }} />
      <span class="dim number">{moment.tick - recorded.start} / {recorded.end - recorded.start}</span>
    </div>}
    {moment && said && <div class="sentence">
      <div aria-live="polite"><h2>{said.what}</h2>{said.why !== '' && <p><b>Why:</b> {said.why}</p>}</div>
      <ul class="chips">{chipsOf(changes, moment.picture, before?.picture ?? null).map(({ text, kind, ref }) => <li key={text}><button type="button" class={`chip ${kind}`} onClick={() => { setSelected(ref); }}>{text}</button></li>)}</ul>
    </div>}
    {moment && <nav class="crumbs" aria-label="Call stack">
      <Glyph task={moment.task} /><b>{nameOf(moment.task, moment.picture)}</b>
      {moment.stack.map(({ fn, side, line }, n) => <span key={n} class={`crumb ${side}${n === moment.stack.length - 1 ? ' top' : ''}`}>
        {side === 'kernel' && moment.stack[n - 1]?.side !== 'kernel' && <em class="wall">kernel</em>}<code>{fn}{side === 'user' && line > 0 ? `:${line}` : ''}</code></span>)}
    </nav>}
    <div class={moment ? 'panes' : 'panes alone'}>
      <div class="left">
        <div class="code">
          <div class="pane"><ProgramEditor text={cell.text} label={`Program ${attributes.name}`} nonce={nonce} said={state.said} lines={stale ? {} : moment?.lines ?? {}} current={moment?.task ?? null} onChange={onChange} onRun={run} /></div>
          {moment && <div class="pane kernel"><KernelListing listing={moment.listing} version={kernel} /></div>}
        </div>
        {moment && <div class="pane terminal"><header><b>Terminal</b></header><pre>{terminalText(moment.output)}</pre></div>}
      </div>
      {moment && <div class="picture"><PictureFrame>{(width) => <>
        <Wires picture={moment.picture} places={places.current} changes={changes} current={moment.task} width={width} selected={selected} onSelect={setSelected} />
        <Inspector selected={selected} picture={moment.picture} />
      </>}</PictureFrame></div>}
    </div>
  </section>;
}

const EMPTY: Picture = { slots: [], tasks: [], nsproxies: [], namespaces: [] };

/** Measures how wide its content may be. */
function PictureFrame({ children }: { readonly children: (width: number) => preact.ComponentChildren }) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(620);
  useEffect(() => {
    if (!frame.current) return undefined;
    const observer = new ResizeObserver(([entry]) => { if (entry) setWidth(Math.max(420, Math.floor(entry.contentRect.width))); });
    observer.observe(frame.current);
    return () => { observer.disconnect(); };
  }, []);
  return <div ref={frame}>{children(width)}</div>;
}

function statusOf(state: Engine['state']['value'], stale: boolean): string {
  switch (state.phase) {
    case 'idle': return '';
    case 'loading': return 'starting the simulator…';
    case 'running': return `running: ${state.statements.toLocaleString('en')} statements`;
    case 'refused': return 'did not run';
    case 'recorded': return `${state.recorded?.exit ?? ''}${state.recorded && state.recorded.notSimulated.length > 0 ? `; not simulated: ${state.recorded.notSimulated.join(', ')}` : ''}${stale ? ' – the text has changed since' : ''}`;
  }
}

function userSentence({ lines, task, stack, call }: { readonly lines: Readonly<Record<Ref, number>>; readonly task: Ref; readonly stack: readonly { readonly fn: string }[]; readonly call: string | null }, text: string): string {
  const line = lines[task];
  if (line === undefined) return call === null ? 'The program has not begun, or has ended.' : `The task is in ${call}.`;
  const source = text.split('\n')[line - 1]?.trim() ?? '';
  return `${stack.at(-1)?.fn ?? 'The program'} is about to run line ${line}: ${source}`;
}

/** Bytes as they came, one character each, read as UTF-8; carriage returns are what a terminal makes of line ends. */
function terminalText(output: string): string {
  const bytes = Uint8Array.from(output, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes).replaceAll('\r\n', '\n') || ' ';
}
