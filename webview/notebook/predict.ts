import type { Picture, Ref } from '../../simulator/picture/picture.ts';
import { diff } from './diff.ts';
import { nameOf } from './names.ts';
import { t } from './words.ts';

/** A question about what stepping over will do, made from the recording: so there is always one right answer, and the reason is the step itself. */
export interface Question { readonly text: string; readonly choices: readonly string[]; readonly right: number }

/** What will have happened when the next line, or the next call, is done. `result`: of the system call that ends by then, as text. */
export interface Ahead { readonly picture: Picture; readonly call: string | null; readonly result: string | null }

/** The most telling question; null when nothing changes that one could ask about. The same for the same step. */
export function questionOf(now: Picture, ahead: Ahead, step: number): Question | null {
  const changes = [...diff(now, ahead.picture)];
  if (ahead.call !== null && ahead.result !== null && /^-E/.test(ahead.result)) {
    const wrong = ['-EPERM', '-EINVAL'].filter((one) => one !== ahead.result).slice(0, 1);
    return asked(t('What will {0}() return?', ahead.call), ahead.result, [success(), ...wrong], step);
  }
  const made = changes.filter(([ref, change]) => change.made && !ref.startsWith('task:')).map(([ref]) => nameOf(ref, ahead.picture));
  const counted = changes.find(([ref, change]) => change.count && ref.startsWith('nsproxy:')) ?? changes.find(([, change]) => change.count);
  if (made.length > 0 && (step % 2 === 0 || !counted)) {
    const [first = ''] = made;
    const others = ahead.picture.namespaces.map(({ type }) => type).filter((type, n, all) => all.indexOf(type) === n && !made.some((name) => name.startsWith(type)));
    return asked(t('Which of these will be new?'), first, [t('nothing: all is shared'), ...others.slice(0, 1).map((type) => t('another {0} namespace', type))], step);
  }
  const count = counted?.[1].count;
  if (counted && count) {
    const [from, to] = count;
    const choices = [String(from), String(from + 1), String(Math.max(0, from - 1)), String(from + 2)].filter((one) => one !== String(to));
    return asked(t('What will the count of {0} be?', nameOf(counted[0], ahead.picture)), String(to), choices.slice(0, 2), step);
  }
  const moved = changes.find(([, change]) => change.nsproxy);
  if (moved) return asked(t('Which nsproxy will {0} use?', nameOf(moved[0], ahead.picture)), name(moved[1].nsproxy?.[1] ?? null, ahead.picture), otherProxies(ahead.picture, moved[1].nsproxy?.[1] ?? null), step);
  return null;
}

function name(ref: Ref | null, picture: Picture): string { return ref === null ? 'NULL' : nameOf(ref, picture); }

function otherProxies(picture: Picture, right: Ref | null): string[] {
  return ['NULL', ...picture.nsproxies.map(({ ref }) => nameOf(ref, picture))].filter((one) => one !== name(right, picture)).slice(0, 2);
}

export function success(): string { return t('0 or more: it succeeds'); }

/** Choices in an order that depends on the step only. */
export function asked(text: string, right: string, wrong: readonly string[], step: number): Question | null {
  if (wrong.length === 0) return null;
  const at = step % (wrong.length + 1);
  return { text, choices: [...wrong.slice(0, at), right, ...wrong.slice(at)], right: at };
}
