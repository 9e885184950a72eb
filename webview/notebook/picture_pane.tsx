import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import type { Facts } from '../../simulator/picture/details.ts';
import { diff } from './diff.ts';
import { GraphView } from './graph_view.tsx';
import { Inspector } from './inspector.tsx';
import { OwnersView } from './owners_view.tsx';
import type { Places } from './places.ts';
import { ShareMenu } from './share.tsx';
import { TableView } from './table_view.tsx';
import { Tabs } from './tabs.tsx';
import type { View } from './views.ts';
import { Wires } from './wires.tsx';
import { t } from './words.ts';

export type Since = 'step' | 'call';

interface Props {
  readonly picture: Picture;
  /** What changed is told against this. */
  readonly before: Picture;
  readonly places: Places;
  readonly current: Ref | null;
  readonly view: View;
  readonly since: Since | null;
  readonly selected: Ref | null;
  readonly facts: readonly Facts[];
  readonly onView: (view: View) => void;
  readonly onSince: (since: Since) => void;
  readonly onSelect: (ref: Ref | null) => void;
  /** What was found out about the picture besides, for a live one. */
  readonly note?: ComponentChildren;
}

/** The picture in one of four ways, and who holds what was chosen of it. `since` null: nothing changes here, as in the picture of a host. */
export function PicturePane({ picture, before, places, current, view, since, selected, facts, onView, onSince, onSelect, note }: Props) {
  const changes = useMemo(() => diff(before, picture), [before, picture]);
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(620);
  useEffect(() => {
    if (!frame.current) return undefined;
    const observer = new ResizeObserver(([entry]) => { if (entry) setWidth(Math.max(420, Math.floor(entry.contentRect.width))); });
    observer.observe(frame.current);
    return () => { observer.disconnect(); };
  }, []);
  const shown = { picture, places, changes, current, width, selected, onSelect };
  return <div class="picture" onKeyDown={(event) => { if (event.key === 'Escape' && selected !== null) { event.preventDefault(); event.stopPropagation(); onSelect(null); } }}>
    <Tabs label={t('Way of drawing')} chosen={view} onChoose={onView} tabs={[{ id: 'wires', label: t('Wires') }, { id: 'table', label: t('Table') }, { id: 'graph', label: t('Graph') }, { id: 'owners', label: t('Owners') }]}>
      <span class="since">
        {since !== null && <><span class="mark-of">{t('Mark changes of')}</span> <span class="segments" role="radiogroup" aria-label={t('Mark changes of')}>
          {(['step', 'call'] as const).map((one) => <button key={one} type="button" role="radio" aria-checked={since === one} onClick={() => { onSince(one); }}>{one === 'step' ? t('this step') : t('the whole call')}</button>)}</span></>}
        <ShareMenu picture={picture} frame={frame} />
      </span>
    </Tabs>
    {note}
    <div ref={frame} class="drawing">
      {view === 'wires' ? <Wires {...shown} /> : view === 'table' ? <TableView {...shown} /> : view === 'graph' ? <GraphView {...shown} /> : <OwnersView {...shown} />}
    </div>
    <Inspector selected={selected ?? telling(changes)} chosen={selected !== null} picture={picture} facts={selected === null ? [] : facts} live={since === null} onSelect={onSelect} />
    <Legend />
  </div>;
}

/** With nothing chosen, what the step is about: what was made, else what changed. */
function telling(changes: ReturnType<typeof diff>): Ref | null {
  const all = [...changes];
  return (all.find(([, change]) => change.made) ?? all.find(([ref, change]) => !ref.startsWith('task:') && !change.freed) ?? [null])[0];
}

function Legend() {
  return <p class="picture-legend" aria-hidden="true"><span><i class="letter first">A</i>{t('initial')}</span><span><i class="letter">B</i>{t('made later')}</span><span><i class="tag new">{t('NEW')}</i>{t('made')}</span>
    <span><i class="delta"><i>▲</i>1 → 2</i>{t('count changed')}</span><span><i class="tag gone">{t('FREED')}</i>{t('gone')}</span></p>;
}
