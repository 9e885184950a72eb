import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import type { NsType } from '../../helper/protocol.ts';
import { until } from '../kernel/world/until.ts';

/** A process in namespaces of its own, made by a test and ended by it. */
export interface Made {
  /** Of the process in the namespaces, as seen here. */
  readonly pid: number;
  inode(type: NsType): number;
  end(): Promise<void>;
}

export interface Wanted {
  /** Options of unshare(1), `--uts` …; `--user --map-root-user` come first, so that it works without root. */
  readonly unshare: readonly string[];
  /** Host name inside, any bytes; needs `--uts`. */
  readonly hostname?: string;
  /** What /proc/PID/comm says, at most 15 bytes. */
  readonly comm?: string;
  /** argv[0]. */
  readonly argv0?: string;
}

/**
 * Starts it and waits until it is what was wanted: the shell writes host name and comm, then says so and becomes sleep(1).
 * Texts travel in variables, so that no shell reads them as code.
 */
export async function make({ unshare, hostname, comm, argv0 }: Wanted): Promise<Made> {
  const script = [
    ...(hostname === undefined ? [] : ['printf %s "$NEW_HOSTNAME" > /proc/sys/kernel/hostname']),
    'echo ready >&2',
    // comm cannot be kept over exec, so the process that has the name waits in the shell itself
    ...(comm === undefined ? ['exec -a "$NEW_ARGV0" sleep infinity'] : ['printf %s "$NEW_COMM" > /proc/self/comm', 'read -r forever']),
  ].join('; ');
  const child = spawn('unshare', ['--user', '--map-root-user', ...unshare, 'bash', '-c', script], {
    env: { ...process.env, NEW_HOSTNAME: hostname ?? '', NEW_COMM: comm ?? '', NEW_ARGV0: argv0 ?? 'sleep' },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error('unshare could not be started');
  let said = '';
  child.stderr.on('data', (text: Buffer) => { said += text.toString(); });
  const gone = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  await until('namespaces were made', () => {
    if (child.exitCode !== null) throw new Error(`unshare ended: ${said}`);
    return said.includes('ready') && (comm === undefined ? readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n' : readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith(comm.slice(0, 4)));
  });
  return {
    pid,
    inode: (type) => statSync(`/proc/${pid}/ns/${type}`).ino,
    async end() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
