import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import type { pid_namespace } from './pid.ts';
import { disable_pid_allocation } from './pid_alloc.ts';
import { wait_on } from './sched.ts';
import type { Blocked } from './sched.ts';
import { fatal_signal_pending, send_sig_priv } from './signal.ts';
import { SIGCHLD, SIGKILL } from './signals.ts';
import { atLeast } from './version.ts';
import { __WALL, do_wait } from './wait.ts';

const ZAP = listing('zap_pid_ns_processes', 'kernel/pid_namespace.c', [
  ['adding', 0, 'disable_pid_allocation(pid_ns)', '{ns} takes no more processes: whoever forks into it gets ENOMEM.', 'A pid namespace cannot get another init.', { since: '3.8' }],
  ['ignore', 0, 'me->sighand->action[SIGCHLD - 1].sa.sa_handler = SIG_IGN', 'The ending init ignores SIGCHLD.', 'Its children are reaped as they end.', { since: '3.8' }],
  ['kill', 0, 'for each pid number 2 and above: group_send_sig_info(SIGKILL)', '{task} is killed.', 'It lives in {ns}, or in a pid namespace below it; no process survives its init.'],
  ['wait', 0, 'do kernel_wait4(-1, __WALL) while (rc != -ECHILD)', 'The init waits for its children to end.', 'They have been killed, but end only when they run.'],
  ['last', 0, 'while (pid_ns->pid_allocated != init_pids) schedule()', 'Until nobody else is left in {ns}.', 'Zombies whose parent is outside must be reaped by that parent first.', { since: '3.8' }],
  ['reboot', 0, 'if (pid_ns->reboot) current->signal->group_exit_code = pid_ns->reboot', 'It will seem to have died of signal {sig}.', 'Somebody inside called reboot(): the parent of the init can tell restart (SIGHUP) from power off (SIGINT).', { since: '3.8' }],
  ['gone', 0, 'pid_ns->child_reaper = init_pid_ns.child_reaper', '{ns} has no init of its own any more.', 'The init ends.', { until: '2.6.24' }],
]);

/** The init of a pid namespace is ending (KERNEL.md 4.13): everybody in it is killed and waited for. Blocked, and called again, until all are gone. */
export function zap_pid_ns_processes(k: Kernel, ns: pid_namespace): Blocked | undefined {
  const me = k.current;
  const { at } = ZAP;
  const modern = atLeast(k.version, '3.8');
  if (ns.zapped !== me) {
    k.enter(ZAP, { ns });
    k.trace.write(ns, 'zapped', me);
    if (modern) {
      k.at(at.adding, { ns });
      disable_pid_allocation(k, ns);
      k.at(at.ignore);
      if (me.sighand) k.trace.insert(me.sighand.action, SIGCHLD, { handler: 'ignore', flags: 0, mask: 0n });
    }
    const members = [...ns.idr.map].filter(([nr]) => nr >= 2).sort(([a], [b]) => a - b);
    for (const [, { pid_task }] of members) {
      if (!pid_task || fatal_signal_pending(pid_task) || pid_task.state === 'zombie') continue;
      k.at(at.kill, { task: pid_task, ns });
      send_sig_priv(k, SIGKILL, pid_task, true);
    }
    k.at(at.wait);
  }
  for (;;) {
    const waited = do_wait(k, { type: 'all', pid: null, options: __WALL | WEXITED });
    if (waited === 'none') break;
    if (waited === null) return wait_on(k, me.signal, 'zap_pid_ns', [ns]);
  }
  if (modern) {
    const init_pids = me.group_leader === me ? 1 : 2;
    if (ns.pid_allocated !== init_pids) {
      k.at(at.last, { ns });
      return wait_on(k, ns, 'zap_pid_ns', [ns]);
    }
    if (ns.reboot !== 0) {
      k.at(at.reboot, { sig: ns.reboot });
      k.trace.write(me.signal, 'group_exit_code', ns.reboot);
    }
  } else {
    k.at(at.gone, { ns });
    k.trace.write(ns, 'child_reaper', k.init_pid_ns.child_reaper);
  }
  k.leave(ZAP, undefined);
  return undefined;
}

const WEXITED = 4;
