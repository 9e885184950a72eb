import assert from 'node:assert/strict';
import fc from 'fast-check';
import { property } from '../property.ts';
import { mountsOfText, MOST_MOUNTS } from '../../../helper/details/mounts.ts';
import { parseNsLink } from '../../../helper/holders/heldRef.ts';
import { parseMountLine, unescapeOctal } from '../../../helper/holders/mountinfo.ts';

/** As the kernel writes a path into mountinfo. */
const mangle = (text: string): string => text.replace(/[ \t\n\\#]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);

describe('mountinfo', () => {
  it('reads a line with any number of optional fields', () => {
    const line = (tags: string): string => `36 35 0:4 net:[4026532300] /run/netns/a\\040b rw,nosuid ${tags}- nsfs nsfs rw`;
    assert.deepEqual(parseMountLine(line('')), { id: '36', parent: '35', dev: '0:4', options: 'rw,nosuid', root: 'net:[4026532300]', point: '/run/netns/a b', tags: [], fstype: 'nsfs', source: 'nsfs' });
    assert.deepEqual(parseMountLine(line('shared:1 master:2 '))?.tags, ['shared:1', 'master:2']);
  });

  it('reads a mount without a source', () => assert.equal(parseMountLine('36 35 0:4 / /x rw - tmpfs  rw')?.source, ''));

  it('undoes every escape of the kernel once: an escaped backslash before digits is no escape', () => {
    property(fc.property(fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\\', '#', '0', '1', '4', '7', 'a', '/') }), (path) => assert.equal(unescapeOctal(mangle(path)), path)));
  });

  it('gives a cut line as it is or not at all, never with a wrong id', () => {
    const line = '36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw';
    for (let end = 0; end < line.length; end++) {
      const mount = parseMountLine(line.slice(0, end));
      if (mount) assert.deepEqual([mount.id, mount.parent, mount.point], ['36', '35', '/mnt2']);
    }
    property(fc.property(fc.string({ unit: 'binary' }), (text) => { parseMountLine(text); mountsOfText(text); }));
  });

  it('sends no more mounts than agreed, and counts all', () => {
    const { mounts, total } = mountsOfText(Array.from({ length: MOST_MOUNTS + 7 }, (_, i) => `${i + 1} 0 0:1 / /m${i} rw shared:3 - tmpfs t rw\n`).join(''));
    assert.deepEqual([mounts.length, total, mounts[0]?.propagation], [MOST_MOUNTS, MOST_MOUNTS + 7, 'shared:3']);
  });

  it('shows a path that is not UTF-8 byte by byte', () => {
    assert.equal(mountsOfText('1 0 0:1 / /caf\xe9\xc3\xa9 rw - tmpfs t rw\n').mounts[0]?.point, '/caf\\xe9é');
  });

  it('knows namespace links of the eight kinds and nothing else', () => {
    assert.deepEqual(parseNsLink('net:[4026531833]'), { type: 'net', inode: 4026531833 });
    for (const text of ['socket:[1]', 'pipe:[1]', 'net:[]', 'net:[1', 'net:[1]x', 'pid_for_children:[1]', '/a/net:[1]', 'net:[-1]', 'net:[1e3]']) assert.equal(parseNsLink(text), undefined, text);
  });
});
