import { useEffect, useRef } from 'preact/hooks';
import type { CallMark, LaneStretch } from '../../simulator/protocol.ts';
import { Glyph } from './glyph.tsx';
import { shapeOf } from './names.ts';
import { t } from './words.ts';

interface Props {
  readonly start: number;
  readonly end: number;
  readonly at: number;
  /** Whose the present moment is. */
  readonly current: string;
  readonly stretches: readonly LaneStretch[];
  readonly calls: readonly CallMark[];
  readonly names: Readonly<Record<string, string>>;
  readonly said: string;
  readonly onSeek: (tick: number) => void;
}

/** Height of a lane in CSS pixels, as in notebook.css. */
const LANE = 18;

/** When who ran: one lane for each task, a tick for each system call; click or arrow keys go there. */
export function Lanes({ start, end, at, current, stretches, calls, names, said, onSeek }: Props) {
  const tasks = [...new Set(stretches.map(({ task }) => task))];
  // many tasks scroll, and the one that runs is in sight; only this box is moved, never the page
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const top = tasks.indexOf(current) * LANE;
    if (!box.current || top < 0) return;
    const { scrollTop, clientHeight } = box.current;
    box.current.scrollTop = Math.min(top, Math.max(scrollTop, top + LANE - clientHeight));
  }, [current]);
  const span = Math.max(1, end - start);
  const percent = (tick: number): string => `${((tick - start) / span) * 100}%`;
  const onKey = (event: KeyboardEvent): void => {
    const to = event.key === 'ArrowRight' ? at + 1 : event.key === 'ArrowLeft' ? at - 1 : event.key === 'PageDown' ? at + Math.ceil(span / 20) : event.key === 'PageUp' ? at - Math.ceil(span / 20)
      : event.key === 'Home' ? start : event.key === 'End' ? end : null;
    if (to === null) return;
    event.preventDefault();
    onSeek(Math.max(start, Math.min(end, to)));
  };
  const seekTo = (event: MouseEvent): void => {
    const track = (event.currentTarget as HTMLElement).getBoundingClientRect();
    onSeek(Math.round(start + ((event.clientX - track.left) / Math.max(1, track.width)) * span));
  };
  return <div class="lanes" ref={box}>
    <ul class="lane-names" aria-hidden="true">{tasks.map((task) => <li key={task}><Glyph task={task} size={10} />{names[task] ?? task}</li>)}</ul>
    <div class="track" role="slider" tabIndex={0} aria-label={t('Time line')} aria-valuemin={start} aria-valuemax={end} aria-valuenow={at} aria-valuetext={said} onKeyDown={onKey} onClick={seekTo}
      onPointerMove={(event) => { if (event.buttons === 1) seekTo(event); }}>
      {tasks.map((task) => <div key={task} class={`lane t${shapeOf(task).tone}`}>
        {stretches.filter((each) => each.task === task).map(({ from, to, kernel }, n) => <i key={n} class={kernel ? 'in-kernel' : 'in-user'} style={{ left: percent(from), width: `max(2px, ${((to - from) / span) * 100}%)` }} />)}
        {calls.filter((each) => each.task === task).map(({ tick, name, failed }, n) => <b key={n} class={failed ? 'failed' : ''} title={name} style={{ left: percent(tick) }} />)}
      </div>)}
      <span class="now" style={{ left: percent(at) }} />
    </div>
  </div>;
}
