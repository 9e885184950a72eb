import type { CallMark, LaneStretch } from '../../simulator/protocol.ts';
import { Glyph } from './glyph.tsx';
import { shapeOf } from './names.ts';
import { t } from './words.ts';

interface Props {
  readonly start: number;
  readonly end: number;
  readonly at: number;
  readonly stretches: readonly LaneStretch[];
  readonly calls: readonly CallMark[];
  readonly names: Readonly<Record<string, string>>;
  readonly said: string;
  readonly onSeek: (tick: number) => void;
}

/** When who ran: one lane for each task, a tick for each system call; click or arrow keys go there. */
export function Lanes({ start, end, at, stretches, calls, names, said, onSeek }: Props) {
  const tasks = [...new Set(stretches.map(({ task }) => task))];
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
  return <div class="lanes">
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
