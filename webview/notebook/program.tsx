import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Ref } from '../../simulator/picture/picture.ts';
import { DEFAULT_VERSION, VERSIONS } from '../../simulator/kernel/version.ts';
import type { Ended, ProgramToRun } from '../../simulator/protocol.ts';
import type { Moment } from '../../simulator/timeline/moment.ts';
import type { Action } from './actions.ts';
import { actionOf } from './actions.ts';
import { asksIn, questionFrom, withoutAsk } from './ask.ts';
import type { AttributeName } from './attributes.ts';
import { chipsOf } from './chips.ts';
import { joinWords } from './command_words.ts';
import { diff } from './diff.ts';
import { ProgramEditor } from './editor.tsx';
import type { Files, Recorded, RunState } from './engine.ts';
import { Engine } from './engine.ts';
import { exportedPage } from './exported_page.ts';
import { Glyph } from './glyph.tsx';
import { Help } from './help.tsx';
import { tellHost } from './host.ts';
import type { KeptCell } from './kept.ts';
import { linkHover } from './hover.ts';
import { hashOf } from './kept.ts';
import { KernelListing } from './listing.tsx';
import { nameOf } from './names.ts';
import type { Cell } from './parse.ts';
import { PicturePane } from './picture_pane.tsx';
import { NO_PLACES, withPlaces } from './places.ts';
import { questionOf, type Ahead, type Question } from './predict.ts';
import { Prediction } from './prediction.tsx';
import type { Real } from './real.tsx';
import { Comparison } from './real.tsx';
import { CellSettings } from './settings.tsx';
import { ShareContext } from './share.tsx';
import { StatePanel, terminalText } from './state_panel.tsx';
import type { Typing } from './terminal_input.tsx';
import { SPEEDS, Transport } from './transport.tsx';
import { stdinOf } from './typed_text.ts';
import { t } from './words.ts';

/** What VS Code's own commands and links ask of the cell that was used last. `to`: the step to be at. */
export interface Asked { readonly action: Action | null; readonly cell: string | null; readonly to: number | null; readonly n: number }
export const asked = signal<Asked | null>(null);
/** Which cell a command means. */
export const lastUsed = signal<string | null>(null);
/** What programs did on this machine, by cell. */
export const reals = signal<Readonly<Record<string, Real>>>({});

interface Props {
  readonly id: string;
  readonly cell: Extract<Cell, { kind: 'program' }>;
  readonly files: Files;
  readonly nonce: string;
  /** This machine can run programs for real. */
  readonly canRunForReal: boolean;
  readonly kept: KeptCell;
  readonly onKeep: (kept: KeptCell) => void;
  readonly onChange: (text: string) => void;
  /** Texts of the notebook's other programs, by their names. */
  readonly others: ReadonlyMap<string, string>;
  /** Texts of the notebook's states, by their names. */
  readonly states: ReadonlyMap<string, string>;
  /** Writes an attribute into the program's fence. */
  readonly onSet: (name: AttributeName, values: readonly (string | null)[]) => void;
}

/** Steps that an exported page holds: more would be a file that nobody opens. */
const MOST_EXPORTED = 3_000;

