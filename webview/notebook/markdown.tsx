import MarkdownIt from 'markdown-it';
import { useMemo, useState } from 'preact/hooks';

// html is off: what stands in the file as HTML is shown as text. Links are limited to what is harmless to click.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.validateLink = (url) => /^(?:https?:|mailto:|#|\.{0,2}\/|[\w.-]+(?:\/|$|#))/i.test(url) && !/^\s*(?:javascript|data|vbscript|command):/i.test(url);

/** A Markdown cell: rendered, and edited in place with a double click or Enter. */
export function MarkdownCell({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const html = useMemo(() => markdown.render(text), [text]);
  const [editing, setEditing] = useState(false);
  if (editing) {
    return <textarea class="markdown-source" aria-label="Markdown" value={text} rows={Math.min(40, text.split('\n').length + 1)} autofocus
      onInput={(event) => { onChange(event.currentTarget.value); }} onKeyDown={(event) => { if (event.key === 'Escape') setEditing(false); }} onBlur={() => { setEditing(false); }} />;
  }
  return <section class="markdown" tabIndex={0} title="Double click or Enter edits" onDblClick={() => { setEditing(true); }}
    onKeyDown={(event) => { if (event.key === 'Enter' && event.target === event.currentTarget) { event.preventDefault(); setEditing(true); } }} dangerouslySetInnerHTML={{ __html: html }} />;
}
