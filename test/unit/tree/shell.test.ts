import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { quoteCommand, quoteWord } from '../../../extension/tree/shell.ts';

/** The bytes a real shell makes of it. */
function read(words: readonly string[]): Buffer {
  return execFileSync('bash', ['--norc', '-c', `printf '%s\\0' ${words.join(' ')}`]);
}

describe('a quoted word', () => {
  it('is one word with just these bytes to a real shell, on one line, whatever it holds', () => {
    const text = fc.array(fc.oneof(fc.constantFrom('\'', '"', '\\', '$', '`', '\n', '\x1b', ' ', ';', '&', '|', '~', '*', '!', '#', '\u202e', '\u2028', '-', '$(', 'é', '\\x', '\u{1f4a9}'), fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 10 }).map((p) => p.join(''));
    // "\xHH" is how the helper writes a byte that is not UTF-8, and is tested below; a shell has no word with NUL
    const plain = text.filter((t) => !/\\x[0-9a-f]{2}/i.test(t) && !t.includes('\0') && !/\p{Cs}/u.test(t));
    fc.assert(fc.property(fc.array(plain, { minLength: 20, maxLength: 60 }), (words) => {
      const quoted = words.map(quoteWord);
      for (const word of quoted) assert.doesNotMatch(word, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.deepEqual(read(quoted).toString('utf8'), words.map((word) => `${word}\0`).join(''));
    }), { numRuns: 25 });
  });

  it('holds the bytes that are not UTF-8', () => {
    assert.deepEqual([...read([quoteWord('/a\\xff\\xfe/b\'c')])], [...Buffer.from([0x2f, 0x61, 0xff, 0xfe, 0x2f, 0x62, 0x27, 0x63, 0])]);
  });

  it('is left alone when it needs no quotes', () => {
    assert.equal(quoteCommand(['nsenter', '--net=/run/netns/blue', '--target', '2417']), 'nsenter --net=/run/netns/blue --target 2417');
    assert.equal(quoteCommand(['umount', '/a b', '']), 'umount \'/a b\' \'\'');
  });
});
