import assert from 'node:assert/strict';
import fc from 'fast-check';
import { property } from '../property.ts';
import { addressText, ipv4Number, ipv4Text, ipv6Text, plainToBytes, prefixLength, wordsToBytes } from '../../../helper/details/net/address.ts';

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });
/** Sixteen bytes with many zeros, so that there are runs to shorten. */
const sparse = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 })
  .map((groups) => new Uint8Array(groups.flatMap((group) => [group >> 8, group & 255])));

describe('addresses of /proc/net', () => {
  it('writes IPv6 as the URL standard does (RFC 5952), except mapped IPv4, which stays dotted', () => {
    property(fc.property(fc.oneof(sixteen, sparse), (bytes) => {
      const text = ipv6Text(bytes);
      const long = Buffer.from(bytes).toString('hex').replace(/(.{4})(?!$)/g, '$1:');
      assert.equal(new URL(`http://[${text}]`).hostname, new URL(`http://[${long}]`).hostname, 'another address');
      if (!text.startsWith('::ffff:') || !text.includes('.')) assert.equal(`[${text}]`, new URL(`http://[${long}]`).hostname);
    }));
  });

  for (const [hex, text] of [
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'], // two runs of two and two: the first, unless one is longer
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'], // one zero group alone is written
    ['00000000000000000000ffff7f000001', '::ffff:127.0.0.1'],
    ['0000000000000000ffff00007f000001', '::ffff:0:7f00:1'],
    ['fe800000000000000000000000000000', 'fe80::'],
  ] as const) it(`${hex} is ${text}`, () => assert.equal(ipv6Text(plainToBytes(hex)!), text));

  it('undoes the order of bytes in words, on both kinds of machine', () => {
    assert.equal(addressText(wordsToBytes('0100007F', true)!), '127.0.0.1');
    assert.equal(addressText(wordsToBytes('7F000001', false)!), '127.0.0.1');
    assert.equal(addressText(wordsToBytes('0000000000000000FFFF00000100007F', true)!), '::ffff:127.0.0.1');
    assert.equal(addressText(wordsToBytes('B80D0120000000000000000001000000', true)!), '2001:db8::1');
    property(fc.property(fc.oneof(sixteen, fc.uint8Array({ minLength: 4, maxLength: 4 })), (bytes) => {
      const swapped = Buffer.from(bytes).swap32().toString('hex').toUpperCase();
      assert.deepEqual(wordsToBytes(swapped, true), bytes);
      assert.deepEqual(wordsToBytes(Buffer.from(bytes).toString('hex'), false), bytes);
    }));
  });

  it('takes nothing but 8 or 32 hex digits', () => {
    for (const text of ['', '0', '0100007', '0100007F0', '0100007G', '0x00007F', '0100007F0100007F', ' 100007F', '٣'.repeat(8)]) assert.equal(wordsToBytes(text), undefined, text);
    property(fc.property(fc.string(), (text) => { wordsToBytes(text); plainToBytes(text); ipv4Number(text); }));
  });

  it('knows the length of a mask, and that a mask with holes has none', () => {
    for (let length = 0; length <= 32; length++) {
      const mask = new Uint8Array(4);
      for (let i = 0; i < length; i++) mask[i >> 3]! |= 0x80 >> (i & 7);
      assert.equal(prefixLength(mask), length);
    }
    assert.equal(prefixLength(new Uint8Array([255, 0, 255, 0])), undefined);
  });

  it('reads its own IPv4 text back', () => {
    property(fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (bytes) => assert.equal(ipv4Number(ipv4Text(bytes)), Buffer.from(bytes).readUInt32BE())));
    for (const text of ['', '1.2.3', '1.2.3.4.5', '256.0.0.1', '-1.0.0.0', 'a.b.c.d', '1.5.2.3.']) assert.equal(ipv4Number(text), undefined, text);
  });
});
