import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Users, and the files of /etc that programs read: those of the simulated computer. */
const FILES: readonly (readonly [name: string, text: string])[] = [
  ['/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\nlearner:x:1000:1000:learner:/home/learner:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n'],
  ['/etc/group', 'root:x:0:\ntty:x:5:\nlearner:x:1000:\nnogroup:x:65534:\n'],
  ['/etc/hostname', 'host\n'],
  ['/etc/hosts', '127.0.0.1\tlocalhost\n192.0.2.10\thost\n'],
  ['/etc/resolv.conf', 'nameserver 192.0.2.1\n'],
  ['/etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n'],
  ['/etc/subuid', 'learner:100000:65536\n'],
  ['/etc/subgid', 'learner:100000:65536\n'],
];
const LEARNER = 1000;
const ROOT_DIRECTORIES = ['boot', 'dev', 'etc', 'home', 'media', 'mnt', 'opt', 'proc', 'root', 'run', 'srv', 'sys', 'tmp', 'usr', 'var', 'bin', 'sbin', 'lib', 'lib64'];
/** Those whose contents on this machine are nobody's business. */
const EMPTIED = ['/home', '/media', '/mnt', '/opt', '/root', '/run', '/srv', '/var/tmp'];

/**
 * The file systems that a program runs on, as layers of an overlay over this machine's own root: one that hides what the simulated computer has not and
 * adds its users, its home and `rootfs/`; and one for each program. They lie in memory, because an overlay refuses layers that contain one another.
 */
export class Layers {
  readonly #at = mkdtempSync('/dev/shm/nslab-programs-');
  readonly #base = path.join(this.#at, 'base');

  constructor() {
    chmodSync(this.#at, 0o755);
    mkdirSync(this.#base);
    const hide = (name: string): void => {
      mkdirSync(path.dirname(path.join(this.#base, name)), { recursive: true });
      execFileSync('mknod', [path.join(this.#base, name), 'c', '0', '0']);
    };
    for (const name of readdirSync('/')) if (!ROOT_DIRECTORIES.includes(name)) hide(`/${name}`);
    for (const dir of EMPTIED) if (existsSync(dir)) for (const name of readdirSync(dir)) if (`${dir}/${name}` !== '/home/learner') hide(`${dir}/${name}`);
    for (const [name, text] of FILES) {
      mkdirSync(path.dirname(path.join(this.#base, name)), { recursive: true });
      writeFileSync(path.join(this.#base, name), text);
    }
    this.#home(this.#base);
    smallRoot(path.join(this.#base, 'home/learner/rootfs'));
  }

  /** The overlay's `lowerdir=` for a program whose built files are given by their names in the working directory. */
  lower(files: ReadonlyMap<string, string>): string {
    const layer = mkdtempSync(path.join(this.#at, 'p-'));
    chmodSync(layer, 0o755);
    const home = this.#home(layer);
    for (const [name, built] of files) {
      copyFileSync(built, path.join(home, name));
      chmodSync(path.join(home, name), 0o755);
      chownSync(path.join(home, name), LEARNER, LEARNER);
    }
    return `${layer}:${this.#base}:/`;
  }

  remove(): void {
    rmSync(this.#at, { recursive: true });
  }

  #home(layer: string): string {
    const home = path.join(layer, 'home/learner');
    mkdirSync(home, { recursive: true });
    chownSync(home, LEARNER, LEARNER);
    return home;
  }
}

/** `rootfs/`: a root directory to change to, with busybox and bash. */
function smallRoot(at: string): void {
  for (const name of ['bin', 'dev', 'etc', 'home', 'lib', 'lib64', 'mnt', 'oldroot', 'proc', 'root', 'sbin', 'sys', 'tmp', 'usr/bin', 'var']) mkdirSync(path.join(at, name), { recursive: true });
  chmodSync(path.join(at, 'tmp'), 0o1777);
  copyFileSync('/usr/bin/busybox', path.join(at, 'bin/busybox'));
  chmodSync(path.join(at, 'bin/busybox'), 0o755);
  copyFileSync('/bin/bash', path.join(at, 'bin/bash'));
  for (const line of execFileSync('ldd', ['/bin/bash'], { encoding: 'utf8' }).split('\n')) {
    const library = /(\/\S+) \(0x/.exec(line)?.[1];
    if (library === undefined) continue;
    mkdirSync(path.join(at, path.dirname(library)), { recursive: true });
    copyFileSync(library, path.join(at, library));
    chmodSync(path.join(at, library), 0o755);
  }
  for (const name of execFileSync('/usr/bin/busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n')) {
    const file = path.join(at, 'bin', name);
    if (!existsSync(file)) symlinkSync('busybox', file);
  }
  for (const name of ['passwd', 'group']) writeFileSync(path.join(at, 'etc', name), FILES.find(([file]) => file === `/etc/${name}`)?.[1] ?? '');
  own(at);
}

function own(file: string): void {
  const { isLink, isDirectory } = { isLink: lstatSync(file).isSymbolicLink(), isDirectory: lstatSync(file).isDirectory() };
  if (isLink) return;
  chownSync(file, LEARNER, LEARNER);
  if (isDirectory) for (const name of readdirSync(file)) own(path.join(file, name));
}
