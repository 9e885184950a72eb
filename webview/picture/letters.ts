import type { NamespaceFacts, Subject } from './subject.ts';
import { NS_LINKS, NS_TYPES, typeOfLink } from '../../helper/protocol.ts';

/** Namespace key → its letter in the picture. Kept for the life of a picture, so that a name never changes its meaning. */
export type Letters = Readonly<Record<string, string>>;

/** 0 → A, 25 → Z, 26 → AA. */
export function letterAt(index: number): string {
  let rest = index;
  let letters = '';
  for (; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

/** A → 0, the inverse of `letterAt`; -1 for anything else. */
export function indexOfLetter(letters: string): number {
  if (!/^[A-Z]{1,6}$/.test(letters)) return -1;
  let index = 0;
  for (const c of letters) index = index * 26 + c.charCodeAt(0) - 64;
  return index - 1;
}

/** By NS_GET_ID where the kernel has it (a 64-bit number as text; batches for each CPU make it only roughly the order of creation), else by inode. */
export function byCreation(a: NamespaceFacts, b: NamespaceFacts): number {
  if (a.created !== null && b.created !== null && a.created !== b.created && /^\d+$/.test(a.created) && /^\d+$/.test(b.created)) {
    return BigInt(a.created) < BigInt(b.created) ? -1 : 1;
  }
  return a.inode - b.inode;
}

/**
 * Names the namespaces of each type: A is the host's, then B, C … as `byCreation` sorts them. A letter once given stays
 * (also when its namespace is gone); one that comes later gets the next letter, never a freed one.
 */
export function assignLetters(subject: Subject, previous: Letters = {}): Letters {
  const letters: Record<string, string> = { ...previous };
  const host = new Set(subject.host.ns.map((inode, i) => `${typeOfLink(NS_LINKS[i] ?? 'uts')}:${inode}`));
  for (const type of NS_TYPES) {
    const mine = subject.namespaces.filter((n) => n.type === type).sort(byCreation);
    const given = new Set(Object.entries(letters).filter(([key]) => key.startsWith(`${type}:`)).map(([, letter]) => letter));
    let next = Math.max(1, ...[...given].map((letter) => indexOfLetter(letter) + 1));
    for (const namespace of mine) {
      if (letters[namespace.key] !== undefined) continue;
      const letter = host.has(`${type}:${namespace.inode}`) && !given.has('A') ? 'A' : letterAt(next++);
      letters[namespace.key] = letter;
      given.add(letter);
    }
  }
  return letters;
}
