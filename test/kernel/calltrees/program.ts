import { createHash } from 'node:crypto';
import type { Call, Scenario, Step } from './scenario.ts';
import { flagsOf, tasksOf } from './scenario.ts';

/** The scenario as a C program that includes scenario.h: a function for each task, a line for each step. */
export function program(scenario: Scenario): string {
  const tasks = tasksOf(scenario);
  const names = [...new Set(scenario.steps.flatMap(([, ...call]) => (call[0] === 'open' || call[0] === 'pidfd_open' ? [call[1]] : [])))];
  const later = scenario.steps.flatMap(([task, call], n) => (call === 'exec' ? [{ task, n }] : []));
  const index = { task: (task: string) => tasks.indexOf(task), name: (name: string) => names.indexOf(name) };
  const functions = [...tasks].reverse().map((task) => {
    const parts = split(scenario.steps, task);
    return parts.reverse().map((lines, i) => {
      const nth = parts.length - 1 - i;
      const body = lines.map(([step, n]) => statement(step, n, index)).join('\n');
      return `static void task_${task}${nth ? `_after_exec${nth > 1 ? nth : ''}` : ''}(void)\n{\n${nth ? '' : `    mark("start", 0, "${task}");\n`}${body}${body ? '\n' : ''}    await_turn(-1);\n}\n`;
    }).join('\n');
  });
  const again = later.map(({ task }) => `    if (name[0] == '${task}') task_${task}_after_exec();\n`).join('');
  return `/* ${scenario.name}: made by record.ts from scenarios/; change it there */\n#include "../scenario.h"\n\n`
    + functions.join('\n') + `\nstatic void task_after_exec(const char *name)\n{\n    (void)name;\n${again}}\n`;
}

/** The steps of a task, cut where it execs. */
function split(steps: readonly Step[], task: string): (readonly [Step, number])[][] {
  const parts: (readonly [Step, number])[][] = [[]];
  steps.forEach((step, n) => {
    if (step[0] !== task) return;
    parts.at(-1)?.push([step, n]);
    if (step[1] === 'exec') parts.push([]);
  });
  return parts;
}

interface Index { task: (task: string) => number; name: (name: string) => number }

function statement([task, ...call]: Step, n: number, index: Index): string {
  const begin = `    step(${n}, "${task}"); `;
  // a call that does not return, or only when others went on, hands over the turn before
  const early = call[0] === 'exit' || call[0] === 'exit_group' || call[0] === 'exec' || (call[0] === 'clone' && flagsOf(call[1]) & 0x4000);
  return `${begin}${early ? 'pass(); ' : ''}done(${n}, ${expression(call, index, task)}, ${early ? 1 : 0});`;
}

function expression(call: Call, index: Index, task: string): string {
  switch (call[0]) {
    case 'unshare': return `CALL(__NR_unshare, ${macro(call[1])}, 0, 0, 0)`;
    case 'clone': return `do_clone(${macro(call[1])}, ${call[1].includes('THREAD') ? '0' : 'SIGCHLD'}, ${index.task(call[2])}, task_${call[2]})`;
    case 'clone3': {
      const ids = call[3] ? `(int[]){ ${call[3].join(', ')} }, ${call[3].length}` : '0, 0';
      return `do_clone3(${macro(call[1])}, ${/THREAD|PARENT/.test(call[1]) ? '0' : 'SIGCHLD'}, ${index.task(call[2])}, task_${call[2]}, ${ids})`;
    }
    case 'open': return `open_path(${index.name(call[1])}, ${path(call[2], index)})`;
    case 'pidfd_open': return `do_pidfd(${index.name(call[1])}, ${index.task(call[2])})`;
    case 'close': return `CALL(__NR_close, shared->fd[${index.name(call[1])}], 0, 0, 0)`;
    case 'setns': return `CALL(__NR_setns, shared->fd[${index.name(call[1])}], ${macro(call[2])}, 0, 0)`;
    case 'wait': return `CALL(__NR_wait4, shared->pid[${index.task(call[1])}], 0, 0x40000000 /* __WALL */, 0)`;
    case 'reap': return `CALL(__NR_wait4, shared->pid[${index.task(call[1])}], 0, 0x40000001 /* __WALL | WNOHANG */, 0)`;
    case 'kill': return `CALL(__NR_kill, shared->pid[${index.task(call[1])}], SIGKILL, 0, 0)`;
    case 'exit': return 'CALL(__NR_exit, 0, 0, 0, 0)';
    case 'exit_group': return 'CALL(__NR_exit_group, 0, 0, 0, 0)';
    case 'exec': return `do_exec("${task}")`;
    case 'setresuid': return `CALL(__NR_setresuid, ${call[1]}, ${call[1]}, ${call[1]}, 0)`;
    case 'setresgid': return `CALL(__NR_setresgid, ${call[1]}, ${call[1]}, ${call[1]}, 0)`;
    case 'write': return `write_path(${path(call[1], index)}, ${JSON.stringify(call[2])})`;
    case 'chroot': return `CALL(__NR_chroot, "${call[1]}", 0, 0, 0)`;
    case 'sethostname': return `CALL(__NR_sethostname, "${call[1]}", ${call[1].length}, 0, 0)`;
  }
}

function macro(names: string): string {
  return names === '' ? '0' : names.split('|').map((name) => `CLONE_${name}`).join(' | ');
}

function path(text: string, index: Index): string {
  const match = /^\{(\w+)\}\/(.*)$/.exec(text);
  if (!match) return `"${text}"`;
  return `proc_path((char[64]){ 0 }, ${match[1] === 'self' ? -1 : index.task(match[1]!)}, "${match[2]}")`;
}

/** What the header of a recording says of its source: the program and the scenario.h that it includes. */
export function sourceHash(program: string, header: string): string {
  return createHash('sha256').update(program).update(header).digest('hex').slice(0, 16);
}
