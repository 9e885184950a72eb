import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as flags from '../../../simulator/kernel/flags.ts';
import '../../../simulator/run/session.ts';
import { LISTINGS } from '../../../simulator/kernel/listing.ts';
import type { ListingLine } from '../../../simulator/kernel/listing.ts';
import { FILLED_IN, fill, tell } from '../../../simulator/kernel/sentence.ts';
import type { Words } from '../../../simulator/kernel/sentence.ts';
import { inRoot } from '../../host/checkout.mjs';
import { caller } from './caller.ts';

const folder = inRoot('l10n/kernel.zh-cn');
const COMMON = 'common.json';
const files = new Map(readdirSync(folder).map((name): [string, Words] => [name, JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Words]));
const words: Words = Object.assign({}, ...files.values()) as Words;
const fileOf = (source: string): string => `${source.replace(/\.\w$/, '').replaceAll('/', '-')}.json`;
const slots = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort();

describe('the kernel in Simplified Chinese', () => {
  it('has every sentence of every listing, in its source file\'s own file, and none too many', () => {
    const wanted = new Map<string, Set<string>>(FILLED_IN.map((word) => [word, new Set(['', 'said everywhere'])]));
    for (const { file, lines } of LISTINGS) for (const { what, why } of lines) for (const one of [what, why]) wanted.set(one, (wanted.get(one) ?? new Set()).add(fileOf(file)));
    const place = (in_: ReadonlySet<string>): string => (in_.size === 1 ? [...in_][0]! : COMMON);
    assert.deepEqual([...wanted].filter(([one, in_]) => !Object.hasOwn(files.get(place(in_)) ?? {}, one)).map(([one, in_]) => `${place(in_)}: ${one}`), [], 'not translated');
    assert.deepEqual([...files].flatMap(([name, all]) => Object.keys(all).filter((one) => !wanted.has(one) || place(wanted.get(one)!) !== name).map((one) => `${name}: ${one}`)), [], 'translated, but said by no listing');
  });

  it('fills in the same values, and is Chinese', () => {
    for (const [english, chinese] of Object.entries(words)) {
      assert.deepEqual(slots(chinese), slots(english), english);
      assert.match(chinese, /\p{Script=Han}/u, english);
    }
    // whether a call had a flag is told by what follows the slot
    for (const [english, chinese] of Object.entries(words)) assert.equal(/\{with\} (CLONE_\w+)/.exec(chinese)?.[1], /\{with\} (CLONE_\w+)/.exec(english)?.[1], english);
  });

  it('tells a call with the same names as in English', () => {
    const { init, by, k } = caller();
    const { events } = k.trace;
    const start = events.length;
    by.call(init, 'unshare', flags.CLONE_NEWUTS);
    const toldOf = (fn: string, label: string, language?: Words) => {
      const at = events.findIndex(({ op, subject }, n) => n >= start && op === 'line' && (subject as ListingLine).listing.fn === fn && (subject as ListingLine).label === label);
      return tell(k, events, at, language);
    };
    assert.equal(toldOf('copy_utsname', 'get').what, 'uts A is held while it may be copied.');
    assert.equal(toldOf('copy_utsname', 'get', words).what, '在可能复制 uts A 期间先持有它。');
    assert.equal(toldOf('copy_utsname', 'test', words).why, 'unshare() 调用时带有 CLONE_NEWUTS。');
    assert.equal(toldOf('copy_ipcs', 'test', words).why, 'unshare() 调用时没有 CLONE_NEWIPC。');
    assert.equal(fill('{call}', { call: null, operands: {} }, words), '内核');
  });
});
