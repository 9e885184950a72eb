import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ENGLISH } from '../../webview/messages.ts';
import { inRoot } from '../host/checkout.mjs';

/** Every text that code asks a translation for, by its English: `l10n.t('…')`, `t('…')` and `rich('…')` of the notebook page, `phrase('…')` of what the simulator says. */
function asked(): Set<string> {
  const found = new Set<string>(Object.values(ENGLISH));
  for (const room of ['extension', path.join('webview', 'notebook'), path.join('simulator', 'picture'), path.join('simulator', 'run')]) {
    for (const entry of readdirSync(inRoot(room), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
      for (const [, literal = ''] of text.matchAll(/(?:l10n\.t|\bt|\brich|\bphrase)\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g)) {
        // a literal of TypeScript is one of JavaScript; JSON knows neither its quotes nor all its escapes
        found.add(new Function(`return ${literal};`)() as string); // eslint-disable-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- our own source text
      }
    }
  }
  return found;
}

const json = (name: string): Record<string, string> => JSON.parse(readFileSync(inRoot(name), 'utf8')) as Record<string, string>;
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const links = (text: string): string[] => [...text.matchAll(/\((command:[^)]+)\)/g)].map(([, link = '']) => link);

describe('Simplified Chinese', () => {
  const bundle = json('l10n/bundle.l10n.zh-cn.json');

  it('has every text of the extension and of its pages, and no text too many', () => {
    const wanted = asked();
    assert.ok(wanted.size > 400);
    assert.deepEqual([...wanted].filter((text) => !Object.hasOwn(bundle, text)), [], 'not translated');
    assert.deepEqual(Object.keys(bundle).filter((text) => !wanted.has(text)), [], 'translated, but used by nobody');
  });

  it('fills in the same values, and is Chinese', () => {
    for (const [english, chinese] of Object.entries(bundle)) {
      assert.deepEqual(placeholders(chinese), placeholders(english), english);
      assert.ok(chinese.length > 0, english);
    }
    assert.ok(Object.values(bundle).filter((text) => /\p{Script=Han}/u.test(text)).length > Object.keys(bundle).length * 0.9);
  });

  it('has every text of package.json, with the same links', () => {
    const english = json('package.nls.json');
    const chinese = json('package.nls.zh-cn.json');
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) assert.deepEqual(links(chinese[key] ?? ''), links(text), key);
  });
});
