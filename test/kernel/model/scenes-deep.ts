import { CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS } from '../../../simulator/kernel/flags.ts';
import type { Stage } from './stage.ts';

const DEEPEST = 33;

/** User namespaces one in another, each mapped so that it can hold the next, until there is no deeper one. */
export function deep_user_namespaces(s: Stage, t: number): void {
  const child = s.child(t);
  for (let level = 0; level < DEEPEST; level++) {
    s.unshare(child, CLONE_NEWUSER);
    if (level === 0) s.write(child, '{self}/setgroups', 'deny');
    s.write(child, '{self}/uid_map', '0 0 1');
    s.write(child, '{self}/gid_map', '0 0 1');
  }
  for (let n = 0; n < 2; n++) {
    s.unshare(child, CLONE_NEWUSER);
    s.child(child, CLONE_NEWUSER);
  }
  s.unshare(child, CLONE_NEWUTS);
}

/** Pid namespaces one in another until there is no deeper one. */
export function deep_pid_namespaces(s: Stage, t: number): void {
  let deepest = t;
  for (let level = 0; level < DEEPEST - 1; level++) deepest = s.child(deepest, CLONE_NEWPID);
  for (let n = 0; n < 3; n++) {
    s.unshare(deepest, CLONE_NEWPID);
    s.child(deepest, CLONE_NEWPID);
  }
  s.child(deepest);
  s.exit(deepest);
}
