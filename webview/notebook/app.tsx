import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { NotebookStart } from '../protocol.ts';
import { MarkdownCell } from './markdown.tsx';
import { parseNotebook } from './parse.ts';
import { ProgramCell } from './program.tsx';

/** The page's text of the file. Typing here changes it at once; the host's answer only matters when it says something else. */
export const text = signal('');

interface Props {
  readonly start: NotebookStart;
  readonly nonce: string;
  /** Replaces characters from … to of the file. */
  readonly edit: (from: number, to: number, insert: string) => void;
}

export function Notebook({ start, nonce, edit }: Props) {
  const now = text.value;
  const cells = useMemo(() => parseNotebook(now), [now]);
  const files = useMemo(() => ({ worker: start.worker, system: start.system }), [start]);
  if (cells.length === 0) return <main class="notebook"><p class="empty">This notebook is empty.</p><button type="button" class="button" onClick={() => { edit(0, now.length, FIRST); }}>+ Program</button></main>;
  return <main class="notebook">
    {cells.map((cell, n) => (cell.kind === 'markdown'
      ? <MarkdownCell key={`m${n}`} text={cell.text} onChange={(changed) => { edit(cell.from, cell.to, changed); }} />
      : <ProgramCell key={`p${n}`} cell={cell} files={files} nonce={nonce} onChange={(changed) => { edit(cell.textFrom, cell.textTo, changed.endsWith('\n') ? changed : `${changed}\n`); }} />))}
    <p class="add"><button type="button" class="button secondary" onClick={() => { edit(now.length, now.length, `${now.endsWith('\n') ? '' : '\n'}\nText.\n`); }}>+ Text</button>
      <button type="button" class="button secondary" onClick={() => { edit(now.length, now.length, `${now.endsWith('\n') ? '' : '\n'}\n${FIRST}`); }}>+ Program</button></p>
  </main>;
}

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
