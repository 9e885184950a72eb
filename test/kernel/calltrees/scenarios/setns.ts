import type { Scenario, Step } from '../scenario.ts';
import { scenario } from '../scenario.ts';

const end: Step[] = [['B', 'exit_group'], ['A', 'wait', 'B']];
const types = [['mnt', 'NEWNS'], ['uts', 'NEWUTS'], ['ipc', 'NEWIPC'], ['net', 'NEWNET'], ['cgroup', 'NEWCGROUP'], ['user', 'NEWUSER'], ['pid', 'NEWPID']] as const;
const user: Step[] = [['B', 'setresgid', 1000], ['B', 'setresuid', 1000]];

/** setns: by descriptor of each type, by pidfd with several types, and what fails on the way. */
export const setns: readonly Scenario[] = [
  ...types.map(([type, flag]) => scenario(`setns-${type}`, ['A', 'clone', flag, 'B'], ['A', 'open', 'ns', `{B}/ns/${type}`], ['A', 'setns', 'ns', flag], ['A', 'close', 'ns'], ...end)),
  ...types.slice(0, 5).map(([type, flag]) => scenario(`setns-own-${type}`, ['A', 'open', 'ns', `{self}/ns/${type}`], ['A', 'setns', 'ns', flag])),
  scenario('setns-own-user-einval', ['A', 'open', 'ns', '{self}/ns/user'], ['A', 'setns', 'ns', 'NEWUSER']),
  scenario('setns-time', ['A', 'clone3', 'NEWTIME', 'B'], ['A', 'open', 'ns', '{B}/ns/time'], ['A', 'setns', 'ns', 'NEWTIME'], ['A', 'close', 'ns'], ...end),
  scenario('setns-time-thread-eusers', ['A', 'clone', 'VM|FS|FILES|SIGHAND|THREAD|SYSVSEM', 'B'], ['A', 'open', 'ns', '{self}/ns/time'], ['A', 'setns', 'ns', ''], ['B', 'exit']),
  scenario('setns-user-thread-einval', ['A', 'clone', 'NEWUSER', 'C'], ['A', 'clone', 'VM|FILES|SIGHAND|THREAD', 'B'], ['A', 'open', 'ns', '{C}/ns/user'], ['A', 'setns', 'ns', ''], ['A', 'close', 'ns'], ['B', 'exit'], ['C', 'exit_group'], ['A', 'wait', 'C']),
  scenario('setns-wrong-type-einval', ['A', 'open', 'ns', '{self}/ns/uts'], ['A', 'setns', 'ns', 'NEWIPC']),
  scenario('setns-mnt-fs-shared-einval', ['A', 'clone', 'FS', 'B'], ['A', 'open', 'ns', '{self}/ns/mnt'], ['A', 'setns', 'ns', 'NEWNS'], ...end),
  scenario('setns-pid-parent-einval', ['A', 'open', 'ns', '{self}/ns/pid'], ['A', 'clone', 'NEWPID', 'B'], ['B', 'setns', 'ns', 'NEWPID'], ...end),
  scenario('setns-pid-fork', ['A', 'clone', 'NEWPID', 'B'], ['A', 'open', 'ns', '{B}/ns/pid'], ['A', 'setns', 'ns', 'NEWPID'], ['A', 'clone', '', 'C'], ['C', 'exit_group'], ['A', 'wait', 'C'], ...end),
  scenario('setns-uts-kept-by-descriptor', ['A', 'clone', 'NEWUTS', 'B'], ['A', 'open', 'ns', '{B}/ns/uts'], ...end, ['A', 'setns', 'ns', 'NEWUTS'], ['A', 'close', 'ns']),
  scenario('setns-descriptor-last-uts', ['A', 'clone', 'NEWUTS', 'B'], ['A', 'open', 'ns', '{B}/ns/uts'], ...end, ['A', 'close', 'ns']),
  scenario('setns-uts-eperm', ['A', 'open', 'ns', '{self}/ns/uts'], ['A', 'clone', '', 'B'], ...user, ['B', 'setns', 'ns', 'NEWUTS'], ...end),
  scenario('setns-pidfd-all', ['A', 'clone', 'NEWNS|NEWUTS|NEWIPC|NEWPID|NEWNET|NEWCGROUP', 'B'], ['A', 'pidfd_open', 'p', 'B'], ['A', 'setns', 'p', 'NEWNS|NEWUTS|NEWIPC|NEWPID|NEWNET|NEWCGROUP|NEWTIME'], ...end),
  scenario('setns-pidfd-uts-ipc', ['A', 'clone', 'NEWUTS|NEWIPC', 'B'], ['A', 'pidfd_open', 'p', 'B'], ['A', 'setns', 'p', 'NEWUTS|NEWIPC'], ...end),
  scenario('setns-pidfd-mnt', ['A', 'clone', 'NEWNS', 'B'], ['A', 'pidfd_open', 'p', 'B'], ['A', 'setns', 'p', 'NEWNS'], ...end),
  scenario('setns-pidfd-user-uts', ['A', 'clone', 'NEWUSER|NEWUTS', 'B'], ['A', 'pidfd_open', 'p', 'B'], ['A', 'setns', 'p', 'NEWUSER|NEWUTS'], ...end),
  scenario('setns-pidfd-zombie-esrch', ['A', 'clone', 'NEWUTS', 'B'], ['A', 'pidfd_open', 'p', 'B'], ['B', 'exit_group'], ['A', 'setns', 'p', 'NEWUTS'], ['A', 'wait', 'B']),
  scenario('setns-pidfd-undone-einval', ['A', 'clone', 'NEWUTS', 'B'], ['A', 'pidfd_open', 'p', 'B'], ['A', 'setns', 'p', 'NEWUSER|NEWUTS'], ...end),
  scenario('setns-pidfd-eperm', ['A', 'pidfd_open', 'p', 'A'], ['A', 'clone', '', 'B'], ...user, ['B', 'pidfd_open', 'q', 'B'], ['B', 'setns', 'q', 'NEWUTS|NEWNET'], ...end),
];
