import MarkdownIt from 'markdown-it';
import { useMemo, useState } from 'preact/hooks';
import { t } from './words.ts';

// html is off: what stands in the file as HTML is shown as text. Links are limited to what is harmless to click.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
// a picture would be fetched from somewhere, or be as large as somebody likes: its text stands in its place
markdown.disable('image');
markdown.validateLink = (url) => /^(?:https?:|mailto:|#|\.{0,2}\/|[\w.-]+(?:\/|$|#))/i.test(url) && !/^\s*(?:javascript|data|vbscript|command):/i.test(url);

/** A Markdown cell: rendered, and edited in place with a double click or Enter. */
export function MarkdownCell({ text, onChange, onLink }: { readonly text: string; readonly onChange: (text: string) => void; /** True: the link was ours, and was followed. */ readonly onLink: (href: string) => boolean }) {
  const html = useMemo(() => markdown.render(text), [text]);
  const [editing, setEditing] = useState(false);
  if (editing) {
    return <textarea class="markdown-source" aria-label={t('Markdown')} value={text} rows={Math.min(40, text.split('\n').length + 1)} autofocus
      onInput={(event) => { onChange(event.currentTarget.value); }} onKeyDown={(event) => { if (event.key === 'Escape') setEditing(false); }} onBlur={() => { setEditing(false); }} />;
  }
  return <section class="markdown" tabIndex={0} title={t('Double click or Enter edits')} onDblClick={() => { setEditing(true); }}
    onClick={(event) => { const link = (event.target as HTMLElement).closest('a'); if (link && onLink(link.getAttribute('href') ?? '')) event.preventDefault(); }}
    onKeyDown={(event) => { if (event.key === 'Enter' && event.target === event.currentTarget) { event.preventDefault(); setEditing(true); } }} dangerouslySetInnerHTML={{ __html: html }} />;
}