/** A program cell: its text, and when it has run, every moment of it. */
export function ProgramCell({ id, cell, files, nonce, canRunForReal, kept, onKeep, onChange, others, states, onSet }: Props) {
  const engine = useMemo(() => new Engine(files), [files]);
  useEffect(() => () => { engine.dispose(); }, [engine]);
  const { attributes } = cell;
  const [selected, setSelected] = useState<Ref | null>(null);
  const [watched, setWatched] = useState<Ref | null>(null);
  const [ran, setRan] = useState<{ readonly text: string; readonly identity: string; readonly interactive: boolean } | null>(null);
  const [settings, setSettings] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const [help, setHelp] = useState(false);
  const [answers, setAnswers] = useState<ReadonlyMap<number, number>>(new Map());
  const cursor = useRef(1);
  const wantedStep = useRef<number | null>(null);
  const state = engine.state.value;
  const { moment, recorded, phase } = state;
  const { enter, ask, breakpoints } = kept;
  const keep = (change: Partial<KeptCell>): void => { onKeep({ ...kept, ...change }); };
  const places = useRef(NO_PLACES);
  if (phase === 'loading') places.current = NO_PLACES;
  if (moment) places.current = withPlaces(places.current, moment.before.call, moment.before.step, moment.picture);
  // the whole text is looked through: not again at every step
  const { missing, program, identity } = useMemo(() => toRun(cell, others, states), [cell, others, states]);
  const { uid, kernel } = program;

  // into a program that is another one now, what was typed comes as soon as it is waited for
  const typedBefore = (): KeptCell['typed'] => (kept.ran === identity ? kept.typed : kept.typed.map(({ text }) => ({ text, at: null })));
  const run = (step: number | null, typed = typedBefore()): void => {
    wantedStep.current = step ?? attributes.goto;
    setSelected(null);
    setWatched(null);
    setPlaying(false);
    setAnswers(new Map());
    setRan({ text: cell.text, identity, interactive: program.stdin === null && program.tty });
    keep({ ran: identity, typed });
    void engine.run(program, typed);
  };
  // the place where one was when the file was closed
  useEffect(() => { if (kept.step !== null && kept.ran === identity) run(kept.step); }, []);
  const root = useRef<HTMLElement>(null);
  useEffect(() => (root.current ? linkHover(root.current) : undefined), []);
  const told = useRef<Recorded | null>(null);
  useEffect(() => {
    if (recorded && moment && wantedStep.current !== null) {
      const to = Math.min(recorded.end, recorded.start + wantedStep.current);
      wantedStep.current = null;
      if (ask || !enter) engine.look(watched, selected, enter, ask);
      engine.seek(to);
    } else if (recorded && moment) {
      // each run begins with looking at nothing in particular
      if (told.current !== recorded && (ask || !enter)) engine.look(watched, selected, enter, ask);
      keep({ step: moment.tick - recorded.start, typed: [...recorded.typed] });
    }
    if (moment) told.current = recorded;
  }, [moment, recorded]);
  const look = (change: { watched?: Ref | null; selected?: Ref | null; enter?: boolean; ask?: boolean }): void => {
    engine.look(change.watched === undefined ? watched : change.watched, change.selected === undefined ? selected : change.selected, change.enter ?? enter, change.ask ?? ask);
  };
  const select = (ref: Ref | null): void => {
    setSelected(ref);
    look({ selected: ref });
  };

  const act = (action: Action): void => {
    lastUsed.value = id;
    if (action === 'help') { setHelp(true); return; }
    if (action === 'run') { run(null); return; }
    if (action === 'breakpoint') { toggle(cursor.current); return; }
    if (!recorded || !moment || phase === 'running') return;
    if (action !== 'play') setPlaying(false);
    switch (action) {
      case 'start': engine.seek(recorded.start); return;
      case 'end': engine.seek(recorded.end); return;
      case 'play': setPlaying(!playing && moment.tick < recorded.end); return;
      case 'nextStop': if (breakpoints.length > 0) engine.line(breakpoints, 1); return;
      case 'previousStop': if (breakpoints.length > 0) engine.line(breakpoints, -1); return;
      case 'toCursor': engine.line([cursor.current], 1); return;
      case 'nextCall': {
        const next = recorded.calls.find(({ tick }) => tick > moment.tick);
        if (next) engine.seek(next.tick);
        return;
      }
      case 'previousCall': {
        const last = recorded.calls.findLast(({ tick }) => tick < moment.tick);
        if (last) engine.seek(last.tick);
        return;
      }
      default: engine.step(action, enter);
    }
  };
  const toggle = (line: number): void => { keep({ breakpoints: breakpoints.includes(line) ? breakpoints.filter((one) => one !== line) : [...breakpoints, line].sort((a, b) => a - b) }); };
  const toCall = (name: string): void => {
    if (!recorded || !moment) return;
    const all = recorded.calls.filter((call) => call.name === name);
    const next = all.find(({ tick }) => tick > moment.tick) ?? all[0];
    if (next) engine.seek(next.tick);
  };

  // played: one step after another, each as long as its sentence takes to be read
  useEffect(() => {
    if (!playing || !moment || !recorded) return undefined;
    const line = moment.lines[moment.task];
    if (moment.tick >= recorded.end || (!moment.inKernel && line !== undefined && breakpoints.includes(line) && playedFrom.current !== null && playedFrom.current !== moment.tick)) {
      playedFrom.current = null;
      setPlaying(false);
      return undefined;
    }
    playedFrom.current ??= moment.tick;
    const words = `${moment.sentence?.what ?? ''} ${moment.sentence?.why ?? ''}`.split(' ').length;
    const seconds = (SPEEDS[speed]?.seconds ?? 1.2) * Math.max(1, words / 14);
    const timer = setTimeout(() => { engine.step('into', enter); }, seconds * 1_000);
    return () => { clearTimeout(timer); };
  }, [playing, moment, speed]);
  const playedFrom = useRef<number | null>(null);
  if (!playing) playedFrom.current = null;

  // what the author asks at this line comes before what one could ask anywhere
  const ahead = (here: Moment, next: Ahead, step: number): Question | null => {
    const own = here.inKernel ? undefined : asksIn(ran?.text ?? cell.text).asks.find(({ line }) => line === here.lines[here.task]);
    return (own && questionFrom(own, here.picture, next, step)) ?? questionOf(here.picture, next, step);
  };
  // commands of VS Code, and links to a step
  const question = useMemo(() => (ask && moment?.ahead && recorded ? ahead(moment, moment.ahead, moment.tick - recorded.start) : null), [ask, moment]);
  const request = asked.value;
  const done = useRef(0);
  useEffect(() => {
    if (!request || request.n === done.current) return;
    if ((request.cell ?? lastUsed.value ?? id) !== id) return;
    done.current = request.n;
    if (request.action !== null) act(request.action);
    if (request.to === null) return;
    if (recorded && ran?.identity === identity) engine.seek(Math.min(recorded.end, recorded.start + request.to));
    else run(request.to);
  }, [request]);

  const answer = (choice: number): void => {
    if (!question || !moment || !recorded || answers.has(moment.tick)) return;
    setAnswers(new Map([...answers, [moment.tick, choice]]));
    keep({ score: { right: kept.score.right + (choice === question.right ? 1 : 0), asked: kept.score.asked + 1 } });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey && !event.ctrlKey && !event.shiftKey && question && /^Digit[1-3]$/.test(event.code) && Number(event.code.slice(5)) <= question.choices.length) {
      event.preventDefault();
      answer(Number(event.code.slice(5)) - 1);
      return;
    }
    const action = actionOf(event);
    if (action === null || (!recorded && action !== 'help' && action !== 'breakpoint')) return;
    event.preventDefault();
    act(action);
  };

  const stale = ran !== null && ran.text !== cell.text;
  const changed = ran === null || ran.identity === identity ? null : stale ? t('the text has changed since') : t('the settings have changed since');
  const said = moment ? moment.sentence ?? { what: userSentence(moment, cell.text, recorded), why: moment.call === null ? '' : t('It is in {0}.', moment.call) } : null;
  const before = moment ? (kept.since === 'call' ? moment.before.call : moment.before.step) : null;
  const chips = useMemo(() => (moment && before ? chipsOf(diff(before, moment.picture), moment.picture, before) : []), [moment, before]);
  const busy = phase === 'running' || phase === 'loading' || phase === 'searching';
  const typing: Typing | null = ran?.interactive === true && recorded ? {
    busy,
    type: (text) => { setPlaying(false); engine.type(text); },
    forget: () => { run(null, []); },
    keepAsStdin: () => { onSet('stdin', [stdinOf(recorded.typed)]); },
  } : null;
  const real = reals.value[id];
  const share = {
    name: attributes.name,
    ...moment && recorded ? {
      copyLink: () => { tellHost({ type: 'copyLink', cell: id, step: moment.tick - recorded.start }); },
      exportRun: () => {
        void engine.exportSteps(MOST_EXPORTED).then((exported) => {
          if (exported) tellHost({ type: 'save', name: `${attributes.name.replace(/\.c$/, '')}.html`, content: exportedPage({ title: attributes.name, program: ran?.text ?? cell.text, kernel, start: recorded.start, ...exported }), encoding: 'utf8' });
        });
      },
    } : {},
  };
  return <ShareContext.Provider value={share}><section class="program-cell" ref={root} data-step={moment && recorded ? moment.tick - recorded.start : undefined} data-replies={state.replies} onKeyDown={onKey} onFocusCapture={() => { lastUsed.value = id; }} aria-label={t('Program {0}', attributes.name)}>
    <header class="cell-bar">
      <b>C</b><b>{attributes.name}</b>
      {busy
        ? <button type="button" class="button secondary" onClick={() => { engine.stop(); }}>■ {t('Stop')}</button>
        : <button type="button" class="button" onClick={() => { run(null); }} title={t('Ctrl+Enter in the program')}>▶ {recorded ? t('Run again') : t('Run')}</button>}
      {canRunForReal && <button type="button" class="button secondary" disabled={real?.phase === 'running' || real?.phase === 'asked'} title={t('Builds it with cc and runs it on this machine, in new namespaces; asks first')}
        onClick={() => { tellHost({ type: 'runForReal', cell: id, name: attributes.name, text: cell.text, args: [...attributes.args], stdin: attributes.stdin ?? stdinOf(recorded?.typed ?? []), uid, tty: attributes.tty, with: [...program.with] }); }}>{t('Run for Real')}</button>}
      <label class="field">{t('Kernel')} <select value={kernel} onChange={(event) => { onSet('kernel', event.currentTarget.value === DEFAULT_VERSION ? [] : [event.currentTarget.value]); }}>{VERSIONS.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>
      <span class="segments" role="radiogroup" aria-label={t('Run as')}>
        {([0, 1000] as const).map((one) => <button key={one} type="button" role="radio" aria-checked={uid === one} onClick={() => { onSet('uid', one === 0 ? [] : [String(one)]); }}>{one === 0 ? 'root' : 'uid 1000'}</button>)}
      </span>
      {attributes.args.length > 0 && <span class="dim">{t('arguments: {0}', joinWords(attributes.args))}</span>}
      {attributes.state !== null && <span class="dim">{t('begins with: {0}', attributes.state)}</span>}
      {attributes.before.length > 0 && <span class="dim" title={attributes.before.join('\n')}>{t('started before: {0}', attributes.before.join('; '))}</span>}
      <button type="button" class="icon-button" aria-expanded={settings} title={t('Arguments, standard input, what is started before, …')} onClick={() => { setSettings(!settings); }}>⚙ {t('Settings')}</button>
      <span class="space" />
      <span class="dim" role="status">{statusOf(state, changed)}</span>
    </header>
    {settings && <CellSettings attributes={attributes} others={[...others.keys()]} states={[...states.keys()]} onSet={onSet} />}
    {missing.map((name) => <p key={name} class="fault">{t('with: there is no program “{0}” in this notebook', name)}</p>)}
    {attributes.state !== null && !states.has(attributes.state) && <p class="fault">{t('state: there is no state “{0}” in this notebook', attributes.state)}</p>}
    {cell.faults.map((fault) => <p key={fault} class="fault">{fault}</p>)}
    {state.why !== null && <p class="fault">{state.why}</p>}
    {recorded && recorded.leftOut.length > 0 && <details class="left-out"><summary>{t('{0} things of the state could not be taken over', recorded.leftOut.length)}</summary><ul>{recorded.leftOut.map(([sentence, ...values], n) => <li key={n}>{t(sentence, ...values)}</li>)}</ul></details>}
    {phase === 'refused' && state.said.map((one) => <p key={`${one.file ?? ''}:${one.line}:${one.column}:${one.message}`} class={`fault ${one.severity}`}>{one.file === null ? '' : `${one.file}: `}{t('line {0}', one.line)}: {one.severity}: {one.message}{one.hint === null ? '' : ` (${one.hint})`}</p>)}
    {recorded && moment && said && <Transport recorded={recorded} moment={moment} said={said.what} playing={playing} speed={speed} enter={enter} ask={ask} hasBreakpoints={breakpoints.length > 0} onAct={act} onCall={toCall} onSpeed={setSpeed}
      onSeek={(tick) => { setPlaying(false); engine.seek(tick); }} onEnter={(value) => { keep({ enter: value }); look({ enter: value }); }} onAsk={(value) => { keep({ ask: value }); look({ ask: value }); }} />}
    {moment && said && <div class="sentence">
      <div aria-live="polite" aria-atomic="true"><h2>{said.what}</h2>{said.why !== '' && <p><b>{t('Why:')}</b> {said.why}</p>}</div>
      <ul class="chips">{chips.map(({ text, kind, ref }) => <li key={text}><button type="button" class={`chip ${kind}`} data-ref={ref} onClick={() => { select(ref); }}>{text}</button></li>)}</ul>
    </div>}
    {question && moment && <Prediction question={question} answer={answers.get(moment.tick) ?? null} score={kept.score} onAnswer={answer} />}
    {moment && <nav class="crumbs" aria-label={t('Call stack')}>
      <Glyph task={moment.task} /><b>{moment.picture.tasks.some(({ ref }) => ref === moment.task) ? nameOf(moment.task, moment.picture) : recorded?.names[moment.task] ?? ''}</b>
      {moment.stack.map(({ fn, side, line }, n) => <span key={n} class={`crumb ${side}${n === moment.stack.length - 1 ? ' top' : ''}`}>
        {side === 'kernel' && moment.stack[n - 1]?.side !== 'kernel' && <em class="wall">{t('kernel')}</em>}<code>{fn}{side === 'user' && line > 0 ? `:${line}` : ''}</code></span>)}
    </nav>}
    <div class={moment ? 'panes' : 'panes alone'}>
      <div class="left">
        <div class={moment && !moment.listing ? 'code wide' : 'code'}>
          <div class="pane"><ProgramEditor text={cell.text} label={t('Program {0}', attributes.name)} nonce={nonce} said={state.said} lines={stale ? NOWHERE : moment?.lines ?? NOWHERE} current={moment?.task ?? null} breakpoints={breakpoints}
            onChange={onChange} onRun={() => { run(null); }} onCursor={(line) => { cursor.current = line; }} onBreakpoints={(lines) => { keep({ breakpoints: lines }); }} /></div>
          {moment?.listing && <div class="pane kernel"><KernelListing listing={moment.listing} version={kernel} /></div>}
        </div>
        {moment && recorded && <StatePanel moment={moment} recorded={recorded} typing={typing} tab={kept.tab} onTab={(tab) => { keep({ tab }); }} onWatch={(task) => { setWatched(task); look({ watched: task }); }} onNext={(task) => { engine.next(task); }} onSeek={(tick) => { engine.seek(tick); }} onSelect={select} />}
        {real && <Comparison real={real} simulated={terminalText(state.output)} onClose={() => { reals.value = Object.fromEntries(Object.entries(reals.value).filter(([cellId]) => cellId !== id)); }} />}
      </div>
      {moment && before && <PicturePane picture={moment.picture} before={before} places={places.current} current={moment.task} view={kept.view} since={kept.since} selected={selected} facts={moment.facts}
        onView={(view) => { keep({ view }); }} onSince={(since) => { keep({ since }); }} onSelect={select} />}
    </div>
    {help && <Help onClose={() => { setHelp(false); }} />}
  </section></ShareContext.Provider>;
}

