// Icons are VS Code's own (@vscode/codicons, CC BY 4.0), drawn inline: no font to load, and they follow the text colour.
import add from '@vscode/codicons/src/icons/add.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import home from '@vscode/codicons/src/icons/home.svg';
import list from '@vscode/codicons/src/icons/list-tree.svg';
import lock from '@vscode/codicons/src/icons/lock.svg';
import sort from '@vscode/codicons/src/icons/sort-precedence.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';

const SOURCES = { add, close, copy, home, list, lock, sort, warning };
export type IconName = keyof typeof SOURCES;

/** The path data of an SVG file; only that is drawn, never its markup. */
const PATHS = Object.fromEntries(Object.entries(SOURCES).map(([name, svg]) => [name, [...svg.matchAll(/ d="([^"]+)"/g)].map(([, d]) => d ?? '')]));

/** Decoration: hidden from screen readers, so a word or a label must say the same. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    {(PATHS[name] ?? []).map((d) => <path key={d} d={d} fill="currentColor" fill-rule="evenodd" clip-rule="evenodd" />)}
  </svg>;
}
