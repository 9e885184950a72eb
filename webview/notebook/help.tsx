import { useEffect, useRef } from 'preact/hooks';
import { actions, moreActions } from './actions.ts';
import { t } from './words.ts';

/** All keys of a program cell, over everything else, until Escape. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const box = dialog.current;
    box?.showModal();
    return () => { box?.close(); };
  }, []);
  return <dialog ref={dialog} class="help" aria-label={t('Keys of a program')} onClose={onClose} onClick={(event) => { if (event.target === dialog.current) onClose(); }}>
    <header><h2>{t('Keys of a program')}</h2><button type="button" class="button secondary" onClick={onClose}>{t('Close')}</button></header>
    <table><tbody>{[...actions(), ...moreActions()].map(({ action, label, key, help }) => <tr key={action}><td><kbd>{key}</kbd></td><th scope="row">{label}</th><td>{help}</td></tr>)}
      <tr><td><kbd>{t('arrows')}</kbd></td><th scope="row">{t('Time line')}</th><td>{t('one step; Page keys: a twentieth; Home, End')}</td></tr>
      <tr><td><kbd>Tab</kbd></td><th scope="row">{t('Picture')}</th><td>{t('from object to object; Enter: who holds it; Escape: nothing chosen')}</td></tr></tbody></table>
    <p class="dim">{t('In a desktop VS Code the keys of a debugger work as well: F10, F11, Shift+F11, with Ctrl backwards. They are listed, and can be changed, in Keyboard Shortcuts under “Namespaces”.')}</p>
  </dialog>;
}
