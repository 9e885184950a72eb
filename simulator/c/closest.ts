/** Edits (insert, delete, replace, swap of neighbours) from one word to the other; more than `most` counts as `most + 1`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [], row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The candidate that a misspelt word was probably meant to be; null when none is near (a third of its letters, as gcc reckons). */
export function closest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null, fewest = Infinity;
  for (const candidate of candidates) {
    if (candidate === word || candidate.length === 0) continue;
    const most = Math.max(word.length, candidate.length) <= 2 ? 0 : Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    const edits = distance(word, candidate, most);
    if (edits <= most && edits < fewest) {
      best = candidate;
      fewest = edits;
    }
  }
  return best;
}
