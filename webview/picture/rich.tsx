import { Fragment } from 'preact';
import type { ComponentChildren } from 'preact';

/** As `fill`, with elements for values. All text stays text nodes. */
export function Filled({ template, values }: { readonly template: string; readonly values: readonly ComponentChildren[] }) {
  return <>{template.split(/(\{\d+\})/).map((part, i) => {
    const n = /^\{(\d+)\}$/.exec(part)?.[1];
    return <Fragment key={i}>{n === undefined ? part : values[Number(n)] ?? part}</Fragment>;
  })}</>;
}

/** Values with a word or a comma between them, as the language has it. */
export function Listed({ items, language }: { readonly items: readonly ComponentChildren[]; readonly language: string }) {
  const parts = new Intl.ListFormat(language, { type: 'unit', style: 'short' }).formatToParts(items.map((_, i) => String(i)));
  return <>{parts.map((part, i) => <Fragment key={i}>{part.type === 'element' ? items[Number(part.value)] : part.value}</Fragment>)}</>;
}
