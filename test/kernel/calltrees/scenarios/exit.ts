import type { Scenario, Step } from '../scenario.ts';
import { scenario } from '../scenario.ts';

const limit = (type: string, n: number): Step => ['A', 'write', `/proc/sys/user/max_${type}_namespaces`, String(n)];
const file = { NEWNS: 'mnt', NEWUTS: 'uts', NEWIPC: 'ipc', NEWPID: 'pid', NEWNET: 'net', NEWCGROUP: 'cgroup', NEWTIME: 'time', NEWUSER: 'user' } as const;

/** The end of pid namespaces, threads and their leaders, and limits of user.max_*. */
export const exit: readonly Scenario[] = [
  scenario('exit-pid-init-with-member', ['A', 'clone', 'NEWPID', 'B'], ['B', 'clone', '', 'C'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('exit-pid-init-with-two-levels', ['A', 'clone', 'NEWPID', 'B'], ['B', 'clone', 'NEWPID', 'C'], ['C', 'clone', 'NEWUTS', 'D'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  scenario('exit-pid-init-killed', ['A', 'clone', 'NEWPID|NEWUTS', 'B'], ['B', 'clone', '', 'C'], ['A', 'kill', 'B'], ['A', 'wait', 'B']),
  scenario('exit-pid-init-thread-remains', ['A', 'clone', 'NEWPID', 'B'], ['B', 'clone', 'VM|FS|FILES|SIGHAND|THREAD|SYSVSEM', 'C'], ['B', 'exit'], ['C', 'exit_group'], ['A', 'wait', 'B']),
  scenario('exit-leader-before-thread', ['A', 'clone', '', 'B'], ['B', 'clone', 'VM|FS|FILES|SIGHAND|THREAD|SYSVSEM', 'C'], ['B', 'unshare', 'NEWUTS'], ['B', 'exit'], ['C', 'exit_group'], ['A', 'wait', 'B']),
  scenario('exit-killed', ['A', 'clone', 'NEWUTS|NEWIPC', 'B'], ['A', 'kill', 'B'], ['A', 'wait', 'B']),
  scenario('exit-group-with-threads', ['A', 'clone', '', 'B'], ['B', 'clone', 'VM|FILES|SIGHAND|THREAD|NEWUTS', 'C'], ['B', 'exit_group'], ['A', 'wait', 'B']),
  ...Object.entries(file).map(([flag, name]) => scenario(`limit-${name}-enospc`, limit(name, 0), ['A', 'unshare', flag === 'NEWUTS' ? 'NEWUTS' : `${flag}|NEWUTS`])),
  scenario('limit-clone-pid-enospc', limit('pid', 0), ['A', 'clone', 'NEWPID|NEWUTS|NEWIPC', 'B']),
  scenario('limit-clone-user-enospc', limit('user', 0), ['A', 'clone', 'NEWUSER|NEWUTS', 'B']),
  scenario('limit-in-parent-userns-enospc', ['A', 'unshare', 'NEWUSER'], ['A', 'unshare', 'NEWUTS'], ['A', 'write', '/proc/sys/user/max_uts_namespaces', '1'], ['A', 'unshare', 'NEWUTS']),
];
