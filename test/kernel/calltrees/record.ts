/**
 * Records what functions a real kernel calls for each scenario:
 *
 *     node test/kernel/calltrees/record.ts 6.1 6.12 [--only NAME,NAME]   (beginnings of names)
 *
 * needs Debian packages qemu-system-x86, cpio, gcc and apt's lists; no privilege. For each version one virtual machine (without
 * hardware acceleration, about two minutes) boots Debian's cloud kernel, whose package is kept in $NSLAB_KERNELS (by default
 * ~/.cache/nslab-kernels), and runs all programs one after the other. Writes programs/*.c and recordings/VERSION/*.txt.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, sourceHash } from './program.ts';
import { scenarios } from './scenarios.ts';

const here = import.meta.dirname;
const META: Readonly<Record<string, string>> = { '6.1': 'linux-image-cloud-amd64', '6.12': 'linux-image-6.12-cloud-amd64' };

/** The kernel image, from the cache or Debian's archive. */
function kernelOf(version: string): string {
  const meta = META[version];
  if (!meta) throw new Error(`no kernel ${version}; there is ${Object.keys(META).join(', ')}`);
  const cache = join(process.env['NSLAB_KERNELS'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'nslab-kernels'), version);
  const boot = join(cache, 'boot');
  if (!existsSync(boot)) {
    mkdirSync(cache, { recursive: true });
    const name = /Depends: (linux-image-6\S+)/.exec(execFileSync('apt-cache', ['depends', meta], { encoding: 'utf8' }))?.[1];
    if (!name) throw new Error(`apt knows no package for ${meta}`);
    execFileSync('apt-get', ['download', '-q', name], { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'] });
    for (const file of readdirSync(cache)) if (file.endsWith('.deb')) { execFileSync('dpkg', ['-x', file, '.'], { cwd: cache }); rmSync(join(cache, file)); }
    for (const part of ['lib', 'usr']) rmSync(join(cache, part), { recursive: true, force: true });
  }
  const image = readdirSync(boot).find((file) => file.startsWith('vmlinuz-'));
  if (!image) throw new Error(`no vmlinuz in ${boot}`);
  return join(boot, image);
}

function record(version: string, only: string | undefined): void {
  const kernel = kernelOf(version);
  const chosen = scenarios.filter((scenario) => (scenario.only ?? version) === version && (!only || only.split(',').some((name) => scenario.name.startsWith(name))));
  const work = mkdtempSync(join(tmpdir(), 'nslab-calltrees-'));
  try {
    mkdirSync(join(work, 'programs'));
    mkdirSync(join(work, 'sys'));
    for (const { name } of chosen) {
      execFileSync('gcc', ['-static', '-nostdlib', '-ffreestanding', '-O1', '-w', '-mno-red-zone', '-fno-stack-protector', '-fno-pie', '-no-pie', '-o', join(work, 'programs', name), join(here, 'programs', `${name}.c`)]);
    }
    execFileSync('gcc', ['-static', '-O1', '-w', '-o', join(work, 'init'), join(here, 'tracer.c')]);
    copyFileSync(join(here, 'functions.txt'), join(work, 'functions'));
    writeFileSync(join(work, 'list'), chosen.map(({ name }) => `${name}\n`).join(''));
    execFileSync('sh', ['-c', 'find init programs sys functions list | cpio -o -H newc 2>/dev/null | gzip -1 > initrd.gz'], { cwd: work });
    const { stdout } = spawnSync('qemu-system-x86_64', ['-accel', 'tcg', '-cpu', 'max', '-m', '512', '-smp', '1', '-nographic', '-no-reboot', '-nic', 'none',
      '-kernel', kernel, '-initrd', join(work, 'initrd.gz'), '-append', 'console=ttyS0 quiet panic=-1 rdinit=/init'],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', timeout: 175_000, maxBuffer: 1 << 28 });
    writeFileSync(join(tmpdir(), `nslab-calltrees-${version}.log`), stdout);
    keep(version, stdout.replaceAll('\r', ''));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Writes the recordings that the machine's output holds. */
function keep(version: string, output: string): void {
  const folder = join(here, 'recordings', version);
  mkdirSync(folder, { recursive: true });
  const uname = /@@uname (.*)/.exec(output)?.[1];
  if (!uname) throw new Error('the virtual machine did not start');
  const compiler = execFileSync('gcc', ['--version'], { encoding: 'utf8' }).split('\n')[0];
  const list = (mark: string, end: string): string => (output.split(`@@${mark}\n`)[1]?.split(`@@${end}`)[0] ?? '').split('\n').filter((line) => line !== '').sort().join('\n');
  writeFileSync(join(folder, 'functions.txt'), `# functions that can be traced in: ${uname}\n${list('functions', 'callsites')}\n`);
  writeFileSync(join(folder, 'callsites.txt'), `# CALLER CALLEE: whose machine code calls which of functions.txt, in: ${uname}\n${list('callsites', 'ready')}\n`);
  let kept = 0;
  for (const [, name, body] of output.matchAll(/@@program (\S+)\n([^]*?)\n@@end/g)) {
    const hash = sourceHash(readFileSync(join(here, 'programs', `${name}.c`), 'utf8'), readFileSync(join(here, 'scenario.h'), 'utf8'));
    const text = body!.split('\n').filter((line) => line !== '' && !/^#|^ *\|? *$/.test(line)).map((line) => line.trimEnd()).join('\n');
    writeFileSync(join(folder, `${name}.txt`), `# ${uname}\n# ${compiler}\n# source ${hash}\n${text}\n`);
    kept++;
  }
  const mixed = /[^\n]\[ +\d+\.\d+\]/.exec(output);
  if (mixed) throw new Error(`the kernel printed a message into a recording: ${output.slice(mixed.index, mixed.index + 80)}`);
  for (const [line] of output.matchAll(/@@trouble.*/g)) console.error(line);
  console.log(`${version}: ${kept} recordings`);
  if (!output.includes('@@off')) throw new Error('the virtual machine did not come to its end');
}

const only = process.argv.indexOf('--only');
const versions = process.argv.slice(2, only < 0 ? undefined : only);
rmSync(join(here, 'programs'), { recursive: true, force: true });
mkdirSync(join(here, 'programs'));
for (const scenario of scenarios) writeFileSync(join(here, 'programs', `${scenario.name}.c`), program(scenario));
for (const version of versions) record(version, only < 0 ? undefined : process.argv[only + 1]);
