import { useEffect, useRef } from 'preact/hooks';
import type { Moment } from '../../simulator/timeline/moment.ts';
import { t } from './words.ts';

const word = (state: 'ran' | 'now' | 'next' | 'skipped' | 'later'): string => ({ ran: t('ran'), now: t('this step'), next: t('next'), skipped: t('not taken'), later: '' })[state];
const MARKS = { ran: '✓', now: '●', next: '▷', skipped: '', later: '' } as const;

/** The kernel function that the task is in, in our own words, with what has run of it. */
export function KernelListing({ listing, version }: { readonly listing: NonNullable<Moment['listing']>; readonly version: string }) {
  const now = useRef<HTMLLIElement>(null);
  useEffect(() => { now.current?.scrollIntoView({ block: 'nearest' }); });
  return <>
    <header><b>{listing.fn}()</b><a href={sourceOf(listing.file, version)} title={t('The real source text')}>{listing.file}</a><span class="dim">{t('in our words')}</span></header>
    <ol class="kernel-lines" tabIndex={0} aria-label={t('Lines of {0}', listing.fn)}>
      {listing.rows.map(({ text, indent, state }, n) => <li key={n} class={state} ref={state === 'now' ? now : null} aria-current={state === 'now' ? 'step' : undefined}>
        <span class="what" aria-hidden="true">{MARKS[state]}</span><code style={{ paddingInlineStart: `${indent * 18}px` }}>{text}</code><span class="word">{word(state)}</span>
      </li>)}
    </ol>
  </>;
}

/** Where the real function stands, for the version that is simulated. */
function sourceOf(file: string, version: string): string {
  return `https://elixir.bootlin.com/linux/v${version}/source/${file}`;
}
