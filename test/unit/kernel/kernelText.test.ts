import assert from 'node:assert/strict';
import fc from 'fast-check';
import { property } from '../property.ts';
import { nsfsRequests, syscallNumbers } from '../../../helper/kernel/abi.ts';
import { errnoName, errnoOf } from '../../../helper/kernel/errno.ts';
import { probeFeatures } from '../../../helper/kernel/features.ts';
import { hostText, latin1Text } from '../../../helper/kernel/hostText.ts';
import { loadKoffi } from '../../../helper/kernel/koffi.ts';
import { loadNative } from '../../../helper/kernel/native.ts';
import { inodeOfLink } from '../../../helper/kernel/procFile.ts';
import { parseIdMap, parseTimeOffsets } from '../../../helper/namespaces/contentText.ts';

describe('bytes of the host as text', () => {
  it('keeps UTF-8 as it is', () => property(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(hostText(Buffer.from(text)), text))));

  it('writes every other byte as \\xHH and loses none', () => {
    assert.equal(hostText(Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xc3, 0x28, 0xe2, 0x82])), 'a\\xffé\\xc3(\\xe2\\x82');
    assert.equal(hostText(Buffer.from([0xed, 0xa0, 0x80])), '\\xed\\xa0\\x80', 'a surrogate is no text');
    property(fc.property(fc.uint8Array(), (bytes) => {
      const text = hostText(Buffer.from(bytes));
      assert.ok(!text.includes('\ufffd') || Buffer.from(bytes).includes(Buffer.from('\ufffd')), 'a byte was replaced');
      assert.doesNotMatch(text, /\p{Cs}/u, 'half a surrogate pair');
      assert.equal(latin1Text(Buffer.from(bytes).toString('latin1')), text);
      if (!bytes.includes(0x5c)) {
        const back = Buffer.concat(text.split(/(\\x[0-9a-f]{2})/).map((part, i) => i % 2 === 1 ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part)));
        assert.deepEqual(back, Buffer.from(bytes));
      }
    }));
  });
});

describe('numbers of the kernel', () => {
  it('has the ioctl numbers that the headers give', () => {
    const x64 = nsfsRequests('x64');
    assert.deepEqual([x64.getUserns, x64.getParent, x64.getNstype, x64.getOwnerUid], [0xb701, 0xb702, 0xb703, 0xb704]);
    assert.deepEqual([x64.getMntnsId, x64.mntGetInfo, x64.mntGetNext, x64.mntGetPrev, x64.getId], [0x8008b705, 0x8010b70a, 0x8010b70b, 0x8010b70c, 0x8008b70d]);
    assert.equal(nsfsRequests('ppc64').getUserns, 0x2000b701);
    assert.equal(nsfsRequests('ppc64').getId, 0x4008b70d);
  });

  it('offers nothing on an architecture whose numbers are not known', () => {
    assert.equal(syscallNumbers('mips64el'), undefined);
    assert.equal(loadNative({ load: () => { throw new Error('must not be loaded'); }, errno: () => 0 }, 'mips64el'), 'ENOSYS');
  });

  it('names errors, those without a name too', () => {
    assert.deepEqual([errnoName(1), errnoName(11), errnoName(87), errnoName(4000)], ['EPERM', 'EAGAIN', 'EUSERS', 'E4000']);
    assert.deepEqual([errnoOf(Object.assign(new Error(), { code: 'EACCES' })), errnoOf(Object.assign(new Error(), { code: 'ERR_INVALID_ARG_VALUE' })), errnoOf(new Error('x')), errnoOf(null), errnoOf('EPERM')], ['EACCES', 'EINVAL', 'EIO', 'EIO', 'EIO']);
  });

  it('without koffi says so for every feature that needs it, and nothing throws', () => {
    const koffi = loadKoffi('file:///nowhere/here/helper.mjs');
    assert.equal(koffi, 'ENOKOFFI');
    assert.equal(loadNative(koffi), 'ENOKOFFI');
    assert.deepEqual(new Set(Object.values(probeFeatures('ENOKOFFI'))), new Set(['ENOKOFFI']));
    assert.equal(loadNative({ load: () => { throw new Error('no libc'); }, errno: () => 0 }, 'x64'), 'ENOKOFFI');
  });
});

describe('texts of a namespace\'s members', () => {
  it('reads maps of ids as the kernel pads them', () => {
    assert.deepEqual(parseIdMap('         0       1000          1\n         1     100000      65536\n'), [{ inside: 0, outside: 1000, count: 1 }, { inside: 1, outside: 100000, count: 65536 }]);
    assert.deepEqual(parseIdMap('         0          0 4294967295\n'), [{ inside: 0, outside: 0, count: 4294967295 }]);
    assert.deepEqual(parseIdMap(''), []);
    for (const text of ['0 1', '0 1 2 3', 'a b c', '-1 0 1', '0 1 99999999999']) assert.equal(parseIdMap(text), 'EFORMAT', text);
  });

  it('reads clock offsets in nanoseconds without rounding, negative ones too', () => {
    assert.deepEqual(parseTimeOffsets('monotonic           0         0\nboottime            0         0\n'), { monotonic: '0', boottime: '0' });
    assert.deepEqual(parseTimeOffsets('monotonic   -86400   500000001\nboottime   9000000000         7\n'), { monotonic: '-86399499999999', boottime: '9000000000000000007' });
    assert.equal(parseTimeOffsets('monotonic 1 0\n'), 'EFORMAT');
  });

  it('takes any text', () => property(fc.property(fc.string({ unit: 'binary' }), (text) => { parseIdMap(text); parseTimeOffsets(text); inodeOfLink(text); })));

  it('reads the inode out of a link', () => {
    assert.equal(inodeOfLink('user:[4026531837]'), 4026531837);
    for (const text of ['user:[]', 'user:4026531837', '', 'user:[12345678901]']) assert.equal(inodeOfLink(text), null, text);
  });
});
