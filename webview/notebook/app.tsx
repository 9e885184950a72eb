import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { NotebookStart } from '../protocol.ts';
import { withAttribute } from './attributes.ts';
import type { Kept, KeptCell } from './kept.ts';
import { NOTHING_KEPT } from './kept.ts';
import { MarkdownCell } from './markdown.tsx';
import type { Cell } from './parse.ts';
import { parseNotebook } from './parse.ts';
import { ProgramCell, asked } from './program.tsx';
import { StateCell } from './state_cell.tsx';
import { t } from './words.ts';

/** The page's text of the file. Typing here changes it at once; the host's answer only matters when it says something else. */
export const text = signal('');
/** What is remembered of each cell. */
export const kept = signal<Kept>({});

interface Props {
  readonly start: NotebookStart;
  readonly nonce: string;
  /** Replaces characters from … to of the file. */
  readonly edit: (from: number, to: number, insert: string) => void;
  readonly keep: (kept: Kept) => void;
}

export function Notebook({ start, nonce, edit, keep }: Props) {
  const now = text.value;
  const cells = useMemo(() => parseNotebook(now), [now]);
  const files = useMemo(() => ({ worker: start.worker, system: start.system, listings: start.listings, words: start.words }), [start]);
  const ids = idsOf(cells);
  const others = useMemo(() => othersOf(cells), [cells]);
  const states = useMemo(() => new Map(cells.flatMap((cell) => (cell.kind === 'state' && cell.name !== '' ? [[cell.name, cell.text] as const] : []))), [cells]);
  const remember = (id: string, of: KeptCell): void => {
    if (JSON.stringify(kept.value[id]) === JSON.stringify(of)) return;
    kept.value = { ...kept.value, [id]: of };
    keep(kept.value);
  };
  const addText = (at: number): void => { edit(at, at, `${blankBefore(now, at)}${t('Text.')}\n`); };
  const addProgram = (at: number): void => { edit(at, at, `${blankBefore(now, at)}${FIRST}`); };
  const move = (n: number, direction: 1 | -1): void => {
    const [a, b] = direction > 0 ? [cells[n], cells[n + 1]] : [cells[n - 1], cells[n]];
    if (!a || !b) return;
    const first = now.slice(a.from, a.to);
    const second = now.slice(b.from, b.to);
    edit(a.from, b.to, `${second.endsWith('\n') ? second : `${second}\n`}${blankBetween(second, first)}${first}`);
  };
  if (cells.length === 0) return <main class="notebook"><p class="empty">{t('This notebook is empty.')}</p><button type="button" class="button" onClick={() => { edit(0, now.length, FIRST); }}>+ {t('Program')}</button></main>;
  return <main class="notebook">
    {cells.map((cell, n) => {
      const id = ids[n] ?? '';
      return <div key={cell.kind === 'program' ? `p${id}` : `${cell.kind[0] ?? ''}${n}`} class="cell">
        {cell.kind === 'markdown'
          ? <MarkdownCell text={cell.text} onChange={(changed) => { edit(cell.from, cell.to, changed); }} onLink={follow} />
          : cell.kind === 'state' ? <StateCell cell={cell} onChange={(changed) => { edit(cell.textFrom, cell.textTo, changed.endsWith('\n') ? changed : `${changed}\n`); }} />
          : <ProgramCell id={id} cell={cell} files={files} nonce={nonce} canRunForReal={start.canRunForReal} kept={kept.value[id] ?? { ...NOTHING_KEPT, ask: cell.attributes.predict }} onKeep={(of) => { remember(id, of); }}
            others={others[n] ?? NO_OTHERS} states={states} onSet={(name, values) => { edit(cell.wordsFrom, cell.wordsFrom + cell.words.length, withAttribute(cell.words, name, values)); }}
            onChange={(changed) => { edit(cell.textFrom, cell.textTo, changed.endsWith('\n') ? changed : `${changed}\n`); }} />}
        <p class="cell-tools" role="toolbar" aria-label={t('Cell {0}', n + 1)}>
          <button type="button" class="icon-button" title={t('Add text below')} aria-label={t('Add text below')} onClick={() => { addText(cell.to); }}>+ {t('Text')}</button>
          <button type="button" class="icon-button" title={t('Add a program below')} aria-label={t('Add a program below')} onClick={() => { addProgram(cell.to); }}>+ {t('Program')}</button>
          <button type="button" class="icon-button" disabled={n === 0} title={t('Move up')} aria-label={t('Move up')} onClick={() => { move(n, -1); }}>↑</button>
          <button type="button" class="icon-button" disabled={n === cells.length - 1} title={t('Move down')} aria-label={t('Move down')} onClick={() => { move(n, 1); }}>↓</button>
          <button type="button" class="icon-button" title={t('Delete (Undo brings it back)')} aria-label={t('Delete this cell')} onClick={() => { edit(cell.from, cell.to, ''); }}>✕</button>
        </p>
      </div>;
    })}
  </main>;
}

const NO_OTHERS: ReadonlyMap<string, string> = new Map();

/** For each cell the texts of the other programs, by their names. */
function othersOf(cells: readonly Cell[]): readonly ReadonlyMap<string, string>[] {
  const programs = cells.flatMap((cell) => (cell.kind === 'program' ? [[cell.attributes.name, cell.text] as const] : []));
  return cells.map((cell) => (cell.kind === 'program' ? new Map(programs.filter(([name]) => name !== cell.attributes.name)) : NO_OTHERS));
}

/** Each program cell by its program's name; a second one of a name has its number with it. */
function idsOf(cells: readonly Cell[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell) => {
    if (cell.kind !== 'program') return '';
    const n = (seen.get(cell.attributes.name) ?? 0) + 1;
    seen.set(cell.attributes.name, n);
    return n === 1 ? cell.attributes.name : `${cell.attributes.name}#${n}`;
  });
}

let requests = 0;

/** `#first.c:128` in a text goes to that step of that program; false: it is another kind of link. */
export function follow(href: string): boolean {
  const [, cell, step] = /^#([\w.-]+\.c(?:%23\d+|#\d+)?):(\d{1,9})$/.exec(href) ?? [];
  if (cell === undefined || step === undefined) return false;
  asked.value = { action: null, cell: decodeURIComponent(cell), to: Number(step), n: ++requests };
  return true;
}

/** A command of VS Code, for the cell that was used last. */
export function command(action: NonNullable<typeof asked.value>['action']): void { asked.value = { action, cell: null, to: null, n: ++requests }; }

function blankBefore(file: string, at: number): string { return at === 0 || file.slice(0, at).endsWith('\n\n') ? '' : file.slice(0, at).endsWith('\n') ? '\n' : '\n\n'; }
function blankBetween(above: string, below: string): string { return above.endsWith('\n\n') || below.startsWith('\n') ? '' : '\n'; }

const FIRST = `\`\`\`c nslab name="first.c"
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    if (unshare(CLONE_NEWUTS) == -1) {
        perror("unshare");
        return 1;
    }
    sethostname("blue", 4);
    return 0;
}
\`\`\`
`;
