import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ENGLISH } from '../../../webview/messages.ts';
import type { OpenPage } from './browser.ts';
import { openPage } from './browser.ts';
import { busyHost, pair, subject, task } from './subjects.ts';

describe('the page "Compare Processes"', () => {
  let page: OpenPage;
  const all = (selector: string): HTMLElement[] => [...page.document.querySelectorAll<HTMLElement>(selector)];
  const one = (selector: string): HTMLElement => {
    const [found] = all(selector);
    assert.ok(found, `nothing matches ${selector}`);
    return found;
  };
  /** The block or name whose spoken text holds this. */
  const saying = (text: string): HTMLElement => {
    const found = all('table .spoken').find((span) => span.textContent.includes(text))?.parentElement;
    assert.ok(found, `nothing says ${text}`);
    return found;
  };
  const fire = async (element: HTMLElement, event: 'click' | 'mouseenter' | 'mouseleave'): Promise<void> => {
    const { MouseEvent } = page.document.defaultView as unknown as { MouseEvent: typeof globalThis.MouseEvent };
    element.dispatchEvent(new MouseEvent(event, { bubbles: event === 'click' }));
    await page.settled();
  };
  const press = async (key: string, init: KeyboardEventInit = {}): Promise<void> => {
    const { KeyboardEvent } = page.document.defaultView as unknown as { KeyboardEvent: typeof globalThis.KeyboardEvent };
    (page.document.activeElement as HTMLElement).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...init }));
    await page.settled();
  };
  const names = (): string[] => all('tbody th b').map((b) => b.textContent);
  beforeEach(async () => { page = await openPage(); });
  afterEach(() => page.close());

  it('says that it is ready, and that it waits', () => {
    assert.deepEqual(page.posted, [{ type: 'ready' }]);
    assert.equal(one('.waiting').textContent, ENGLISH.loading);
  });

  it('draws a row for each task and joined cells with a row span', async () => {
    await page.show(busyHost());
    assert.deepEqual(names(), ['Host lab', 'probe', 'postgres', 'postgres', 'make', 'cc1', 'sshd']);
    const grid = one('[role=grid]');
    assert.equal(grid.getAttribute('aria-rowcount'), '8');
    assert.equal(grid.getAttribute('aria-colcount'), '10');
    const db = saying('“db”');
    assert.equal(db.getAttribute('rowspan') ?? String((db as HTMLTableCellElement).rowSpan), '2');
    const covered = all('[role=grid] tbody td').reduce((sum, td) => sum + (td as HTMLTableCellElement).rowSpan, 0);
    assert.equal(covered, 7 * 9, 'every place of the grid is covered once');
  });

  it('shows host text as text, whatever it holds', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'&lt;\u202E\u001b[31m\n[a](b)';
    await page.show(subject([task({ pid: 1, name: evil, user: evil, container: { name: evil, engine: evil }, in: { uts: 1, net: 1 } })],
      { 'uts 1': { hostname: evil }, 'net 1': { interfaces: [evil] } }, { name: evil }));
    await fire(one('td.pattern1'), 'click');
    assert.equal(all('img, a, b b').length, 0);
    assert.ok(one('tbody th[aria-keyshortcuts*=Delete] b').textContent.startsWith('<img src=x onerror=alert(1)>"\'&lt;\\u{202e}\\e[31m\\n[a](b)'));
    const raw = (text: string): boolean => text.includes('\u001b') || text.includes('\u202E');
    assert.ok(!raw(page.document.body.textContent));
    for (const element of all('[title], [aria-label]')) assert.ok(!raw(`${element.title}${element.getAttribute('aria-label') ?? ''}`), element.outerHTML);
  });

  it('draws no element that a name asks for, for any name', async () => {
    const tags = new Set<string>();
    await page.show(subject([task({ pid: 1, name: 'plain' })]));
    for (const element of all('*')) tags.add(element.tagName);
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<script>', '</td><svg onload=x>', '<b', '&#60;i>')), async (name) => {
      await page.show(subject([task({ pid: 1, name, user: name })], { 'uts 0': { hostname: name } }));
      for (const element of all('*')) assert.ok(tags.has(element.tagName), element.outerHTML);
    }), { seed: 23, numRuns: 25 });
  });

  it('on a click chooses a namespace, shows who is in it and asks for it in the sidebar', async () => {
    const given = busyHost();
    await page.show(given);
    await fire(saying('“db”'), 'click');
    const key = given.namespaces.find((n) => n.hostname === 'db')!.key;
    assert.deepEqual(page.posted.at(-1), { type: 'revealNamespace', key });
    assert.match(one('aside .card').textContent, /Who is in uts B\?.*postgres 24.*postgres 24.*nobody else on this host/);
    assert.equal(one('td[aria-selected=true]').getAttribute('data-ref')?.split(' ')[0], key);
  });

  it('lights up, with a namespace, its name in the sentence and everyone who is in it', async () => {
    await page.show(busyHost());
    await fire(saying('“db”'), 'mouseenter');
    assert.deepEqual(all('th.linked b').map((b) => b.textContent), ['postgres', 'postgres']);
    assert.equal(all('td.linked').length, 1);
    await fire(one('table'), 'mouseleave');
    assert.equal(all('.linked').length, 0);
    await fire(one('.chip'), 'mouseenter');
    assert.ok(all('td.linked').length > 1, 'the whole column');
  });

  it('has one tab stop in the table, and the arrows move it', async () => {
    await page.show(busyHost());
    assert.equal(all('table[role=grid] [tabindex="0"]').length, 1);
    one('table[role=grid] [tabindex="0"]').focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) await press(key);
    assert.equal(all('table[role=grid] [tabindex="0"]').length, 1);
    assert.match(page.document.activeElement?.textContent ?? '', /^uts namespace C/);
    await press('Enter');
    assert.equal(page.posted.at(-1)?.type, 'revealNamespace');
    await press('Escape');
    assert.equal(all('[aria-selected=true]').length, 0);
    await press('Home');
    await press('Delete');
    assert.deepEqual(page.posted.at(-1), { type: 'remove', key: '3310@100' });
  });

  it('keeps focus, choice and order of the rows when the host moves on', async () => {
    const given = pair();
    await page.show(given);
    await fire(saying('“db”'), 'click');
    one('table[role=grid] [tabindex="0"]').focus();
    const before = names();
    const [make, postgres] = given.tasks;
    await page.show({ ...given, tasks: [{ ...make!, ended: true }, postgres!, task({ pid: 1, name: 'init' })] });
    assert.deepEqual(names().filter((n) => before.includes(n)), before);
    assert.match(page.document.activeElement?.textContent ?? '', /“db”/);
    assert.equal(all('td[aria-selected=true]').length, 1);
    assert.match(one('tr th.ended .first').textContent, /make3310ended/);
    assert.match(one('[aria-live=polite]').textContent, /make 3310 has ended\. init 1 was added\.|init 1 was added\. make 3310 has ended\./);
  });

  it('does not draw again what has not changed', async () => {
    const given = busyHost();
    await page.show(given);
    const elements = all('tbody th, tbody td');
    await page.show({ ...given, tasks: given.tasks.map((t) => (t.pid === 455 ? { ...t, name: 'other' } : t)) });
    assert.deepEqual(all('tbody th, tbody td'), elements, 'the same elements, not new ones');
  });

  it('saves what people chose, and starts from it', async () => {
    await page.show(busyHost());
    const toggle = one('input[type=checkbox]') as HTMLInputElement;
    toggle.click();
    await page.settled();
    await fire(saying('“db”'), 'click');
    const saved = page.saved();
    assert.equal(saved?.onlyDifferent, true);
    await page.close();
    page = await openPage(saved);
    assert.deepEqual(names().length, 7, 'drawn from what was saved, before the host has said anything');
    assert.equal((one('input[type=checkbox]') as HTMLInputElement).checked, true);
    assert.equal(all('td[aria-selected=true]').length, 1);
  });

  it('copies the sentence and the table as text', async () => {
    await page.show(pair());
    await fire(all('.tools button')[1]!, 'click');
    const message = page.posted.at(-1);
    assert.ok(message?.type === 'copy');
    assert.match(message.text, /^make 3310 and postgres 2417 share 1 of 8: time\.[^\n]*\n\nprocess +uts/);
  });

  it('speaks the language that the host sends', async () => {
    const upper = Object.fromEntries(Object.entries(ENGLISH).map(([id, text]) => [id, text.toUpperCase()])) as unknown as Record<keyof typeof ENGLISH, string>;
    await page.send({ type: 'texts', language: 'de', messages: upper });
    await page.show(pair());
    assert.match(one('h1').textContent, /^make 3310 AND postgres 2417 SHARE 1 OF 8: time\.$/);
    await page.send({ type: 'texts', language: 'not a tag!', messages: ENGLISH });
    assert.match(one('h1').textContent, /share 1 of 8/);
  });

  it('says when what it shows is not live, and why', async () => {
    await page.show(pair());
    await page.send({ type: 'connection', live: false, why: 'the helper stopped\u001b[0m' });
    assert.equal(one('.banner').textContent, 'Not live: the helper stopped\\e[0m');
    await page.send({ type: 'connection', live: true, why: '' });
    assert.equal(all('.banner').length, 0);
  });

  it('offers to add a process when there is none, and to sort only when that helps', async () => {
    await page.show(subject([]));
    assert.equal(one('h1').textContent, ENGLISH.nothing);
    await fire(one('.tools button'), 'click');
    assert.deepEqual(page.posted.at(-1), { type: 'add' });
    const [a, b, c] = [task({ pid: 1, name: 'a', in: { uts: 1 } }), task({ pid: 2, name: 'b', in: { uts: 2 } }), task({ pid: 3, name: 'c', in: { uts: 3 } })];
    await page.show(subject([a, b, c]));
    const sort = all('.tools button')[2]!;
    assert.equal(sort.getAttribute('aria-disabled'), 'true');
    await page.show(subject([a, b, task({ pid: 3, name: 'c', in: { uts: 1 } })]));
    assert.equal(sort.getAttribute('aria-disabled'), 'false');
    await fire(sort, 'click');
    assert.deepEqual(names(), ['Host lab', 'a', 'c', 'b']);
  });
});
