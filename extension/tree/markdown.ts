import { visible } from '../../helper/model/text.ts';

/**
 * Host text as Markdown that shows exactly that text, in one line, wherever inline text may stand, table cells and link
 * texts included. Every ASCII punctuation character is escaped, so that no link, image, HTML, emphasis or autolink can form;
 * `$` becomes an entity, since VS Code looks for `$(icon)` after Markdown was rendered.
 */
export function escapeMarkdown(text: string, maxLength = 200): string {
  return visible(text, maxLength)
    .replace(/[!-/:-@[-`{-~]/g, (c) => (c === '$' ? '&#36;' : c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : `\\${c}`))
    // Markdown drops spaces at the edges and joins those in a row
    .replace(/^ | $| (?= )/g, '&#160;')
    // `1.` and `-` begin lists only at the start of a line; a digit there is harmless when what follows is escaped, as here
    .replace(/\p{Zs}/gu, (c) => (c === ' ' ? c : '&#160;'));
}

/** `[text](command:…)` with the arguments encoded so that nothing in them can end the link. */
export function commandLink(text: string, command: string, args: readonly unknown[], icon?: string): string {
  const query = encodeURIComponent(JSON.stringify(args)).replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `[${icon ? `$(${icon}) ` : ''}${escapeMarkdown(text)}](command:${command}?${query})`;
}
