import { setTimeout } from 'node:timers/promises';

/** Asks again and again until the answer is neither false nor undefined, and gives it; after `ms` it fails and says what it waited for. */
export async function until<T>(what: string, ask: () => T | Promise<T>, ms = 10_000): Promise<Exclude<T, false | undefined | null>> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined && answer !== null) return answer as Exclude<T, false | undefined | null>;
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain for: ${what}`);
    await setTimeout(5);
  }
}
