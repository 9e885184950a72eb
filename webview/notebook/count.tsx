import type { Changed } from './diff.ts';

/** A reference count, and how it changed. */
export function Count({ n, change, word }: { readonly n: number; readonly change: Changed | undefined; readonly word?: string }) {
  if (!change?.count) return <span class="count">{word === undefined ? '' : `${word} `}{n}</span>;
  const [from, to] = change.count;
  return <span class={`delta${to < from ? ' down' : ''}`}><i aria-hidden="true">{to > from ? '▲' : '▼'}</i>{from} → {to}</span>;
}
