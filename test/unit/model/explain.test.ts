import assert from 'node:assert/strict';
import type { Errno, NamespaceField, ProcessField } from '../../../helper/protocol.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import { explain } from '../../../helper/model/explain.ts';
import { HELLO } from './arbitraries.ts';

const PTRACE = { ...HELLO, capabilities: ['CAP_SYS_PTRACE'] };

describe('explain', () => {
  it('says whose it is and what would help', () => {
    assert.equal(explain('ns', 'EACCES', HELLO, { uid: 0 }), 'You may not read its namespaces: it belongs to root. CAP_SYS_PTRACE would help, for instance as root.');
    assert.match(explain('fd', 'EACCES', HELLO, { uid: 1234 }), /its open descriptors: it belongs to uid 1234\. CAP_SYS_PTRACE would help/);
    assert.match(explain('ns', 'EACCES', HELLO, { uid: HELLO.uid }), /more rights than you, or has asked not to be looked at/);
    assert.match(explain('ns', 'EACCES', HELLO, { kernelThread: true, uid: 0 }), /it is a kernel thread/);
  });

  it('does not recommend what cannot help', () => {
    assert.match(explain('ns', 'EACCES', { ...HELLO, noNewPrivs: true }, { uid: 0 }), /sudo cannot give it: NoNewPrivs is set/);
    const sentence = explain('ns', 'EACCES', PTRACE, { uid: 0 });
    assert.match(sentence, /even with CAP_SYS_PTRACE/);
    assert.doesNotMatch(sentence, /would help/);
  });

  it('knows what a zombie has given back, and what is not there yet', () => {
    assert.match(explain('net', 'ENOENT', HELLO, { zombie: true }), /zombie.*given back/);
    assert.match(explain('pid_for_children', 'ENOENT', HELLO), /no child yet/);
    assert.match(explain('status', 'ESRCH', HELLO), /^It ended before its users could be read\.$/);
  });

  it('knows what namespaces cannot have', () => {
    assert.equal(explain('parent', 'EINVAL', HELLO), 'Only pid and user namespaces have parents.');
    assert.match(explain('uidMap', 'ESRCH', HELLO), /Only a process inside could tell its uid map/);
    assert.match(explain('id', 'ENOTTY', HELLO), /Linux 6\.18\.0 cannot be asked for its id: a newer kernel can/);
    assert.match(explain('owner', 'ENOKOFFI', HELLO), /koffi/);
  });

  it('has a whole sentence for every field and errno', () => {
    const fields: (ProcessField | NamespaceField)[] = ['ns', ...NS_LINKS, 'stat', 'status', 'cmdline', 'fd', 'task', 'mountinfo', 'owner', 'parent', 'ownerUid', 'id', 'heldBy', 'hostname', 'uidMap', 'setgroups', 'boottimeOffset'];
    const errnos: Errno[] = ['EACCES', 'EPERM', 'ENOENT', 'ESRCH', 'EINVAL', 'ENOTTY', 'ENOSYS', 'ENOKOFFI', 'EFORMAT', 'ENOPATH', 'EIO', 'EMFILE', 'ENOMEM', 'E4711'];
    for (const field of fields) {
      for (const errno of errnos) {
        for (const subject of [{}, { zombie: true }, { kernelThread: true }, { uid: 0 }]) {
          const sentence = explain(field, errno, HELLO, subject);
          assert.match(sentence, /^[A-Z].{15,}\.$/, `${field} ${errno}`);
          assert.doesNotMatch(sentence, /undefined|null|\s\s/, `${field} ${errno}`);
        }
      }
    }
  });
});
