import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import { namespaceRows } from '../../../cli/rows.ts';
import { formatTable } from '../../../cli/table.ts';
import type { Row } from '../../../cli/table.ts';
import { readUserNames } from '../../../cli/users.ts';
import { HostModel } from '../../../helper/model/model.ts';
import type { Namespace, WireProcess } from '../../../helper/protocol.ts';
import { NS_LINKS, NS_TYPES } from '../../../helper/protocol.ts';

function makeProcess(pid: number, more: Partial<WireProcess> = {}): WireProcess {
  return { pid, start: '1', ppid: 1, comm: `p${pid}`, state: 'S', kernelThread: false, ns: 0, uid: 0, euid: 0, cmdline: [`p${pid}`], nsPids: [pid], cgroup: '/', container: null, threads: [], unread: {}, ...more };
}
function makeNamespace(type: Namespace['type'], inode: number, more: Partial<Namespace> = {}): Namespace {
  return { key: `${type}:${inode}:1`, type, inode, id: '1', initial: false, owner: 7, parent: null, ownerUid: null, level: null, heldBy: [], contents: {}, unread: {}, ...more };
}
function rowsOf(processes: readonly WireProcess[], namespaces: readonly Namespace[], tuple: (number | null)[] = NS_LINKS.map(() => null)): Row[] {
  const model = new HostModel();
  model.apply({ tuples: [tuple], processes, namespaces, containers: [], endedProcesses: [], endedNamespaces: [], endedContainers: [] });
  return namespaceRows(model, NS_TYPES, new Map([[0, 'root']]));
}

describe('nslab scan, the table', () => {
  it('has the columns of lsns, in the order of types, with the eldest process', () => {
    const [net, uts] = rowsOf([makeProcess(30), makeProcess(20, { uid: 1234, cmdline: ['sleep', '9'] })], [makeNamespace('uts', 6), makeNamespace('net', 5)],
      NS_LINKS.map((link) => (link === 'net' ? 5 : link === 'uts' ? 6 : null)));
    assert.deepEqual(net, { NS: '5', TYPE: 'net', NPROCS: '2', PID: '20', USER: '1234', OWNER: '7', 'HELD BY': '', COMMAND: 'sleep 9' });
    assert.equal(uts?.TYPE, 'uts');
  });

  it('says what holds a namespace without processes', () => {
    const held = (more: Partial<Namespace>): string | undefined => rowsOf([], [makeNamespace('net', 5, more)])[0]?.['HELD BY'];
    assert.equal(held({ heldBy: [{ kind: 'descriptor', pid: 9, fd: 3 }] }), 'fd only 9:3');
    assert.equal(held({ heldBy: [{ kind: 'bind mount', path: '/run/netns/blue', mountNamespace: 1, pid: null }] }), 'bind mount /run/netns/blue');
    assert.equal(held({ heldBy: [{ kind: 'socket', pid: 9, fd: 3 }, { kind: 'socket', pid: 9, fd: 4 }] }), '2 sockets of 9');
    assert.equal(held({ heldBy: [1, 2, 3, 4, 5].map((fd) => ({ kind: 'descriptor', pid: 9, fd })) }), 'fd only 9:1 9:2 9:3 and 2 more');
    const [parent] = rowsOf([], [makeNamespace('user', 5, { owner: null }), makeNamespace('user', 6, { parent: 5, owner: 5 })]);
    assert.equal(parent?.['HELD BY'], 'parent only');
    const [owner] = rowsOf([], [makeNamespace('user', 5), makeNamespace('net', 6, { owner: 5 })]).filter(({ TYPE }) => TYPE === 'user');
    assert.equal(owner?.['HELD BY'], 'owner only');
  });

  it('names a kernel thread, a zombie, and a process that is not readable', () => {
    const command = (more: Partial<WireProcess>): string | undefined => rowsOf([makeProcess(2, more)], [makeNamespace('net', 5)], NS_LINKS.map((link) => (link === 'net' ? 5 : null)))[0]?.COMMAND;
    assert.equal(command({ comm: 'kthreadd', kernelThread: true, cmdline: [] }), '[kthreadd]');
    assert.equal(command({ comm: 'gone', cmdline: [] }), 'gone');
    assert.equal(command({ comm: 'secret', cmdline: null }), 'secret');
  });

  it('lets no control character through to the terminal', () => {
    const evil = 'a\x1b[2J\x07\nb\u202e\u009b31m\x7f';
    const rows = rowsOf([makeProcess(2, { cmdline: [evil, evil] })], [makeNamespace('net', 5, { heldBy: [{ kind: 'bind mount', path: evil, mountNamespace: 1, pid: null }] })], NS_LINKS.map((link) => (link === 'net' ? 5 : null)));
    const text = formatTable(rows, { headings: true, width: Infinity });
    // eslint-disable-next-line no-control-regex -- their absence is what is checked
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    assert.equal(text.split('\n').length, 3, 'two lines');
  });

  it('aligns columns, also where characters are two cells wide', () => {
    const row: Row = { NS: '1', TYPE: 'net', NPROCS: '1', PID: '1', USER: 'root', OWNER: '7', 'HELD BY': '', COMMAND: 'x' };
    const [first, second] = formatTable([{ ...row, 'HELD BY': 'bind mount /网络' }, { ...row, NS: '4026531833' }], { headings: false, width: Infinity }).split('\n');
    assert.equal(stringWidth(first!), stringWidth(second!));
    assert.match(second!, /^4026531833 net 1 1 root 7 +x$/);
  });

  it('cuts lines at the width of the terminal, never a character in two', () => {
    const row: Row = { NS: '1', TYPE: 'net', NPROCS: '1', PID: '1', USER: 'root', OWNER: '', 'HELD BY': '', COMMAND: '网'.repeat(40) };
    for (let width = 20; width < 40; width++) {
      const [line] = formatTable([row], { headings: false, width }).split('\n');
      assert.ok(stringWidth(line!) <= width && stringWidth(line!) >= width - 1, `${width}: ${line}`);
      assert.match(line!, /…$/);
    }
  });

  it('shows OWNER and HELD BY only when there is something to show', () => {
    const row: Row = { NS: '1', TYPE: 'net', NPROCS: '1', PID: '1', USER: 'root', OWNER: '', 'HELD BY': '', COMMAND: 'x' };
    assert.equal(formatTable([row], { headings: true, width: Infinity }).split('\n')[0], 'NS TYPE NPROCS PID USER COMMAND');
    assert.equal(formatTable([{ ...row, OWNER: '7' }], { headings: true, width: Infinity }).split('\n')[0], 'NS TYPE NPROCS PID USER OWNER COMMAND');
  });

  it('knows this machine’s users, and manages without', () => {
    assert.equal(readUserNames().get(0), 'root');
    assert.equal(readUserNames('/nonexistent').size, 0);
  });
});
