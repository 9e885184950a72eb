import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { withSudo } from '../../../extension/enter/sudo.ts';
import { findProgram } from '../../../extension/searchPath.ts';
import type { EnterPlan } from '../../../helper/protocol.ts';

const OWN = 4026531837;

function plan(caller: Partial<EnterPlan['caller']> = {}, owner = OWN): EnterPlan {
  return {
    pin: 'pin1', helperPid: 77, target: { kind: 'process', pid: 2417, start: '5' },
    caller: { euid: 1000, egid: 1000, capabilities: [], bounding: ['CAP_SYS_ADMIN'], noNewPrivs: false, userNamespace: OWN, pidNamespace: 4026531836, setgroups: true, ...caller },
    namespaces: [{ type: 'uts', inode: 4026532003, same: false, descriptor: 20, unread: null, owner, ownerUnread: null, ancestors: [], ancestorsEnd: null, empty: false }],
    userNamespaces: [{ inode: OWN, parent: null, parentUnread: 'EPERM', ownerUid: 0, ownerUidUnread: null }],
    ids: { zeroUid: true, zeroGid: true, setgroups: true, unread: null }, process: null,
    tool: { path: '/usr/bin/nsenter', version: '2.38.1', options: [] }, hostShells: ['/bin/sh'],
  };
}
const choice = { types: ['uts'], preserveCredentials: false, program: ['/bin/sh', '-c', '$(reboot) "x"'] } as const;

describe('entering by way of sudo', () => {
  it('is an argument vector, the program untouched', () => {
    assert.deepEqual(withSudo(plan(), choice, '/usr/bin/sudo'), ['/usr/bin/sudo', '--', '/usr/bin/nsenter', '--uts=/proc/77/fd/20', '--', '/bin/sh', '-c', '$(reboot) "x"']);
  });

  it('is offered only where it helps', () => {
    assert.equal(withSudo(plan(), choice, null), null, 'no sudo');
    assert.equal(withSudo(plan({ noNewPrivs: true }), choice, '/usr/bin/sudo'), null, 'no_new_privs');
    assert.equal(withSudo(plan({ euid: 0 }), choice, '/usr/bin/sudo'), null, 'root already');
    assert.equal(withSudo(plan({ capabilities: ['CAP_SYS_ADMIN'] }), choice, '/usr/bin/sudo'), null, 'it works as it is');
    assert.equal(withSudo(plan({ bounding: [] }), choice, '/usr/bin/sudo'), null, 'root would not have the capability either');
  });

  it('finds sudo on the search path, never through a relative entry', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-sudo-'));
    try {
      fs.writeFileSync(path.join(folder, 'sudo'), '#!/bin/sh\n', { mode: 0o755 });
      assert.equal(findProgram('sudo', `relative:${folder}`), path.join(folder, 'sudo'));
      assert.equal(findProgram('sudo', path.relative(process.cwd(), folder)), null);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
