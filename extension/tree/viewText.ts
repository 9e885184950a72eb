import type { Hello } from '../../helper/protocol.ts';
import { visible } from '../../helper/model/text.ts';
import { count, number } from './nodes/words.ts';

/** All that the lines above the tree are made from. */
export interface ViewFacts {
  readonly namespaces: number;
  readonly filter: { readonly text: string; readonly matching: number } | null;
  readonly frozen: { readonly at: Date; readonly changes: number } | null;
  /** A saved snapshot: its file's name and when it was taken. */
  readonly snapshot: { readonly name: string; readonly takenAt: Date } | null;
  readonly comparison: { readonly before: string; readonly after: string } | null;
  readonly inside: Hello['inside'];
}

/** The dim text after the view's title: short, since it is the first to be cut. */
export function viewDescription(facts: ViewFacts): string {
  return [
    facts.comparison ? `${visible(facts.comparison.before, 40)} ⟶ ${visible(facts.comparison.after, 40)}` : number(facts.namespaces),
    ...(facts.frozen ? ['frozen'] : []),
    ...(facts.snapshot ? [visible(facts.snapshot.name, 60)] : []),
  ].join(' · ');
}

/** The lines between title and rows; undefined when there is nothing to say. */
export function viewMessage(facts: ViewFacts): string | undefined {
  const lines: string[] = [];
  if (facts.inside) {
    const { engine, name, id } = facts.inside;
    const which = [engine === 'unknown' ? 'a' : `a ${engine}`, 'container', ...(name ? [`“${visible(name, 60)}”`] : id ? [visible(id, 200).slice(0, 12)] : [])].join(' ');
    lines.push(`VS Code runs inside ${which}: “host” and “initial” mean what that container sees.`);
  }
  if (facts.snapshot) lines.push(`Saved snapshot, taken ${dateTime(facts.snapshot.takenAt)}.`);
  if (facts.frozen) {
    lines.push(facts.frozen.changes === 0 ? `Frozen at ${time(facts.frozen.at)}. Refresh counts what has changed since, unfreeze shows it.`
      : `Frozen at ${time(facts.frozen.at)}, ${count(facts.frozen.changes, 'change')} since.`);
  }
  if (facts.filter) lines.push(`${number(facts.filter.matching)} of ${number(facts.namespaces)} match “${visible(facts.filter.text, 80)}”`);
  return lines.length === 0 ? undefined : lines.join(' ');
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `14:02:11`, local time. */
export function time(date: Date): string { return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`; }

/** `2026-03-01 14:02:11`, local time. */
export function dateTime(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time(date)}`;
}
