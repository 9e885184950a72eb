import { useEffect, useRef } from 'preact/hooks';
import type { Moment } from '../../simulator/timeline/moment.ts';

const WORDS = { ran: 'ran', now: 'this step', next: 'next', skipped: 'not taken', later: '' } as const;
const MARKS = { ran: '✓', now: '●', next: '▷', skipped: '', later: '' } as const;

/** The kernel function that the task is in, in our own words, with what has run of it. */
export function KernelListing({ listing, version }: { readonly listing: Moment['listing']; readonly version: string }) {
  const now = useRef<HTMLLIElement>(null);
  useEffect(() => { now.current?.scrollIntoView({ block: 'nearest' }); });
  if (!listing) return <p class="empty">The task is in its own program. “Into” goes on into the kernel when the program calls it.</p>;
  return <>
    <header><b>{listing.fn}()</b><a href={sourceOf(listing.file, version)} title="The real source text">{listing.file}</a><span class="dim">in our words</span></header>
    <ol class="kernel-lines" tabIndex={0} aria-label={`Lines of ${listing.fn}`}>
      {listing.rows.map(({ text, indent, state }, n) => <li key={n} class={state} ref={state === 'now' ? now : null} aria-current={state === 'now' ? 'step' : undefined}>
        <span class="what" aria-hidden="true">{MARKS[state]}</span><code style={{ paddingInlineStart: `${indent * 18}px` }}>{text}</code><span class="word">{WORDS[state]}</span>
      </li>)}
    </ol>
  </>;
}

/** Where the real function stands, for the version that is simulated. */
function sourceOf(file: string, version: string): string {
  return `https://elixir.bootlin.com/linux/v${version}/source/${file}`;
}