/** What is run, what of it is not there, and by what one knows that it is the same again. */
function toRun({ attributes, text }: Props['cell'], others: ReadonlyMap<string, string>, states: ReadonlyMap<string, string>): { readonly missing: readonly string[]; readonly program: ProgramToRun; readonly identity: string } {
  const { name: file, args, uid, kernel, stdin, before, privateRoot, tty } = attributes;
  const companions = attributes.with.flatMap((name) => {
    const found = others.get(name);
    return found === undefined ? [] : [{ file: name, text: found }];
  });
  const program: ProgramToRun = { file, text, args, uid, kernel: kernel ?? DEFAULT_VERSION, stdin, before, privateRoot, tty, with: companions, state: attributes.state === null ? null : states.get(attributes.state) ?? null };
  return { missing: attributes.with.filter((name) => !others.has(name)), program, identity: hashOf(JSON.stringify(program)) };
}

const NOWHERE: Readonly<Record<Ref, number>> = {};

function statusOf(state: RunState, changed: string | null): string {
  if (state.nowhere === 'line') return t('No task comes to that line from here.');
  if (state.nowhere === 'next') return t('That task cannot go first here: only between two statements, and only one that is ready.');
  switch (state.phase) {
    case 'idle': return '';
    case 'loading': return t('starting the simulator…');
    case 'running': return t('running: {0} statements', state.statements.toLocaleString('en'));
    case 'searching': return t('looking for the line…');
    case 'refused': return t('did not run');
    case 'recorded': return `${state.recorded ? endedText(state.recorded.ended) : ''}${state.recorded && state.recorded.notSimulated.length > 0 ? `; ${t('not simulated: {0}', state.recorded.notSimulated.join(', '))}` : ''}${changed === null ? '' : ` – ${changed}`}`;
  }
}

