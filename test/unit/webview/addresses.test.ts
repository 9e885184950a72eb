import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { decode, encode } from '../../../webview/notebook/mdurl.ts';
import { P, S } from '../../../webview/notebook/uc_micro.ts';

/** What people write between the brackets of a link: whole addresses, files beside the notebook, steps of a program. */
const ADDRESSES = [
  'https://example.org/a/b?c=d&e=f#g', 'https://example.org/a b/ä/名字?q=ü#é', 'https://user@example.org:8080/%41%zz/100%', 'mailto:someone@example.org', '#first.c:12', '#first.c%232:12',
  '../lessons/01 one/look.md', 'x"<>`{|}\\^[y]', '%E5%90%8D%25%2F%3F', '%ff%fe', '%c3%28', '\u{1f600}', '\ud800', '//example.org/~x/*(!)\'', '',
];

describe('addresses of links in a notebook', () => {
  const theirs = new MarkdownIt();

  it('are written as markdown-it\'s own package writes them', () => {
    for (const address of ADDRESSES) assert.equal(encode(address), theirs.normalizeLink(address), address);
  });

  it('are read as it reads them, but that bytes which are no text stay as they are written', () => {
    for (const address of ADDRESSES) {
      const read = theirs.normalizeLinkText(address);
      assert.equal(decode(address), read.includes('\ufffd') && !address.includes('\ufffd') ? address : read, address);
    }
  });

  it('stand between characters whose kinds the browser knows', () => {
    const both = (text: string): boolean => P.test(text) || S.test(text);
    for (const mark of '!#%-_(){}«»¿‘’“”…、。「」$+<=>^`|~¢£¥©±×÷€™') assert.ok(both(mark), mark);
    for (const other of 'aZ09äß名 \u00a0\u3000') assert.ok(!both(other), JSON.stringify(other));
  });
});
