import type { Scenario, Step } from '../scenario.ts';
import { scenario, scenarioOf } from '../scenario.ts';

const user: Step[] = [['A', 'setresgid', 1000], ['A', 'setresuid', 1000]];
const thread: Step = ['A', 'clone', 'VM|FS|FILES|SIGHAND|THREAD|SYSVSEM', 'B'];
const each = ['NEWNS', 'NEWUTS', 'NEWIPC', 'NEWPID', 'NEWNET', 'NEWCGROUP', 'NEWTIME', 'NEWUSER', 'FS', 'FILES'];

/** unshare: each type, by root and by uid 1000, from threads, and what it changes for the next child. */
export const unshare: readonly Scenario[] = [
  ...each.map((flag) => scenario(`unshare-${flag.toLowerCase()}`, ['A', 'unshare', flag])),
  scenario('unshare-nothing', ['A', 'unshare', '']),
  scenario('unshare-all', ['A', 'unshare', 'NEWUSER|NEWNS|NEWUTS|NEWIPC|NEWPID|NEWNET|NEWCGROUP|NEWTIME']),
  scenario('unshare-newuts-twice', ['A', 'unshare', 'NEWUTS'], ['A', 'unshare', 'NEWUTS']),
  scenario('unshare-newpid-twice-einval', ['A', 'unshare', 'NEWPID'], ['A', 'unshare', 'NEWPID|NEWUTS']),
  scenario('unshare-newuser-twice-eperm', ['A', 'unshare', 'NEWUSER'], ['A', 'unshare', 'NEWUSER']),
  scenario('unshare-newuser-chrooted-eperm', ['A', 'chroot', '/tmp'], ['A', 'unshare', 'NEWUSER']),
  scenario('unshare-uid1000-newuser', ...user, ['A', 'unshare', 'NEWUSER']),
  scenario('unshare-uid1000-newuser-newns', ...user, ['A', 'unshare', 'NEWUSER|NEWNS']),
  scenario('unshare-uid1000-newuser-newnet-newpid', ...user, ['A', 'unshare', 'NEWUSER|NEWNET|NEWPID'], ['A', 'clone', '', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('unshare-uid1000-newns-eperm', ...user, ['A', 'unshare', 'NEWNS']),
  scenario('unshare-newpid-fork', ['A', 'unshare', 'NEWPID'], ['A', 'clone', '', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('unshare-newpid-fork-dead-enomem', ['A', 'unshare', 'NEWPID'], ['A', 'clone', '', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B'], ['A', 'clone', '', 'C']),
  scenario('unshare-newpid-thread-einval', ['A', 'unshare', 'NEWPID'], thread),
  scenario('unshare-newtime-fork', ['A', 'unshare', 'NEWTIME'], ['A', 'clone', '', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenarioOf('6.1', 'unshare-newtime-vm-einval', ['A', 'unshare', 'NEWTIME'], ['A', 'clone', 'VM', 'B'], ['A', 'unshare', 'NEWUTS']),
  scenarioOf('6.12', 'unshare-newtime-vfork', ['A', 'unshare', 'NEWTIME'], ['A', 'clone', 'VM|VFORK', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('unshare-newtime-exec', ['A', 'unshare', 'NEWTIME'], ['A', 'exec'], ['A', 'unshare', 'NEWUTS']),
  scenario('unshare-newuts-fork-unshare', ['A', 'unshare', 'NEWUTS'], ['A', 'clone', '', 'B'], ['B', 'unshare', 'NEWIPC'], ['A', 'unshare', 'NEWUTS'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('unshare-thread-newuts', thread, ['B', 'unshare', 'NEWUTS'], ['B', 'exit']),
  scenario('unshare-thread-newns-newnet', thread, ['B', 'unshare', 'NEWNS|NEWNET'], ['B', 'exit']),
  scenario('unshare-threads-newuser-einval', thread, ['A', 'unshare', 'NEWUSER|NEWUTS'], ['B', 'exit']),
  scenario('unshare-threads-vm-einval', thread, ['A', 'unshare', 'VM'], ['B', 'exit']),
  scenario('unshare-newuser-map', ['A', 'clone', '', 'B'], ['B', 'unshare', 'NEWUSER'], ['A', 'write', '{B}/uid_map', '0 0 1'], ['A', 'write', '{B}/gid_map', '0 0 1'], ['B', 'unshare', 'NEWUSER|NEWUTS'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('unshare-exec', ['A', 'unshare', 'NEWUTS|NEWIPC'], ['A', 'exec'], ['A', 'unshare', 'NEWCGROUP']),
];
