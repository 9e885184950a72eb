import assert from 'node:assert/strict';
import fc from 'fast-check';
import { property } from '../property.ts';
import { cgroupPath, commonRoot, rootByMember } from '../../../helper/details/cgroupRoot.ts';

describe('where a cgroup namespace begins', () => {
  it('takes the unified path, then systemd\'s, then the first', () => {
    assert.equal(cgroupPath('1:name=systemd:/b\n0::/a\n'), '/a');
    assert.equal(cgroupPath('4:memory:/c\n1:name=systemd:/b\n'), '/b');
    assert.equal(cgroupPath('4:memory:/c:with:colons\n3:cpu:/d\n'), '/c:with:colons');
    for (const text of ['', '0::', 'no lines', '0::relative']) assert.equal(cgroupPath(text), undefined);
  });

  it('follows from one member\'s path seen from here and from inside', () => {
    property(fc.property(fc.array(fc.constantFrom('a', 'b.slice', 'x y'), { maxLength: 4 }), fc.array(fc.constantFrom('a', 'c', '..d'), { maxLength: 3 }), (root, rest) => {
      const at = (parts: string[]): string => `/${parts.join('/')}`;
      assert.equal(rootByMember(at([...root, ...rest]), at(rest)), at(root));
    }));
  });

  it('is not told by a member outside of it, or by paths that do not fit', () => {
    assert.equal(rootByMember('/a', '/..'), undefined);
    assert.equal(rootByMember('/a', '/../b'), undefined);
    assert.equal(rootByMember('/a/b', '/c'), undefined);
  });

  it('is else what the members\' paths have in common, by whole names', () => {
    assert.equal(commonRoot(['/a/bc/d', '/a/bd']), '/a');
    assert.equal(commonRoot(['/a/b', '/a/b/c']), '/a/b');
    assert.equal(commonRoot(['/a', '/b']), '/');
    assert.equal(commonRoot([]), undefined);
  });
});
