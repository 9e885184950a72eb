import { useState } from 'preact/hooks';
import type { Moment } from '../../simulator/timeline/moment.ts';
import type { Action } from './actions.ts';
import { actions, shortKey } from './actions.ts';
import type { Recorded } from './engine.ts';
import { Lanes } from './lanes.tsx';
import { t } from './words.ts';

/** Seconds that a step stays while it plays. */
export const SPEEDS = [{ label: '½×', seconds: 2.4 }, { label: '1×', seconds: 1.2 }, { label: '2×', seconds: 0.6 }, { label: '5×', seconds: 0.24 }] as const;

interface Props {
  readonly recorded: Recorded;
  readonly moment: Moment;
  readonly said: string;
  readonly playing: boolean;
  readonly speed: number;
  readonly enter: boolean;
  readonly ask: boolean;
  readonly hasBreakpoints: boolean;
  readonly onAct: (action: Action) => void;
  readonly onSeek: (tick: number) => void;
  readonly onSpeed: (speed: number) => void;
  readonly onEnter: (enter: boolean) => void;
  readonly onAsk: (ask: boolean) => void;
  /** To where the system call of this name comes next, from the start again after the last. */
  readonly onCall: (name: string) => void;
}

/** Every way through a recording: buttons, the number of the step, the time line. */
export function Transport({ recorded, moment, said, playing, speed, enter, ask, hasBreakpoints, onAct, onSeek, onSpeed, onEnter, onAsk, onCall }: Props) {
  const { start, end } = recorded;
  const names = [...new Set(recorded.calls.map(({ name }) => name))].sort();
  return <div class="transport">
      <div class="buttons" role="toolbar" aria-label={t('Step')}>
        {actions().map(({ action, label, key, sign, help }) => {
          const stop = action === 'nextStop' || action === 'previousStop';
          const pause = action === 'play' && playing;
          return <button key={action} type="button" class={`step ${action}`} disabled={stop && !hasBreakpoints} onClick={() => { onAct(action); }} aria-keyshortcuts={key}
            title={stop && !hasBreakpoints ? t('Set a breakpoint first: click left of a line number') : `${label}: ${help} (${key})`}>
            <span aria-hidden="true">{pause ? '‖' : sign}</span><em>{pause ? t('Pause') : label}</em><small>{shortKey(key)}</small>
          </button>;
        })}
      </div>
    <Lanes start={start} end={end} at={moment.tick} current={moment.task} stretches={recorded.stretches} calls={recorded.calls} names={recorded.names} said={t('Step {0} of {1}. {2}', moment.tick - start, end - start, said)} onSeek={onSeek} />
      <div class="options">
        <label class="toggle"><input type="checkbox" checked={enter} onChange={(event) => { onEnter(event.currentTarget.checked); }} />{t('Enter the kernel')}</label>
        <label class="toggle"><input type="checkbox" checked={ask} onChange={(event) => { onAsk(event.currentTarget.checked); }} />{t('Ask me first')}</label>
        <label class="field">{t('Speed')} <select value={speed} onChange={(event) => { onSpeed(Number(event.currentTarget.value)); }}>{SPEEDS.map(({ label }, n) => <option key={label} value={n}>{label}</option>)}</select></label>
        <label class="field">{t('Go to call')} <select value="" onChange={(event) => { if (event.currentTarget.value) onCall(event.currentTarget.value); event.currentTarget.value = ''; }}>
          <option value="">…</option>{names.map((name) => <option key={name} value={name}>{name}</option>)}</select></label>
        <StepNumber at={moment.tick - start} of={end - start} onGo={(n) => { onSeek(start + n); }} />
        <button type="button" class="icon-button" onClick={() => { onAct('help'); }} title={t('Keys (?)')} aria-label={t('Keys')}>?</button>
      </div>
  </div>;
}

/** `12 / 577`, of which the first can be typed over. */
function StepNumber({ at, of, onGo }: { readonly at: number; readonly of: number; readonly onGo: (n: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const n = typed === null || typed.trim() === '' ? NaN : Number(typed);
    if (Number.isInteger(n)) onGo(Math.max(0, Math.min(of, n)));
    setTyped(null);
  };
  return <label class="field step-number">{t('Step')} <input type="text" inputMode="numeric" size={Math.max(4, String(of).length)} value={typed ?? String(at)} aria-label={t('Number of the step, 0 to {0}', of)}
    onInput={(event) => { setTyped(event.currentTarget.value); }} onBlur={go} onKeyDown={(event) => { if (event.key === 'Enter') go(); else if (event.key === 'Escape') setTyped(null); }} /> / <span class="number">{of}</span></label>;
}