function endedText(ended: Ended): string {
  switch (ended.by) {
    case 'signal': return t('ended by {0}', ended.signal);
    case 'exit': return t('exit status {0}', ended.status);
    case 'limit': return t('stopped: limit of {0}', ended.limits.map(limitName).join(', '));
    case 'stop': return t('stopped');
    case 'input': return t('waits for input');
    case 'nothing': return t('not ended');
  }
}

function limitName(limit: string): string {
  switch (limit) {
    case 'statements': return t('statements');
    case 'instructions': return t('instructions');
    case 'tasks': return t('tasks');
    case 'memory': return t('memory');
    case 'output': return t('output');
    case 'deadlock': return t('patience: everybody waits for something that cannot come');
    default: return limit;
  }
}

function userSentence({ tick, lines, task, stack, call, waiting }: Moment, text: string, recorded: Recorded | null): string {
  const line = lines[task];
  if (line === undefined && call !== null) return t('The task is in {0}.', call);
  if (line === undefined && recorded?.ended.by === 'input' && tick >= recorded.end) return t('The program waits for input.');
  if (line === undefined) return recorded && tick >= recorded.end ? t('The run is over: {0}.', endedText(recorded.ended)) : recorded && tick > recorded.start ? t('The task that runs is not in this program: it runs another one, or has ended.') : t('The program has not begun.');
  const source = withoutAsk(text.split('\n')[line - 1] ?? '').trim();
  if (waiting?.tasks.includes(task) === true) return t('{0} waits for input in line {1}: {2}', stack.at(-1)?.fn ?? 'main', line, source);
  return t('{0} is about to run line {1}: {2}', stack.at(-1)?.fn ?? 'main', line, source);
}

