import type { Scenario, Step } from '../scenario.ts';
import { scenario } from '../scenario.ts';

/** A makes B, B exits, A waits for it. */
function child(flags: string, ...inside: Step[]): Step[] {
  return [['A', 'clone', flags, 'B'], ...inside, ['B', 'exit_group'], ['A', 'wait', 'B']];
}

/** A makes B, B makes C with the flags, both exit: B is not init, and has its own nsproxy if anything was unshared before. */
const each = ['NEWNS', 'NEWUTS', 'NEWIPC', 'NEWPID', 'NEWNET', 'NEWCGROUP', 'NEWUSER'];

/** clone and clone3: each flag, combinations, and what fails inside the kernel. */
export const clone: readonly Scenario[] = [
  scenario('clone-plain', ...child('')),
  scenario('clone-vfork', ...child('VM|VFORK')),
  scenario('clone-vm', ...child('VM')),
  scenario('clone-fs-files', ...child('FS|FILES')),
  ...each.map((flag) => scenario(`clone-${flag.toLowerCase()}`, ...child(flag))),
  scenario('clone-all-but-user', ...child('NEWNS|NEWUTS|NEWIPC|NEWPID|NEWNET|NEWCGROUP')),
  scenario('clone-all', ...child('NEWUSER|NEWNS|NEWUTS|NEWIPC|NEWPID|NEWNET|NEWCGROUP')),
  scenario('clone-newuts-newipc-vm', ...child('VM|NEWUTS|NEWIPC')),
  scenario('clone-newpid-vm', ...child('VM|NEWPID')),
  scenario('clone-thread', ['A', 'clone', 'VM|FS|FILES|SIGHAND|THREAD|SYSVSEM', 'B'], ['B', 'exit']),
  scenario('clone-thread-newuts', ['A', 'clone', 'VM|FILES|SIGHAND|THREAD|NEWUTS', 'B'], ['B', 'exit']),
  scenario('clone-thread-newns', ['A', 'clone', 'VM|FILES|SIGHAND|THREAD|NEWNS', 'B'], ['B', 'exit']),
  scenario('clone-uid1000-newuser', ['A', 'setresgid', 1000], ['A', 'setresuid', 1000], ...child('NEWUSER')),
  scenario('clone-uid1000-newuser-newuts-newnet', ['A', 'setresgid', 1000], ['A', 'setresuid', 1000], ...child('NEWUSER|NEWUTS|NEWNET')),
  scenario('clone-uid1000-newuser-newpid-newns', ['A', 'setresgid', 1000], ['A', 'setresuid', 1000], ...child('NEWUSER|NEWPID|NEWNS')),
  scenario('clone-uid1000-newuts-eperm', ['A', 'setresgid', 1000], ['A', 'setresuid', 1000], ['A', 'clone', 'NEWUTS', 'B']),
  scenario('clone-newns-fs-einval', ['A', 'clone', 'NEWNS|FS', 'B']),
  scenario('clone-newuser-fs-einval', ['A', 'clone', 'NEWUSER|FS', 'B']),
  scenario('clone-thread-newpid-einval', ['A', 'clone', 'VM|SIGHAND|THREAD|NEWPID', 'B']),
  scenario('clone-newipc-sysvsem-einval', ['A', 'clone', 'NEWIPC|SYSVSEM', 'B']),
  scenario('clone-twice-newuts', ...child('NEWUTS', ['B', 'clone', 'NEWUTS', 'C'], ['C', 'exit_group'], ['B', 'wait', 'C'])),
  scenario('clone-two-share-newuts', ...child('NEWUTS', ['B', 'clone', '', 'C'], ['C', 'exit_group'], ['B', 'wait', 'C'])),
  scenario('clone-nested-newpid', ...child('NEWPID', ['B', 'clone', 'NEWPID', 'C'], ['C', 'exit_group'], ['B', 'wait', 'C'])),
  scenario('clone-nested-newuser', ...child('NEWUSER', ['B', 'clone', 'NEWUSER', 'C'])),
  scenario('clone3-plain', ['A', 'clone3', '', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('clone3-newtime', ['A', 'clone3', 'NEWTIME', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('clone3-newuts-newtime', ['A', 'clone3', 'NEWUTS|NEWTIME', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('clone3-pidfd', ['A', 'clone3', 'PIDFD', 'B'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('clone3-newpid-set-tid', ['A', 'clone3', 'NEWPID', 'B', [1, 4711]], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('clone3-newpid-set-tid-2-einval', ['A', 'clone3', 'NEWPID|NEWUTS', 'B', [2]]),
  scenario('clone3-set-tid-in-use-eexist', ['A', 'clone3', 'NEWIPC', 'B', [1]]),
];
