import { integerValue } from '../parse/literal.ts';
import type { Token } from './token.ts';

/** What `#pragma pack` says, by the tokens it stands between: members are aligned to `most` bytes at the most; null: as their types want. */
export class Packing {
  readonly #changes: { readonly before: number; readonly most: number | null }[] = [];
  readonly #pushed: { readonly name: string; readonly most: number | null }[] = [];
  #most: number | null = null;

  /** `(n)`, `()`, `(push)`, `(push, n)`, `(pop)`, with a name in them or not; others change nothing. */
  pragma(tokens: readonly Token[], before: number): void {
    if (tokens[0]?.is('(') !== true || tokens.at(-1)?.is(')') !== true) return;
    const words = tokens.slice(1, -1).filter((token) => !token.is(','));
    const name = words.find((token, i) => i > 0 && token.kind === 'identifier')?.text ?? '';
    const number = words.find((token) => token.kind === 'number');
    const value = number ? integerValue(number.text) : null;
    const most = value && 'value' in value && [1n, 2n, 4n, 8n, 16n].includes(value.value) ? Number(value.value) : null;
    if (words[0]?.text === 'push') this.#pushed.push({ name, most: this.#most });
    else if (words[0]?.text === 'pop') {
      const at = name === '' ? this.#pushed.length - 1 : this.#pushed.findLastIndex((one) => one.name === name);
      if (at >= 0) this.#most = this.#pushed.splice(at)[0]?.most ?? null;
    } else if (!number) this.#most = null;
    if (number) this.#most = most;
    this.#changes.push({ before, most: this.#most });
  }

  /** What holds at the token of that number. */
  at(token: number): number | null { return this.#changes.findLast(({ before }) => before <= token)?.most ?? null; }
}
