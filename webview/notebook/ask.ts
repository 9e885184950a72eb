import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import { diff } from './diff.ts';
import { nameOf } from './names.ts';
import { asked, success, type Ahead, type Question } from './predict.ts';
import { t } from './words.ts';

/**
 * A question that the author of a program asks before a line of it, in a comment there or on the line above: `// ask count nsproxy 1: How many tasks use it afterwards?`. The
 * answer is what the recording then shows, so it cannot be wrong: the `count` of an object, the `result` of the call, what is `new`; or `choose A | *B | C`, where the author says.
 */
export interface Ask {
  /** From 1: stepping over this line answers it. */
  readonly line: number;
  readonly about: { readonly kind: 'count'; readonly name: string } | { readonly kind: 'result' | 'new' } | { readonly kind: 'choose'; readonly choices: readonly string[]; readonly right: number };
  readonly text: string;
}

const COMMENT = /(?:\/\/|\/\*)\s*ask\s+([^:]*):\s*(.*?)\s*(?:\*\/.*)?$/;

/** A line as it is shown and said: the question is asked where it belongs, and its answer is not given away. */
export function withoutAsk(row: string): string { return row.replace(COMMENT, '').trimEnd(); }

/** Where in a line it stands what a question is about, from `ask` to the colon: columns from 0. Null: it asks nothing. */
export function aboutIn(row: string): { readonly from: number; readonly to: number } | null {
  const found = COMMENT.exec(row);
  if (!found) return null;
  const from = found.index + found[0].indexOf('ask');
  return { from, to: row.indexOf(':', from) + 1 };
}

/** The questions in a program's text, and what is wrong with those that are none. */
export function asksIn(program: string): { readonly asks: readonly Ask[]; readonly faults: readonly string[] } {
  const asks: Ask[] = [], faults: string[] = [];
  const rows = program.split('\n');
  for (const [n, row] of rows.entries()) {
    const found = COMMENT.exec(row);
    if (!found) continue;
    const [all, what = '', text = ''] = found;
    const alone = row.trim() === all.trim();
    const line = alone ? rows.findIndex((one, at) => at > n && one.trim() !== '' && !/^\s*(?:\/\/|\/\*)/.test(one)) + 1 : n + 1;
    const about = aboutOf(what.trim());
    if (!about || text === '' || line === 0) faults.push(t('line {0}: behind "ask" stands "count NAME", "result", "new" or "choose A | *B", then a colon and the question', n + 1));
    else asks.push({ line, about, text });
  }
  return { asks, faults };
}

function aboutOf(what: string): Ask['about'] | null {
  const [word = '', ...rest] = what.split(/\s+/);
  const name = rest.join(' ');
  switch (word) {
    case 'count': return name === '' ? null : { kind: 'count', name };
    case 'result': case 'new': return name === '' ? { kind: word } : null;
    case 'choose': {
      const choices = name.split('|').map((one) => one.trim());
      const right = choices.findIndex((one) => one.startsWith('*'));
      const plain = choices.map((one) => one.replace(/^\*/, '').trim());
      return right < 0 || choices.length < 2 || choices.length > 3 || plain.includes('') ? null : { kind: 'choose', choices: plain, right };
    }
    default: return null;
  }
}

/** The question with its choices, as it is asked now; null: the object that it asks about is not there. */
export function questionFrom({ about, text }: Ask, now: Picture, ahead: Ahead, step: number): Question | null {
  switch (about.kind) {
    case 'choose': return { text, choices: about.choices, right: about.right };
    case 'result': {
      const { result } = ahead;
      if (result === null) return null;
      const failed = result.startsWith('-E');
      return asked(text, failed ? result : success(), [...failed ? [success()] : [], ...['-EPERM', '-EINVAL', '-ENOMEM'].filter((one) => one !== result)].slice(0, 2), step);
    }
    case 'new': {
      const made = [...diff(now, ahead.picture)].filter(([ref, change]) => change.made && !ref.startsWith('cred:')).map(([ref]) => nameOf(ref, ahead.picture));
      const nothing = t('nothing: all is shared');
      return asked(text, made.length === 0 ? nothing : made.join(', '), [made.length === 0 ? t('another {0} namespace', 'uts') : nothing, ...made.length > 1 ? made.slice(-1) : [t('another {0} namespace', made.some((name) => name.startsWith('pid')) ? 'net' : 'pid')]], step);
    }
    case 'count': {
      const ref = refOf(about.name, now);
      if (ref === null) return null;
      const from = countOf(ref, now), to = countOf(ref, ahead.picture);
      const right = to === null ? t('it is gone') : String(to);
      const wrong = [from, (from ?? 0) + 1, Math.max(0, (from ?? 0) - 1), (from ?? 0) + 2].map(String).filter((one) => one !== right);
      return asked(text, right, wrong.slice(0, 2), step);
    }
  }
}

function refOf(name: string, picture: Picture): Ref | null {
  return [...picture.nsproxies, ...picture.namespaces].find(({ ref }) => nameOf(ref, picture) === name)?.ref ?? null;
}

function countOf(of: Ref, picture: Picture): number | null {
  return [...picture.nsproxies, ...picture.namespaces].find(({ ref }) => ref === of)?.count ?? null;
}
