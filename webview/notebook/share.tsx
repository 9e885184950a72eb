import type { RefObject } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { createContext } from 'preact';
import type { Picture } from '../../simulator/picture/picture.ts';
import { pngOf, svgOf } from './drawing.ts';
import { tellHost } from './host.ts';
import { pictureText } from './say.ts';
import { t } from './words.ts';

/** What can be shared besides the picture: of a run, its link and all its steps. */
export interface Shareable { readonly copyLink?: () => void; readonly exportRun?: () => void; readonly name: string }
export const ShareContext = createContext<Shareable>({ name: 'picture' });

/** A menu of ways to take the picture, or the run, along. */
export function ShareMenu({ picture, frame }: { readonly picture: Picture; readonly frame: RefObject<HTMLElement | null> }) {
  const { copyLink, exportRun, name } = useContext(ShareContext);
  const [fault, setFault] = useState<string | null>(null);
  const file = name.replace(/\.c$/, '');
  const act = (what: string): void => {
    const element = frame.current;
    setFault(null);
    if (what === 'text') tellHost({ type: 'copy', text: pictureText(picture) });
    else if (what === 'link') copyLink?.();
    else if (what === 'run') exportRun?.();
    else if (element && what === 'svg') tellHost({ type: 'save', name: `${file}.svg`, content: svgOf(element), encoding: 'utf8' });
    else if (element && what === 'png') pngOf(element).then((content) => { tellHost({ type: 'save', name: `${file}.png`, content, encoding: 'base64' }); }, () => { setFault(t('This browser does not make a PNG of it. Save it as SVG.')); });
  };
  return <label class="field share"><span class="spoken">{t('Share')}</span><select value="" title={t('Share the picture or the run')} onChange={(event) => { act(event.currentTarget.value); event.currentTarget.value = ''; }}>
    <option value="">{t('Share')}</option><option value="text">{t('Copy the picture as text')}</option><option value="svg">{t('Save the picture as SVG…')}</option><option value="png">{t('Save the picture as PNG…')}</option>
    {copyLink && <option value="link">{t('Copy a link to this step')}</option>}{exportRun && <option value="run">{t('Export the run as a web page…')}</option>}</select>
    {fault !== null && <span role="alert" class="dim">{fault}</span>}</label>;
}
