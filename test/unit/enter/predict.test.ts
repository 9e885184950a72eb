import assert from 'node:assert/strict';
import { pinnedCommand, writtenCommand } from '../../../helper/model/enter/command.ts';
import { idsToKeep, predict } from '../../../helper/model/enter/predict.ts';
import type { EnterNamespace, EnterPlan, NsType } from '../../../helper/protocol.ts';

const OWN = 4026531837;
const CHILD = 4026532500;

function namespace(type: NsType, owner: number | null, rest: Partial<EnterNamespace> = {}): EnterNamespace {
  return { type, inode: 4026532000 + type.length, same: false, descriptor: 20, unread: null, owner, ownerUnread: owner === null ? 'EPERM' : null, ancestors: [], ancestorsEnd: null, empty: false, ...rest };
}

/** An ordinary user in the initial user namespace; `CHILD` is below it and was made by `maker`. */
function plan(namespaces: EnterNamespace[], { maker = 1000, ...rest }: Partial<EnterPlan> & { maker?: number } = {}): EnterPlan {
  return {
    pin: 'pin1', helperPid: 77, target: { kind: 'process', pid: 2417, start: '5' },
    caller: { euid: 1000, egid: 1000, capabilities: [], bounding: ['CAP_SYS_ADMIN'], noNewPrivs: false, userNamespace: OWN, pidNamespace: 4026531836, setgroups: true },
    namespaces,
    userNamespaces: [
      { inode: OWN, parent: null, parentUnread: 'EPERM', ownerUid: 0, ownerUidUnread: null },
      { inode: CHILD, parent: OWN, parentUnread: null, ownerUid: maker, ownerUidUnread: null },
    ],
    ids: { zeroUid: true, zeroGid: true, setgroups: true, unread: null }, process: null,
    tool: { path: '/usr/bin/nsenter', version: '2.38.1', options: [] }, hostShells: ['/bin/sh'], ...rest,
  };
}

const user = (): EnterNamespace => namespace('user', OWN, { inode: CHILD });
const choice = (...types: NsType[]) => ({ types, preserveCredentials: true });

