import { ELEVATED_CAPABILITIES } from '../../helper/model/elevation.ts';
import type { HelperCommand } from '../host/helperProcess.ts';

/** A program that gives rights, and how it is asked: sudo without and with a question for the password, polkit's and systemd's own, which ask by themselves. */
export type Way = 'sudo -n' | 'sudo -A' | 'pkexec' | 'run0';

/** The programs that are needed, by name, as found on the search path; null: missing. */
export type Programs = Readonly<Record<'sudo' | 'pkexec' | 'run0' | 'setpriv' | 'env', string | null>>;

/** Whose helper it is: the ids that it keeps, and the process that it serves. */
export interface Person { readonly uid: number; readonly gid: number; readonly pid: number }

const SETS = `-all,${ELEVATED_CAPABILITIES.map((name) => `+${name.slice('CAP_'.length).toLowerCase()}`).join(',')}`;

/** The helper asks nsenter what it can: with these rights it must be the system's own, not one of a folder that others may write to. */
const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * What root runs: setpriv goes back to the person's own user at once and keeps three capabilities, the last that anything of it will ever have (bounding set,
 * no_new_privs). It dies with whoever started it. `env -i`: nothing of the environment but what a helper gets anyway.
 */
export function reduced(setpriv: string, env: string, { uid, gid, pid }: Person, { execPath, args, env: variables }: HelperCommand): readonly string[] {
  const set = Object.entries<string | undefined>({ ...variables, PATH: SYSTEM_PATH }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return [
    setpriv, `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', `--bounding-set=${SETS}`, `--inh-caps=${SETS}`, `--ambient-caps=${SETS}`, '--no-new-privs', '--pdeathsig=KILL', '--',
    env, '-i', ...set, execPath, ...args, '--elevated', String(pid),
  ];
}

/** The whole command of one way; null when its program is missing. `asking`: what sudo needs to ask for a password. */
export function commandOf(way: Way, programs: Programs, inner: readonly string[], env: NodeJS.ProcessEnv, asking: NodeJS.ProcessEnv): HelperCommand | null {
  const [name = '', option] = way.split(' ');
  const program = programs[name as 'sudo' | 'pkexec' | 'run0'];
  if (program === null) return null;
  const words = option === undefined ? [] : [option];
  // English, so that what sudo says can be told apart
  return { execPath: program, args: [...words, ...(name === 'pkexec' ? [] : ['--']), ...inner], env: { ...env, LC_ALL: 'C', ...(way === 'sudo -A' ? asking : {}) } };
}

/** Why sudo gave no rights, from what it says in English. `password`: it would have to ask. `forbidden`: this user may not. Else null. */
export function refusalOfSudo(text: string): 'password' | 'forbidden' | null {
  if (/a password is required|no password was provided|no askpass program/.test(text)) return 'password';
  return /is not in the sudoers file|may not run sudo|is not allowed to (?:run sudo|execute)/.test(text) ? 'forbidden' : null;
}

/** In which order to try them. Under no_new_privs set-user-ID programs give nothing, and only run0, which asks systemd to do it, is left. */
export function waysToTry(programs: Programs, noNewPrivs: boolean): readonly Way[] {
  const all: readonly Way[] = noNewPrivs ? ['run0'] : ['sudo -n', 'pkexec', 'run0'];
  return all.filter((way) => programs[way.split(' ')[0] as 'sudo' | 'pkexec' | 'run0'] !== null);
}
