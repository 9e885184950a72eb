import type { Step } from '../../simulator/timeline/walk.ts';
import { t } from './words.ts';

/** What a person can do with a run, by name: buttons, keys and commands of VS Code all mean these. */
export type Action = Step | 'start' | 'end' | 'play' | 'nextStop' | 'previousStop' | 'nextCall' | 'previousCall' | 'toCursor' | 'breakpoint' | 'run' | 'help';

interface Described {
  readonly action: Action;
  readonly label: string;
  /** As `KeyboardEvent` has it, with `Alt+` and `Shift+` before; these work in a browser too. */
  readonly key: string;
  readonly sign: string;
  /** What it does, for the tooltip and the list of keys. */
  readonly help: string;
}

/** In the order of the toolbar. A function, since texts are known only once the page has its language. */
export function actions(): readonly Described[] {
  return [
    { action: 'start', label: t('To start'), key: 'Alt+Home', sign: '⇤', help: t('to where the program begins') },
    { action: 'previousStop', label: t('Last stop'), key: 'Alt+Shift+B', sign: '●←', help: t('back to the breakpoint before') },
    { action: 'backOut', label: t('Back out'), key: 'Alt+Shift+PageUp', sign: '↥', help: t('back to where this function was called') },
    { action: 'back', label: t('Back'), key: 'Alt+PageUp', sign: '←', help: t('one step back') },
    { action: 'play', label: t('Play'), key: 'Alt+P', sign: '▶', help: t('step by step by itself, to the next breakpoint; again: pause') },
    { action: 'over', label: t('Over'), key: 'Alt+O', sign: '↷', help: t('the next line of this function; calls are run through') },
    { action: 'into', label: t('Into'), key: 'Alt+PageDown', sign: '→', help: t('the next line, in called functions and in the kernel, too') },
    { action: 'out', label: t('Out'), key: 'Alt+Shift+PageDown', sign: '↧', help: t('on to the end of this function') },
    { action: 'nextStop', label: t('Next stop'), key: 'Alt+B', sign: '→●', help: t('on to the next breakpoint') },
    { action: 'end', label: t('To end'), key: 'Alt+End', sign: '⇥', help: t('to where the run ends') },
  ];
}

/** Keys without a button of their own. */
export function moreActions(): readonly Described[] {
  return [
    { action: 'nextCall', label: t('Next system call'), key: 'Alt+N', sign: '', help: t('to where the next system call begins') },
    { action: 'previousCall', label: t('Previous system call'), key: 'Alt+Shift+N', sign: '', help: t('back to where a system call began') },
    { action: 'toCursor', label: t('Run to cursor'), key: 'Alt+L', sign: '', help: t('to where a task comes to the line of the cursor') },
    { action: 'breakpoint', label: t('Toggle breakpoint'), key: 'Alt+K', sign: '', help: t('on the line of the cursor') },
    { action: 'run', label: t('Run'), key: 'Ctrl+Enter', sign: '', help: t('run the program and record it') },
    { action: 'help', label: t('Keys'), key: 'Alt+H', sign: '', help: t('this list; ? outside of text does the same') },
  ];
}

/** The action that a key press means; null: none of ours. */
export function actionOf(event: KeyboardEvent): Action | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (!event.altKey) return event.key === '?' && !isText(event.target) ? 'help' : null;
  // with Alt some layouts give another character: the key's place says which it is
  const name = event.key.length === 1 && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key;
  const pressed = `Alt+${event.shiftKey ? 'Shift+' : ''}${name}`;
  return [...actions(), ...moreActions()].find(({ key }) => key === pressed)?.action ?? null;
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, .cm-content, [contenteditable]') !== null;
}

/** As it stands on a button. */
export function shortKey(key: string): string {
  return key.replace('PageUp', 'PgUp').replace('PageDown', 'PgDn').replace('Shift+', '⇧');
}
