import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Ref } from '../../simulator/picture/picture.ts';
import type { Moment } from '../../simulator/timeline/moment.ts';
import type { TerminalShown } from '../../simulator/timeline/terminals.ts';
import type { Recorded } from './engine.ts';
import { Glyph } from './glyph.tsx';
import { shapeOf } from './names.ts';
import { TerminalInput, TypedSoFar } from './terminal_input.tsx';
import type { Typing } from './terminal_input.tsx';
import { linesOf, writersOf } from './terminal_lines.ts';
import type { Run } from './terminal_lines.ts';
import { t } from './words.ts';

interface Props {
  readonly moment: Moment;
  readonly recorded: Recorded;
  /** Null: nobody types into this program. */
  readonly typing: Typing | null;
  readonly nameOf: (task: Ref) => string;
  readonly onSeek: (tick: number) => void;
}

/** More lines than these are not drawn until they are asked for. */
const MOST_LINES = 1_000;

/** What is on the terminals at this moment, who wrote it, and the line in which one types. */
export function Terminal({ moment, recorded, typing, nameOf, onSeek }: Props) {
  const [name, setName] = useState<string | null>(null);
  const [only, setOnly] = useState<Ref | null>(null);
  const { terminals } = moment;
  const shown = terminals.find((one) => one.name === name) ?? terminals[0];
  const writers = writersOf(shown);
  const choices = only === null || writers.includes(only) ? writers : [...writers, only];
  const screen = useRef<HTMLDivElement>(null);
  return <div class="terminal">
    {(terminals.length > 1 || choices.length > 0) && <div class="terminal-bar">
      {terminals.length > 1 && <label class="field">{t('On')} <select aria-label={t('Terminal')} value={shown.name} onChange={(event) => { setName(event.currentTarget.value); setOnly(null); }}>
        {terminals.map((one) => <option key={one.name} value={one.name}>{labelOf(one)}</option>)}</select></label>}
      {choices.length > 0 && <Writers choices={choices} chosen={only} nameOf={nameOf} onChoose={setOnly} />}
    </div>}
    <Screen screen={screen} of={shown} only={only} many={writers.length > 1} nameOf={nameOf} />
    {typing && shown.what === 'console' && <TerminalInput moment={moment} recorded={recorded} typing={typing} nameOf={nameOf} onSeek={onSeek} onOver={() => { screen.current?.focus(); }} />}
    {typing && recorded.typed.length > 0 && <TypedSoFar moment={moment} recorded={recorded} typing={typing} onSeek={onSeek} />}
  </div>;
}

function labelOf({ name, what, gone }: TerminalShown): string {
  const kind = what === 'console' ? t('the program’s terminal') : what === 'pty' ? t('pseudo terminal') : t('of a command started before');
  return gone ? t('{0}: {1}, closed', name, kind) : t('{0}: {1}', name, kind);
}

/** Whose text is shown: everybody's, or one task's. Arrows go along, as among radio buttons. */
function Writers({ choices, chosen, nameOf, onChoose }: { readonly choices: readonly Ref[]; readonly chosen: Ref | null; readonly nameOf: (task: Ref) => string; readonly onChoose: (task: Ref | null) => void }) {
  const all: readonly (Ref | null)[] = [null, ...choices];
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const to = (all.indexOf(chosen) + by + all.length) % all.length;
    onChoose(all[to] ?? null);
    (event.currentTarget as HTMLElement).querySelectorAll('button')[to]?.focus();
  };
  return <span class="writers" role="radiogroup" aria-label={t('Written by')} onKeyDown={onKey}>
    {all.map((task) => <button key={task} type="button" role="radio" aria-checked={task === chosen} tabIndex={task === chosen ? 0 : -1} onClick={() => { onChoose(task); }}>
      {task === null ? t('All') : <><Glyph task={task} size={10} />{nameOf(task)}</>}</button>)}
  </span>;
}

/** The text itself. `many`: several tasks wrote it, so their marks stand before their lines. */
function Screen({ screen, of, only, many, nameOf }: { readonly screen: { current: HTMLDivElement | null }; readonly of: TerminalShown; readonly only: Ref | null; readonly many: boolean; readonly nameOf: (task: Ref) => string }) {
  const [whole, setWhole] = useState(false);
  const lines = useMemo(() => linesOf(of, only), [of.text, of.parts.length, of.name, only]);
  // a terminal shows its end
  useEffect(() => { if (screen.current) screen.current.scrollTop = screen.current.scrollHeight; }, [lines]);
  const left = whole ? 0 : Math.max(0, lines.length - MOST_LINES);
  const marks = many && only === null;
  let writer = '';
  const runOf = (run: Run, n: number) => {
    const now = `${run.task ?? ''} ${run.stream}`;
    const says = now === writer ? '' : run.stream === 'terminal' ? t('typed:') : [...many ? [nameOf(run.task ?? '')] : [], ...run.stream === 'stderr' ? ['stderr'] : []].join(' ').concat(many || run.stream === 'stderr' ? ':' : '');
    writer = now;
    return <span key={n} class={`${run.stream}${run.control ? ' control' : ''}`} title={run.stream === 'terminal' ? t('typed, as the terminal echoes it') : `${nameOf(run.task ?? '')}, ${run.stream}`}>{says !== '' && <span class="spoken">{says} </span>}{run.text}</span>;
  };
  return <div class="screen" ref={screen} tabIndex={0} role="group" aria-label={t('Text on {0}', of.name)}>
    {left > 0 && <p class="hint">{t('{0} lines above are not shown.', left)} <button type="button" class="link" onClick={() => { setWhole(true); }}>{t('Show all')}</button></p>}
    {lines.length === 0 && <p class="dim">{only === null ? t('Nothing yet.') : t('{0} has written nothing here by now.', nameOf(only))}</p>}
    {lines.slice(left).map(({ runs }, n) => <div key={n} class={marks ? 'row marked' : 'row'}>
      {marks && <Marks runs={runs} />}<span>{runs.length === 0 ? '\n' : runs.map(runOf)}</span></div>)}
  </div>;
}

/** Who wrote in this line: one mark each. */
function Marks({ runs }: { readonly runs: readonly Run[] }) {
  const tasks = [...new Set(runs.flatMap(({ task }) => task ?? []))];
  return <span class="who" aria-hidden="true">{tasks.map((task) => <i key={task} class={`t${shapeOf(task).tone}`}><Glyph task={task} size={9} /></i>)}</span>;
}
