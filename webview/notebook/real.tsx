import { useEffect, useRef } from 'preact/hooks';
import { t } from './words.ts';

/** What the same program did on this machine. */
export interface Real { readonly phase: 'asked' | 'running' | 'done' | 'refused'; readonly output: string; readonly ending: string }

/** Simulated and real output, line by line; a line that differs is marked, and said. */
export function Comparison({ real, simulated, onClose }: { readonly real: Real; readonly simulated: string; readonly onClose: () => void }) {
  const rows = aligned(simulated.trimEnd().split('\n'), real.output.replaceAll('\r\n', '\n').trimEnd().split('\n'));
  const box = useRef<HTMLElement>(null);
  useEffect(() => { if (real.phase === 'done' || real.phase === 'refused') box.current?.scrollIntoView({ block: 'nearest' }); }, [real.phase]);
  const different = rows.filter(([a, b]) => a !== b).length;
  return <section ref={box} class="comparison" aria-label={t('Simulated and real')}>
    <header><b>{t('Simulated and real')}</b><span role="status">{real.phase === 'running' ? t('running on this machine…') : real.phase === 'refused' ? real.ending : different === 0 ? t('The same output. {0}', real.ending) : t('{0} lines differ. {1}', different, real.ending)}</span>
      <button type="button" class="icon-button" aria-label={t('Close')} title={t('Close')} onClick={onClose}>×</button></header>
    {real.phase !== 'refused' && <table><thead><tr><th scope="col">{t('simulated')}</th><th scope="col">{t('this machine')}</th></tr></thead>
      <tbody>{rows.map(([a, b], n) => <tr key={n} class={a === b ? '' : 'differs'}><td><code>{a ?? ''}</code></td><td><code>{b ?? ''}</code>{a === b ? null : <span class="spoken">, {t('different')}</span>}</td></tr>)}</tbody></table>}
    {different > 0 && real.phase === 'done' && <p class="dim">{t('Numbers of processes, inode numbers and the order of what runs at the same time may differ between any two machines.')}</p>}
  </section>;
}

/** More lines than these are compared as they stand, one by one. */
const MOST_ALIGNED = 400;

/** Lines side by side by their longest common subsequence; where one side has no line it is null. */
export function aligned(a: readonly string[], b: readonly string[]): [string | null, string | null][] {
  const rows: [string | null, string | null][] = [];
  const common = commonLengths(a, b);
  const left = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const x = a[i] ?? null;
    const y = b[j] ?? null;
    if (x === null) j++;
    else if (y === null) i++;
    // a line against another where neither is needed later: changed, not gone and come
    else if (x === y || left(i + 1, j + 1) === left(i, j)) { i++; j++; } else if (left(i + 1, j) >= left(i, j + 1)) {
      rows.push([x, null]);
      i++;
      continue;
    } else {
      rows.push([null, y]);
      j++;
      continue;
    }
    rows.push([x, y]);
  }
  return rows;
}

/** [i][j]: lines that a from i on and b from j on have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly Uint16Array[] {
  if (a.length > MOST_ALIGNED || b.length > MOST_ALIGNED) return [];
  const rows = [new Uint16Array(b.length + 1)];
  for (const line of a.toReversed()) {
    const below = rows[0] ?? new Uint16Array(b.length + 1);
    const row = new Uint16Array(b.length + 1);
    for (let j = b.length - 1; j >= 0; j--) row[j] = line === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    rows.unshift(row);
  }
  return rows;
}
