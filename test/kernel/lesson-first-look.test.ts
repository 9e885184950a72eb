import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot } from '../host/checkout.mjs';
import type { Step } from './transcript.ts';
import { Shell, consoleBlocks, isJobNotice } from './transcript.ts';

const lesson = inRoot('lessons', '01-first-look');
const readme = readFileSync(path.join(lesson, 'README.md'), 'utf8');
const { tasks } = JSON.parse(readFileSync(path.join(lesson, '.vscode', 'tasks.json'), 'utf8')) as { tasks: { label: string; command?: string; args?: string[]; dependsOn?: string }[] };
const ORDINARY = 1000;

/** Replaces namespace numbers by names: those of step 1 by where they stand there, others by the order in their block. */
function normalise(blocks: readonly (readonly string[])[], host: string): string[][] {
  const own = new Map<string, string>();
  return blocks.map((lines, b) => {
    const mine = new Map<string, string>();
    return lines.map((line) => line.replaceAll(host, 'HOST').replace(/(\w+):\[(\d+)\]/g, (_, type: string, inode: string) => {
      if (b === 0) own.set(inode, `own ${type}`);
      const name = own.get(inode) ?? mine.get(inode) ?? `new ${mine.size + 1}`;
      if (!own.has(inode)) mine.set(inode, name);
      return `${type}:[${name}]`;
    }));
  });
}

async function perform(shell: Shell, blocks: readonly (readonly Step[])[]): Promise<string[][]> {
  const printed: string[][] = [];
  for (const block of blocks) {
    const lines: string[] = [];
    for (const { command } of block) {
      const result = await shell.run(command);
      lines.push(`$ ${command}`, ...result.lines);
      if (command.endsWith('&')) await shell.jobRuns('sleep');
    }
    printed.push(lines);
  }
  return printed;
}

describe('the lesson "First look"', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'first-look-'));
    for (const name of readdirSync(lesson)) if (/\.(c|md|json)$/.test(name)) cpSync(path.join(lesson, name), path.join(folder, name));
    chmodSync(folder, 0o755);
    for (const name of ['.', ...readdirSync(folder)]) chownSync(path.join(folder, name), ORDINARY, ORDINARY);
  });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  const asOrdinary = ['setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups'];
  const enter = /^```sh\n(unshare .*)\n```$/m.exec(readme)?.[1]?.split(' ') ?? [];
  for (const [who, before] of [['root', []], ['an ordinary user, in the shell of step 0', [...asOrdinary, ...enter]]] as const) {
    it(`prints what the page says it prints, for ${who}`, async () => {
      const blocks = consoleBlocks(readme);
      assert.ok(blocks.length >= 8 && enter.length > 1, 'the page has its commands');
      const expected = blocks.map((block) => block.flatMap(({ command, output }) => [`$ ${command}`, ...output.filter((line) => !isJobNotice(line))]));
      const shell = new Shell(before, folder);
      try {
        assert.deepEqual(normalise(await perform(shell, blocks), os.hostname()), normalise(expected, 'lab'));
      } finally {
        await shell.end();
      }
    });
  }

  const run = (file: string, ...args: string[]): { status: number | null; text: string } => {
    const { status, stdout, stderr } = spawnSync(file, args, { cwd: folder, encoding: 'utf8' });
    return { status, text: stdout + stderr };
  };

  it('has programs that compile without a warning', () => {
    for (const name of ['hello-uts', 'who-am-i']) {
      for (const flags of [['-O0'], ['-O2', '-Wconversion', '-Wshadow']]) {
        assert.deepEqual(run('cc', '-Wall', '-Wextra', '-Wpedantic', '-Werror', ...flags, '-o', name, `${name}.c`), { status: 0, text: '' });
      }
    }
  });

  it('has a program that says what is wrong with its arguments, and what permission it lacks', () => {
    assert.equal(run('cc', '-o', 'hello-uts', 'hello-uts.c').status, 0);
    assert.deepEqual(run('./hello-uts', 'a', 'b'), { status: 2, text: 'hello-uts: SECONDS is a number from 0 to 3600, not "b"\n' });
    for (const seconds of ['-1', '3601', '1x', '', '99999999999999999999']) assert.equal(run('./hello-uts', 'a', seconds).status, 2, seconds);
    assert.equal(run('./hello-uts', 'a', '0', 'c').text, 'usage: hello-uts [NAME [SECONDS]]\n');
    const denied = run('setpriv', ...asOrdinary.slice(1), './hello-uts');
    assert.equal(denied.status, 1);
    assert.match(denied.text, /try: unshare -Ur \.\/hello-uts\nhello-uts: clone: Operation not permitted\n$/);
    const long = run('./hello-uts', 'x'.repeat(65));
    assert.equal(long.status, 1, 'the child’s failure is the program’s');
    assert.match(long.text, /hello-uts: sethostname: Invalid argument/);
  });

  it('has tasks that build and run both programs', () => {
    const build = tasks.find((task) => task.label === 'build');
    assert.ok(build?.command);
    assert.deepEqual(run('/bin/sh', '-c', build.command), { status: 0, text: '' });
    for (const task of tasks.filter(({ label }) => label.startsWith('run '))) {
      assert.equal(task.dependsOn, 'build');
      const result = run(task.command ?? '', ...(task.args ?? []).map((argument) => (argument === '60' ? '0' : argument)));
      assert.equal(result.status, 0, result.text);
    }
  });

  it('says what to do where there is no C compiler', () => {
    const { status, stderr } = spawnSync('/bin/sh', ['-c', tasks.find(({ label }) => label === 'build')?.command ?? ''], { cwd: lesson, env: { PATH: '/nowhere' }, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /no C compiler \(cc\) on this machine: install gcc or clang/);
  });

  it('names commands as the extension does', () => {
    const texts = Object.values(JSON.parse(readFileSync(inRoot('package.nls.json'), 'utf8')) as Record<string, string>);
    for (const title of ['Compare Processes', 'Why Is It Still Alive?']) {
      assert.ok(readme.includes(title));
      assert.ok(texts.some((text) => text.replace(/…$/, '') === title), `no command is called ${title}`);
    }
  });
});
