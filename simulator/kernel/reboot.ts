import { CAP_SYS_BOOT, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import { do_exit } from './exit.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { task_active_pid_ns } from './pid.ts';
import type { pid_namespace } from './pid.ts';
import type { Blocked } from './sched.ts';
import { send_sig_priv } from './signal.ts';
import { SIGHUP, SIGINT, SIGKILL } from './signals.ts';
import { atLeast } from './version.ts';

const MAGIC1 = 0xfee1dead;
const MAGIC2: ReadonlySet<number> = new Set([672274793, 85072278, 369367448, 537993216]);
export const LINUX_REBOOT_CMD_RESTART = 0x01234567;
export const LINUX_REBOOT_CMD_HALT = 0xcdef0123;
export const LINUX_REBOOT_CMD_CAD_ON = 0x89abcdef;
export const LINUX_REBOOT_CMD_CAD_OFF = 0;
export const LINUX_REBOOT_CMD_POWER_OFF = 0x4321fedc;
export const LINUX_REBOOT_CMD_RESTART2 = 0xa1b2c3d4;

const REBOOT_NS = listing('reboot_pid_ns', 'kernel/pid_namespace.c', [
  ['signal', 0, 'pid_ns->reboot = SIGHUP (restart) or SIGINT (halt, power off)', 'The init of {ns} will seem to have died of signal {sig}.', 'Its parent outside can tell by that what was asked for.', { since: '3.8' }],
  ['other', 0, 'default: return -EINVAL', 'A command that only the machine knows: EINVAL.', 'A pid namespace can only restart, halt or power off.', { since: '3.8' }],
  ['kill', 0, 'send_sig(SIGKILL, pid_ns->child_reaper, 1)', 'The init of {ns} is killed, and with it everybody inside.', 'That is what is left of a reboot when there is no machine.', { since: '3.8' }],
  ['exit', 0, 'do_exit(0)', 'The caller ends as well.', 'A reboot does not return.', { since: '3.8' }],
]);

/** reboot(2). In a pid namespace other than the first it ends that namespace [E4k E4l]. Errors: EPERM, EINVAL. The machine stops: 0, and `k.counters` has 'halted'. */
export function sys_reboot(k: Kernel, magic1: number, magic2: number, cmd: number): 0 | Err | Blocked {
  const ns = task_active_pid_ns(k.current);
  if (!ns_capable(k, atLeast(k.version, '3.8') ? ns.user_ns : k.init_user_ns, CAP_SYS_BOOT)) return err('EPERM');
  if (magic1 >>> 0 !== MAGIC1 || !MAGIC2.has(magic2)) return err('EINVAL');
  const wanted = cmd >>> 0;
  if (ns !== k.init_pid_ns && atLeast(k.version, '3.8')) return reboot_pid_ns(k, ns, wanted);
  switch (wanted) {
    case LINUX_REBOOT_CMD_CAD_ON: case LINUX_REBOOT_CMD_CAD_OFF: return 0;
    case LINUX_REBOOT_CMD_RESTART: case LINUX_REBOOT_CMD_RESTART2: case LINUX_REBOOT_CMD_HALT: case LINUX_REBOOT_CMD_POWER_OFF:
      k.trace.insert(k.counters, 'halted', wanted);
      return 0;
    default: return err('EINVAL');
  }
}

function reboot_pid_ns(k: Kernel, ns: pid_namespace, cmd: number): 0 | Err | Blocked {
  k.enter(REBOOT_NS, { ns, cmd });
  const { at } = REBOOT_NS;
  const sig = cmd === LINUX_REBOOT_CMD_RESTART || cmd === LINUX_REBOOT_CMD_RESTART2 ? SIGHUP : cmd === LINUX_REBOOT_CMD_HALT || cmd === LINUX_REBOOT_CMD_POWER_OFF ? SIGINT : 0;
  if (sig === 0) {
    k.at(at.other);
    return k.leave(REBOOT_NS, err('EINVAL'));
  }
  k.at(at.signal, { ns, sig });
  k.trace.write(ns, 'reboot', sig);
  k.at(at.kill, { ns });
  if (ns.child_reaper) send_sig_priv(k, SIGKILL, ns.child_reaper, true);
  k.at(at.exit);
  k.leave(REBOOT_NS, 0);
  return do_exit(k, 0);
}
