import { useRef, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import { tellHost } from './host.ts';
import { PicturePane } from './picture_pane.tsx';
import { NO_PLACES, withPlaces } from './places.ts';
import { ShareContext } from './share.tsx';
import type { View } from './views.ts';
import { t } from './words.ts';

/** The host as it is now; null: not told yet. */
export const live = signal<{ readonly picture: Picture; readonly left: number } | null>(null);

/** Real tasks and namespaces, drawn as the simulator draws its own, with what is known and what is inferred. */
export function LivePicturePage() {
  const now = live.value;
  const [view, setView] = useState<View>('wires');
  const [selected, setSelected] = useState<Ref | null>(null);
  const before = useRef<Picture | null>(null);
  const last = useRef<Picture | null>(null);
  const places = useRef(NO_PLACES);
  if (!now) return <main class="notebook"><p class="empty">{t('Waiting for the first reading of this host …')}</p></main>;
  if (last.current !== now.picture) {
    before.current = last.current ?? now.picture;
    last.current = now.picture;
    // letters and numbers follow the host's state: a task that ended gives its place away
    places.current = withPlaces(NO_PLACES, now.picture);
  }
  return <ShareContext.Provider value={{ name: 'host' }}><main class="notebook live">
    <PicturePane picture={now.picture} before={before.current ?? now.picture} places={places.current} current={null} view={view} since={null} selected={selected} facts={[]}
      onView={setView} onSince={() => undefined} onSelect={setSelected}
      note={<><p class="note-live"><button type="button" class="button" onClick={() => { tellHost({ type: 'startFromState' }); }}>{t('Start a Program from This State')}</button> {t('Opens a notebook: a C program runs on the simulated kernel with these processes and namespaces beside it. Nothing on this host changes.')}</p><p class="note-live">{t('This host, live. Which tasks share an nsproxy cannot be seen from user space: tasks in the same eight namespaces are drawn with one. Counts are of what can be seen, so they are at least that.')}{now.left > 0 ? ` ${t('{0} more processes belong here and are not drawn.', now.left)}` : ''}</p></>} />
  </main></ShareContext.Provider>;
}
