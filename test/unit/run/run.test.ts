import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemFiles } from '../../../cli/system_files.ts';
import type { RunOptions, RunResult } from '../../../simulator/run/options.ts';
import { runProgram } from '../../../simulator/run/session.ts';

const LIMITS = { statements: 5_000_000, instructions: 500_000_000, tasks: 40, memory: 64 << 20, output: 1 << 20 };

/** Runs a C text. `others`: further programs by name. */
function run(source: string, more: Partial<RunOptions> = {}): RunResult {
  const files = { read: (name: string) => (name === 'prog.c' ? Buffer.from(source) : null) };
  const result = runProgram({
    system: systemFiles(), program: { file: 'prog.c', files }, args: [], uid: 0, kernel: '6.18', privateRoot: false, tty: true, ttyStdin: false, stdin: new Uint8Array(0), before: [], with: [],
    limits: LIMITS, trace: 'off', ...more,
  });
  assert.ok('exit' in result, JSON.stringify(result));
  return result;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const HELLO = '#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n#include <signal.h>\n#include <string.h>\n#include <sys/wait.h>\n';

describe('a program run in the simulator', function () {
  // the first one compiles the libc
  this.timeout(180_000);

  it('exit status, standard output and error, what the terminal shows', () => {
    const { exit, signal, stdout, stderr, transcript, limits, notSimulated } = run(`${HELLO}int main(void) { printf("out\\n"); fprintf(stderr, "err\\n"); puts("more"); return 300; }`);
    assert.deepEqual({ exit, signal, limits, notSimulated, stdout: text(stdout), stderr: text(stderr), transcript: text(transcript) },
      { exit: 44, signal: null, limits: [], notSimulated: [], stdout: 'out\nmore\n', stderr: 'err\n', transcript: 'out\r\nerr\r\nmore\r\n' });
    const piped = run(`${HELLO}int main(void) { printf("out\\n"); fprintf(stderr, "err\\n"); if (!isatty(1)) puts("piped"); return 0; }`, { tty: false });
    assert.deepEqual([text(piped.stdout), text(piped.stderr), text(piped.transcript)], ['out\npiped\n', 'err\n', '']);
  });

  it('a signal that ends it, by name', () => {
    assert.deepEqual([run(`${HELLO}int main(void) { *(volatile int *)0 = 1; }`).signal, run(`${HELLO}int main(void) { raise(SIGTERM); }`).signal], ['SIGSEGV', 'SIGTERM']);
    assert.equal(run(`${HELLO}int main(void) { char *s = "const"; s[0] = 'C'; return 0; }`).signal, 'SIGSEGV');
    assert.equal(run(`${HELLO}int zero; int main(void) { return 1 / zero; }`).signal, 'SIGFPE');
  });

  it('a wait that a signal ended looks once more: what a child has to tell comes before EINTR', () => {
    // do_wait looks at the children before it looks at signals; here the child sends one and has ended before its parent runs
    const source = `${HELLO}#include <errno.h>
static void handler(int sig) { write(1, "caught\\n", 7); }
int main(void) {
  struct sigaction action = { .sa_handler = handler };
  int status = 0;
  sigaction(SIGUSR1, &action, NULL);
  if (fork() == 0) { kill(getppid(), SIGUSR1); _exit(7); }
  pid_t got = wait(&status);
  printf("%s %d\\n", got > 0 ? "child" : errno == EINTR ? "EINTR" : "?", WEXITSTATUS(status));
  return 0;
}`;
    assert.equal(text(run(source).stdout), 'caught\nchild 7\n');
  });

  it('standard input through a pipe, or typed at the terminal with echo', () => {
    const source = `${HELLO}int main(void) { char line[80]; printf("%d> ", isatty(0)); fflush(stdout); while (fgets(line, sizeof line, stdin)) printf("got %s", line); puts("end"); return 0; }`;
    const stdin = Buffer.from('a\nb\n');
    assert.equal(text(run(source, { stdin }).transcript), '0> got a\r\ngot b\r\nend\r\n');
    assert.equal(text(run(source, { stdin, ttyStdin: true }).transcript), '1> a\r\ngot a\r\nb\r\ngot b\r\nend\r\n');
    const pieces = [Buffer.from('x\n'), Buffer.from('y')];
    assert.equal(text(run(source, { more: () => pieces.shift() ?? null }).stdout), '0> got x\ngot yend\n');
  });

  it('the same program twice gives the same bytes', () => {
    const source = `${HELLO}#include <time.h>\n#include <sys/mman.h>\nint main(void) { struct timespec t; for (int i = 0; i < 3; i++) if (!fork()) { for (int n = 0; n < 3000 * i; n++); clock_gettime(CLOCK_MONOTONIC, &t); printf("%d %ld.%09ld %p\\n", getpid(), t.tv_sec, t.tv_nsec, (void *)&t); return i; } while (wait(0) > 0); return 0; }`;
    const [a, b] = [run(source, { trace: 'calls' }), run(source, { trace: 'calls' })];
    assert.deepEqual(a, b);
    assert.match(text(a.stdout), /^7002 /m);
  });

  it('command lines that run before, with @P; other programs in the working directory; arguments', () => {
    const { exit, transcript } = run(`${HELLO}int main(int argc, char **argv) { printf("%s %d\\n", argv[1], kill(atoi(argv[1]), 0)); char *args[] = { "other", 0 }; execv("./other", args); return 99; }`, {
      args: ['@P'], before: ['sleep 1000'], with: [{ name: 'other', source: { file: 'other.c', files: { read: () => Buffer.from('#include <stdio.h>\nint main(int argc, char **argv) { printf("%s\\n", argv[0]); return 5; }') } } }],
    });
    assert.deepEqual([exit, text(transcript)], [5, '6000 0\r\nother\r\n']);
  });

  it('limits end a run that is as good as any up to there', () => {
    const ends = (source: string, more: Partial<RunOptions> = {}): readonly unknown[] => {
      const { exit, limits, stdout } = run(HELLO + source, more);
      return [exit, ...limits, text(stdout).slice(0, 3)];
    };
    assert.deepEqual(ends('int main(void) { puts("go"); for (;;); }'), [null, 'statements', 'go\n']);
    assert.deepEqual(ends('int main(void) { puts("go"); for (;;) fork(); }'), [null, 'tasks', 'go\n']);
    assert.deepEqual(ends('int main(void) { puts("go"); for (;;) puts("again and again and again"); }'), [null, 'output', 'go\n']);
    assert.deepEqual(ends('int main(void) { puts("go"); for (;;) { char *p = malloc(1 << 20); if (p) memset(p, 1, 1 << 20); } }'), [null, 'memory', 'go\n']);
    assert.deepEqual(ends('int main(void) { int fds[2]; char c; puts("go"); pipe(fds); read(fds[0], &c, 1); return 0; }'), [null, 'deadlock', 'go\n']);
    assert.deepEqual(ends('int f(int n) { return f(n + 1) + 1; } int main(void) { puts("go"); return f(0); }', { limits: { ...LIMITS, statements: 50_000_000 } }).slice(0, 1), [null]);
  });

  it('names what is not simulated', () => {
    const { exit, notSimulated } = run(`${HELLO}#include <sys/syscall.h>\nint main(void) { return syscall(SYS_bpf, 0, 0, 0) == -1 ? 7 : 0; }`);
    assert.deepEqual([exit, notSimulated], [7, ['bpf()']]);
    assert.deepEqual(run('int nowhere(int); int main(void) { return nowhere(1); }').notSimulated, ['nowhere()']);
  });

  it('does not name what a filter keeps from being made', () => {
    const forbidden = `${HELLO}#include <seccomp.h>\n#include <sys/syscall.h>\nint main(void) { scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW); seccomp_rule_add(c, SCMP_ACT_ERRNO(13), SCMP_SYS(bpf), 0); seccomp_load(c); return syscall(SYS_bpf, 0, 0, 0) == -1 ? errno : 0; }`;
    const { exit, notSimulated } = run(forbidden.replace('#include <seccomp.h>', '#include <errno.h>\n#include <seccomp.h>'));
    assert.deepEqual([exit, notSimulated], [13, []]);
  });

  it('orphans print after the program has ended; init reaps them', () => {
    assert.equal(text(run(`${HELLO}int main(void) { if (fork() == 0) { sleep(2); printf("parent %d\\n", getppid()); return 0; } puts("bye"); return 0; }`).stdout), 'bye\nparent 1\n');
  });

  it('the kernel’s calls, laid out as function_graph does', () => {
    const { trace } = run(`${HELLO}#define _GNU_SOURCE\nint unshare(int); int main(void) { return unshare(0x04000000); }`, { trace: 'calls' });
    assert.match(trace, /^a\.out-7001 {10} \| ksys_unshare\(\) \{$/m);
    assert.match(trace, /^a\.out-7001 {10} \| \} \/\* ksys_unshare \*\/$/m);
    assert.match(trace, /copy_utsname/);
  });

  it('nslab run: the exit status is the program’s, 128 + signal, 2 with gcc’s words, 124 at a limit, 126 for what is not simulated', () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-run-'));
    const nslab = (source: string, ...options: string[]) => {
      fs.writeFileSync(path.join(dir, 'p.c'), source);
      const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(import.meta.dirname, '../../../cli/main.ts'), 'run', ...options, 'p.c'], { cwd: dir, encoding: 'utf8', input: '' });
      return { status, stdout, stderr };
    };
    try {
      const bad = nslab('int main(void) { return x; }', '--json');
      assert.deepEqual([bad.status, bad.stdout], [2, '']);
      assert.match(bad.stderr, /^p\.c:1:25: error: 'x' undeclared/);
      assert.deepEqual(nslab('#include <unistd.h>\nint main(void) { write(1, "hi\\n", 3); return 3; }'), { status: 3, stdout: 'hi\n', stderr: '' });
    } finally {
      fs.rmSync(dir, { recursive: true });
    }
  });
});
