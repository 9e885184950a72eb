import { useEffect, useRef, useState } from 'preact/hooks';
import type { Ref } from '../../simulator/picture/picture.ts';
import type { Moment } from '../../simulator/timeline/moment.ts';
import type { Waiting } from '../../simulator/timeline/terminals.ts';
import type { Recorded } from './engine.ts';
import { Glyph } from './glyph.tsx';
import { END_OF_FILE, INTERRUPT, typedName } from './typed_text.ts';
import { rich, t } from './words.ts';

/** How a person types into a run. */
export interface Typing {
  /** The run goes on now: what is typed meanwhile waits. */
  readonly busy: boolean;
  /** At the moment that is shown; empty: time passes. */
  readonly type: (text: string) => void;
  readonly forget: () => void;
  /** Makes what was typed the cell's `stdin`. */
  readonly keepAsStdin: () => void;
}

interface Props {
  readonly moment: Moment;
  readonly recorded: Recorded;
  readonly typing: Typing;
  readonly nameOf: (task: Ref) => string;
  readonly onSeek: (tick: number) => void;
  /** The program has ended, and this had the focus. */
  readonly onOver: () => void;
}

/** The line below a terminal's text: what is typed there comes in at the step that one sees. */
export function TerminalInput({ moment, recorded, typing, nameOf, onSeek, onOver }: Props) {
  const [line, setLine] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const focused = useRef(false);
  const { waiting, tick } = moment;
  const over = tick >= recorded.end && (recorded.ended.by === 'exit' || recorded.ended.by === 'signal');
  useEffect(() => {
    if (!over || !focused.current) return;
    focused.current = false;
    onOver();
  }, [over]);
  if (over) return null;
  const keys = waiting?.lines === false;
  const send = (text: string): void => {
    if (typing.busy || text === '') return;
    focused.current = true;
    setLine('');
    typing.type(text);
    box.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const input = event.currentTarget as HTMLInputElement;
    // with something selected Ctrl+C copies, as in VS Code's terminal
    const key = event.code === 'KeyD' ? line + END_OF_FILE : event.code === 'KeyC' && input.selectionStart === input.selectionEnd ? INTERRUPT : null;
    if (key === null) return;
    event.preventDefault();
    event.stopPropagation();
    send(key);
  };
  const label = waiting ? waitingText(waiting, nameOf) : t('Nobody waits for input at this step.');
  return <form class={waiting ? 'type-line waits' : 'type-line'} onSubmit={(event) => { event.preventDefault(); send(keys ? line || '\r' : `${line}\n`); }}>
    <p class="who-waits">{waiting ? waiting.tasks.map((task) => <Glyph key={task} task={task} size={10} />) : null}<span>{label}</span>
      {!waiting && recorded.ended.by === 'input' && tick < recorded.end && <button type="button" class="link" onClick={() => { onSeek(recorded.end); }}>{t('Go to where somebody does')}</button>}</p>
    <div class="type-row"><span aria-hidden="true">❯</span>
      <input ref={box} type="text" class={waiting?.echo === false ? 'unseen' : ''} autocomplete="off" autocapitalize="off" spellcheck={false} maxLength={4000} value={line} readOnly={typing.busy} aria-label={t('Type into the terminal. {0}', label)} title={t('Enter: send; Ctrl+D: end of file; Ctrl+C: interrupt')}
        onInput={(event) => { setLine(event.currentTarget.value); }} onKeyDown={onKey} onFocus={() => { focused.current = true; }} onBlur={(event) => { if (event.relatedTarget) focused.current = false; }} />
      <button type="submit" class="icon-button" title={t('Send the line (Enter)')}>{keys ? t('Send keys') : t('Enter')} ⏎</button>
      <button type="button" class="icon-button" title={t('End of file (Ctrl+D)')} onClick={() => { send(line + END_OF_FILE); }}>^D <span class="word">{t('End of file')}</span></button>
      <button type="button" class="icon-button" title={t('The interrupt signal to the foreground (Ctrl+C)')} onClick={() => { send(INTERRUPT); }}>^C <span class="word">{t('Interrupt')}</span></button>
      {waiting?.sleepers === true && tick >= recorded.end && <button type="button" class="icon-button" title={t('Nothing is typed until the next sleeper wakes')} onClick={() => { if (!typing.busy) typing.type(''); }}>{t('Let time pass')}</button>}
    </div>
    {tick < recorded.end && <p class="dim">{t('What you type comes at this step; what was recorded after it is forgotten.')}</p>}
  </form>;
}

/** Who reads, for eyes and ears. */
export function waitingText({ tasks, lines }: Waiting, nameOf: (task: Ref) => string): string {
  if (tasks.length > 1) return t('{0} wait for input; the first of them gets it.', tasks.map(nameOf).join(', '));
  return lines ? t('{0} waits for a line.', nameOf(tasks[0])) : t('{0} waits for a key.', nameOf(tasks[0]));
}

/** What was typed into this run; a click goes to the step. */
export function TypedSoFar({ moment, recorded, typing, onSeek }: Pick<Props, 'moment' | 'recorded' | 'typing' | 'onSeek'>) {
  return <div class="typed-so-far">
    <span>{rich('Typed: {0}', <ul>{recorded.typed.map(({ text, at }) => <li key={at}><button type="button" class={recorded.start + at < moment.tick ? 'link' : 'link later'} title={t('to step {0}, at which it was typed', at)} onClick={() => { onSeek(recorded.start + at); }}><code>{typedName(text)}</code></button></li>)}</ul>)}</span>
    <button type="button" class="icon-button" title={t('Runs the program again, from its start, with nothing typed')} onClick={typing.forget}>{t('Forget typed input')}</button>
    <button type="button" class="icon-button" title={t('Writes it into the cell as its stdin: from then on it comes through a pipe, and ends')} onClick={typing.keepAsStdin}>{t('Keep as stdin')}</button>
  </div>;
}