describe('what is said before entering', () => {
  it('needs CAP_SYS_ADMIN over the owner, and in one’s own user namespace', () => {
    assert.deepEqual(predict(plan([namespace('uts', OWN)]), choice('uts')).overall, { verdict: 'fails', errno: 'EPERM', at: 'uts', reason: { kind: 'capability', capability: 'CAP_SYS_ADMIN', over: OWN } });
    // the owner's owner has all rights over it [C8b], but none of his own where he is
    assert.deepEqual(predict(plan([namespace('uts', CHILD)]), choice('uts')).overall, { verdict: 'fails', errno: 'EPERM', at: 'uts', reason: { kind: 'capability', capability: 'CAP_SYS_ADMIN', over: OWN } });
  });

  it('lets who made a user namespace in, and from there into what it owns', () => {
    const both = plan([user(), namespace('net', CHILD)]);
    const prediction = predict(both, choice('user', 'net'));
    assert.equal(prediction.overall.verdict, 'works');
    assert.deepEqual(prediction.types.get('net'), { verdict: 'works', before: false });
    assert.equal(predict(plan([user()], { maker: 1001 }), choice('user')).overall.verdict, 'fails');
  });

  it('takes no user namespace twice', () => {
    assert.deepEqual(predict(plan([namespace('user', null, { inode: OWN, same: true })]), choice('user')).overall, { verdict: 'fails', errno: 'EINVAL', at: 'user', reason: { kind: 'same user namespace' } });
  });

  it('cannot put children above or beside one’s own pid namespace; rights are asked first', () => {
    const root = { ...plan([]).caller, euid: 0, capabilities: ['CAP_SYS_ADMIN', 'CAP_SYS_CHROOT'] };
    const aside = namespace('pid', OWN, { ancestors: [], ancestorsEnd: 'EPERM' });
    assert.deepEqual(predict(plan([aside], { caller: root }), choice('pid')).overall, { verdict: 'fails', errno: 'EINVAL', at: 'pid', reason: { kind: 'not below' } });
    assert.equal(predict(plan([aside]), choice('pid')).overall.verdict === 'fails' && predict(plan([aside]), choice('pid')).types.get('pid')?.verdict, 'fails');
    assert.equal(predict(plan([{ ...aside, ancestors: [4026531836] }], { caller: root }), choice('pid')).overall.verdict, 'works');
  });

  it('needs CAP_SYS_CHROOT for mounts', () => {
    const root = { ...plan([]).caller, euid: 0, capabilities: ['CAP_SYS_ADMIN'] };
    assert.deepEqual(predict(plan([namespace('mnt', OWN)], { caller: root }), choice('mnt')).overall, { verdict: 'fails', errno: 'EPERM', at: 'mnt', reason: { kind: 'capability', capability: 'CAP_SYS_CHROOT', over: OWN } });
  });

  it('does not guess: it names the reading that was denied', () => {
    const blind = plan([namespace('uts', null, { ownerUnread: 'ENOKOFFI' })]);
    assert.deepEqual(predict(blind, choice('uts')).overall, { verdict: 'unknown', at: 'uts', reason: { kind: 'unknown', reading: 'the owner of the uts namespace', errno: 'ENOKOFFI' } });
    const closed = plan([namespace('net', null, { unread: 'EACCES', descriptor: null, inode: null })]);
    assert.deepEqual(predict(closed, choice('net')).overall, { verdict: 'fails', errno: 'EACCES', at: 'open', reason: { kind: 'unreadable', errno: 'EACCES' } });
  });

  it('keeps one’s ids where becoming root inside cannot work, and else as one wishes', () => {
    const sandbox = plan([user(), namespace('pid', CHILD, { ancestors: [4026531836] })], { ids: { zeroUid: true, zeroGid: true, setgroups: false, unread: null } });
    assert.equal(predict(sandbox, { types: ['user', 'pid'], preserveCredentials: false }).overall.at, 'ids');
    assert.equal(idsToKeep(sandbox, ['user', 'pid'], false), true);
    assert.equal(idsToKeep(plan([user()]), ['user'], false), false);
    assert.equal(idsToKeep(plan([user()]), ['user'], true), true);
    assert.equal(idsToKeep(plan([namespace('uts', OWN)]), ['uts'], false), false, 'nothing works');
  });

  it('says when root is nobody inside', () => {
    const unmapped = plan([user()], { ids: { zeroUid: false, zeroGid: false, setgroups: false, unread: null } });
    assert.deepEqual(predict(unmapped, { types: ['user'], preserveCredentials: false }).overall, { verdict: 'fails', errno: 'EPERM', at: 'ids', reason: { kind: 'setgroups' } });
    assert.equal(predict(unmapped, choice('user')).overall.verdict, 'works');
  });
});

describe('the command that enters', () => {
  const all = plan([user(), namespace('net', CHILD, { descriptor: 21 })], {
    process: { pid: 2417, uid: 0, gid: 0, comm: 'db', cwd: '/', cwdUnread: null, chrooted: true, shells: ['/bin/sh'], shellsUnread: null, environment: [], environmentUnread: null },
  });

  it('opens what the helper holds, so that nothing else can be met', () => {
    assert.deepEqual(pinnedCommand(all, { ...choice('net', 'user'), program: ['/bin/sh'] }), ['/usr/bin/nsenter', '--user=/proc/77/fd/20', '--net=/proc/77/fd/21', '--preserve-credentials', '--', '/bin/sh']);
  });

  it('is shown as people write it', () => {
    assert.deepEqual(writtenCommand(all, { ...choice('net'), takeDirectory: true, program: ['sh', '-c', 'a b'] }), ['nsenter', '--target', '2417', '--net', '--preserve-credentials', '--wd=/proc/2417/cwd', '--', 'sh', '-c', 'a b']);
  });

  it('goes to the root of a process that called chroot, with its mounts', () => {
    const mounts = plan([namespace('mnt', OWN)], { process: all.process });
    assert.deepEqual(pinnedCommand(mounts, { types: ['mnt'], preserveCredentials: false, program: ['/bin/sh'] }), ['/usr/bin/nsenter', '--mount=/proc/77/fd/20', '--root=/proc/2417/root', '--', '/bin/sh']);
  });
});
