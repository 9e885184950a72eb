import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import type { Changed } from './diff.ts';
import { nameOf } from './names.ts';
import { t } from './words.ts';

export interface Chip { readonly text: string; readonly kind: 'new' | 'gone' | 'up' | 'down' | 'change'; readonly ref: Ref }

const MOST = 6;

/** What changed, most telling first: made and freed objects, contents and pointers, counts; the rest in one word. */
export function chipsOf(changes: ReadonlyMap<Ref, Changed>, picture: Picture, before: Picture | null): Chip[] {
  const chips: (Chip & { readonly weight: number })[] = [];
  const name = (ref: Ref | null): string => (ref === null ? 'NULL' : nameOf(ref, picture.namespaces.some((n) => n.ref === ref) || !before ? picture : before));
  for (const [ref, change] of changes) {
    const of = change.freed && before ? nameOf(ref, before) : nameOf(ref, picture);
    if (change.made) chips.push({ weight: 0, kind: 'new', ref, text: t('NEW {0}', of) });
    if (change.freed) chips.push({ weight: 0, kind: 'gone', ref, text: t('{0} freed', of) });
    if (change.text) chips.push({ weight: 1, kind: 'change', ref, text: `${of} ${change.text[0]} → ${change.text[1]}` });
    if (change.nsproxy && change.nsproxy[0] !== change.nsproxy[1]) chips.push({ weight: 1, kind: 'change', ref, text: `${of}: ${name(change.nsproxy[0])} → ${name(change.nsproxy[1])}` });
    if (change.user) chips.push({ weight: 1, kind: 'change', ref, text: `${of}: ${name(change.user[0])} → ${name(change.user[1])}` });
    for (const [slot, [from, to]] of change.slots ?? []) chips.push({ weight: 1, kind: 'change', ref, text: `${of}.${slot} ${name(from)} → ${name(to)}` });
    if (change.count) chips.push({ weight: 2, kind: change.count[1] > change.count[0] ? 'up' : 'down', ref, text: t('{0} count {1} → {2}', of, change.count[0], change.count[1]) });
  }
  chips.sort((a, b) => a.weight - b.weight);
  if (chips.length <= MOST) return chips;
  const [first] = chips;
  return [...chips.slice(0, MOST - 1), { kind: 'change', ref: first?.ref ?? '', text: t('and {0} more', chips.length - MOST + 1) }];
}
