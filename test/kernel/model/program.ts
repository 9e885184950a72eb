import { errnoName } from '../../../simulator/kernel/errno.ts';
import * as f from '../../../simulator/kernel/flags.ts';
import type { Operation } from './operation.ts';

/** Names of clone flags, by value, those that have one bit. */
const FLAGS: readonly (readonly [string, number])[] = Object.entries(f).flatMap(([name, value]) => (name.startsWith('CLONE_') && typeof value === 'number' ? [[name, value] as const] : []));

/**
 * A sequence as a C program: one statement a step, in order, each made by its task. `notes`: a remark for a step, by its place. It says with
 * every step what it returned, and at the end which namespaces the tasks are in.
 */
export function program(operations: readonly Operation[], notes: ReadonlyMap<number, string> = new Map()): string {
  const statements = operations.map((operation, n) => {
    const note = notes.get(n);
    return `    case ${n}: return ${expression(operation)};${note === undefined ? '' : ` /* ${note.replaceAll('*/', '* /')} */`}`;
  });
  return `/* Made from a random sequence. As root, in test/kernel/model: gcc -O1 -fno-stack-protector -I. found.c -o found && taskset -c 0 ./found */
#include "steps.h"

static long step(int n, int me)
{
    (void)me;
    switch (n) {
${statements.join('\n')}
    default: return -38;
    }
}

static const int who[] = { ${operations.map(({ task }) => task).join(', ')} };

int main(void)
{
    return run(who, sizeof who / sizeof *who);
}
`;
}

/** Says of a difference what both sides have, line by line, for a program's last step. */
export function differing(model: string, kernel: string): string {
  const [ours, theirs] = [model, kernel].map((text) => text.trimEnd().split('\n'));
  const only = (a: readonly string[] = [], b: readonly string[] = []): string => a.filter((line) => !b.includes(line)).map(readable).join(' | ') || 'nothing more';
  return `the model: ${only(ours, theirs)}; the kernel: ${only(theirs, ours)}`;
}

function readable(line: string): string {
  return line.replace(/^(result|late) (\d+) -(\d+)/, (_, word: string, task: string, n: string) => `${word} ${task} ${errnoName(-Number(n)) ?? `-${n}`}`);
}

function expression(operation: Operation): string {
  const { call, n, a, b } = operation;
  const [first = 0, second = 0, third = 0] = n;
  switch (call) {
    case 'unshare': return `CALL(SYS_unshare, ${flags(first)}, 0, 0)`;
    case 'clone': return `clone_task(${flags(first, true)}, ${second})`;
    case 'clone3': {
      const [bits = '0', ...tids] = (b ?? '0').split(',');
      return `clone3_task(${flags(first)}, ${second}, ${third}, ${n[3] ?? 0}, ${n[4] ?? 88}, ${n[5] ?? 0}, ${bits}, ${tids.length}, (int[]){ ${[...tids, '0'].join(', ')} })`;
    }
    case 'setns': return `CALL(SYS_setns, ${first}, ${flags(second)}, 0)`;
    case 'open': return `call6(SYS_openat, PROC_FD, ${path(a)}, ${octal(first)}, 0, 0, 0)`;
    case 'pidfd_open': return `CALL(SYS_pidfd_open, pid_of(me, ${first}), ${octal(second)}, 0)`;
    case 'kill': return `CALL(SYS_kill, pid_of(me, ${first}), ${second}, 0)`;
    case 'setpgid': return `CALL(SYS_setpgid, pid_of(me, ${first}), ${second < 0 ? '0' : `pid_of(me, ${second})`}, 0)`;
    case 'wait4': return `CALL(SYS_wait4, ${first < 0 ? '-1' : `pid_of(me, ${first})`}, 0, ${second === 1 ? 'WNOHANG | ' : ''}WAIT_ALL)`;
    case 'write': return `write_file(${path(a)}, ${quoted(b ?? '')}, ${(b ?? '').length}, ${first}, ${second})`;
    case 'setgroups': return `CALL(SYS_setgroups, ${first}, ((int[]){ 0, 1, 2, 3, 4, 5, 6, 7 }), 0)`;
    case 'drop': return `drop_capability(${first}, ${second})`;
    case 'sethostname': return `CALL(SYS_sethostname, ${quoted(a ?? '')}, ${first}, 0)`;
    case 'chroot': case 'chdir': return `CALL(SYS_${call}, ${path(a)}, 0, 0)`;
    case 'mount': return `call6(SYS_mount, ${path(b)}, ${path(a)}, (long)"tmpfs", ${first}, 0, 0)`;
    case 'umount2': return `CALL(SYS_umount2, ${path(a)}, ${first}, 0)`;
    case 'pivot_root': return `CALL(SYS_pivot_root, ${path(a)}, ${path(b)}, 0)`;
    case 'lo_up': return 'do_lo_up()';
    case 'prctl': return `call6(SYS_prctl, ${first}, ${second}, 0, 0, 0, 0)`;
    default: return `CALL(SYS_${call}, ${first}, ${second}, ${third})`;
  }
}

function flags(value: number, with_signal = false): string {
  const signal = with_signal ? value % 0x80 : 0;
  let rest = value - signal;
  const names: string[] = [];
  for (const [name, flag] of FLAGS) {
    if ((with_signal && flag < 0x100) || rest < flag || Math.floor(rest / flag) % 2 === 0) continue;
    names.push(flag >= 2 ** 32 ? `${flag}L` : name);
    rest -= flag;
  }
  if (rest > 0) names.push(`${rest}L`);
  if (signal > 0) names.push(signal === 17 ? 'SIGCHLD' : String(signal));
  return names.join(' | ') || '0';
}

function path(text = ''): string {
  const named = /^(.*?)\{(\w+)\}(.*)$/.exec(text);
  if (!named) return `(long)${quoted(text)}`;
  const [, before = '', of = '', after = ''] = named;
  return `path(${quoted(before)}, ${of === 'self' ? '-1' : of}, ${quoted(after)})`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function octal(value: number): string { return value === 0 ? '0' : `0${value.toString(8)}`; }
