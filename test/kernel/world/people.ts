import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';

/** A user of the test's own. `sudo`: whether it may use sudo, and whether sudo asks for a password. */
export interface PersonOptions { readonly uid: number; readonly name: string; readonly sudo: 'asks' | 'free' | 'no' }

/** The password of all of them. */
export const PASSWORD = 'correct horse';

/**
 * Users with passwords and sudo's rules that exist in a mount namespace of their own only (an overlay on /etc, a tmpfs for what sudo remembers): the machine has
 * nothing of them, and they are gone when it ends, however this process ends.
 */
export class People {
  readonly #place: ChildProcess;

  private constructor(place: ChildProcess) {
    this.#place = place;
  }

  static async start(people: readonly PersonOptions[]): Promise<People> {
    const place = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', setup(people)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = await Promise.race([
      once(readline.createInterface({ input: place.stdout }), 'line') as Promise<[string]>,
      once(place, 'exit').then(() => ['it ended']),
    ]);
    if (line !== 'ready') throw new Error(`users of a private /etc could not be made: ${line}`);
    return new People(place);
  }

  /** A process of root in that mount namespace. */
  get pid(): number { return this.#place.pid ?? 0; }

  /** The words in front of a program that such a user runs. `more`: further options of setpriv. */
  before(uid: number, more: readonly string[] = []): string[] {
    return ['nsenter', `--mount=/proc/${this.pid}/ns/mnt`, '--wd=/', 'setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', ...more, '--'];
  }

  async end(): Promise<void> {
    this.#place.stdin!.end();
    if (this.#place.exitCode === null) await once(this.#place, 'exit');
  }
}

function setup(people: readonly PersonOptions[]): string {
  const rules = people.filter(({ sudo }) => sudo !== 'no').map(({ name, sudo }) => `${name} ALL=(ALL:ALL) ${sudo === 'free' ? 'NOPASSWD: ' : ''}ALL`);
  return [
    'set -e', 'mount -t tmpfs none /mnt', 'mkdir /mnt/upper /mnt/work', 'mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc',
    'mkdir -p /run/sudo', 'mount -t tmpfs none /run/sudo',
    ...people.flatMap(({ uid, name }) => [
      `groupadd --gid ${uid} ${name}`, `useradd --no-create-home --no-log-init -K UID_MAX=65000 --uid ${uid} --gid ${uid} ${name}`, `echo '${name}:${PASSWORD}' | chpasswd`,
    ]),
    ...rules.map((rule) => `echo '${rule}' >> /etc/sudoers.d/nslab`), 'touch /etc/sudoers.d/nslab', 'chmod 0440 /etc/sudoers.d/nslab', 'echo ready', 'exec cat >/dev/null',
  ].join('\n');
}
