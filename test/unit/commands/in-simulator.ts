import { systemFiles } from '../../../cli/system_files.ts';
import { DEFAULT_VERSION } from '../../../simulator/kernel/version.ts';
import type { Limits, SystemFiles } from '../../../simulator/run/options.ts';
import { runProgram } from '../../../simulator/run/session.ts';
import { FIXTURE, WRAPPER } from './cases.ts';
import type { Outcome } from './cases.ts';

const LIMITS: Limits = { statements: 1_000_000, instructions: 3_000_000_000, tasks: 2000, memory: 768 << 20, output: 8 << 20 };

/** Prepares the working directory and hands over to the command line, as compare.ts does on a real kernel. */
const DRIVER = `
#include <unistd.h>
#include <stdlib.h>
int main(int argc, char **argv)
{
	(void)argc;
	clearenv();
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("HOME", "/tmp", 1);
	setenv("USER", "learner", 1);
	setenv("LANG", "C.UTF-8", 1);
	setenv("TERM", "xterm", 1);
	setenv("SHELL", "/bin/bash", 1);
	setenv("TZ", "UTC", 1);
	execl("/bin/bash", "bash", "-c", argv[1], argv[2], argv[3], argv[4], (char *)0);
	return 127;
}
`;

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function script(): string {
  const lines = ['umask 022', 'mkdir -p /tmp/dir/w', 'cd /tmp/dir/w', String.raw`printf 'first line\nsecond line\n' > ../input`];
  for (const [name, text] of Object.entries(FIXTURE)) {
    if (name.endsWith('/')) lines.push(`mkdir ${quoted(name)}`);
    else if (text.startsWith(' -> ')) lines.push(`ln -s ${quoted(text.slice(4))} ${quoted(name)}`);
    else lines.push(`printf %s ${quoted(text)} > ${quoted(name)}`);
  }
  return [...lines, 'chmod 755 script.sh', `exec unshare --pid --fork -- bash -c ${quoted(WRAPPER)} "$0" "$1" "$2" < ../input`].join('\n');
}

/** What a command line gives in the simulator. Throws when it cannot be run at all. */
export function inSimulator(line: string, shell: 'bash' | 'sh', system: SystemFiles = systemFiles()): Outcome & { readonly notSimulated: readonly string[]; readonly limits: readonly string[] } {
  const text = new TextEncoder();
  const result = runProgram({
    system, program: { file: 'driver.c', files: { read: (name) => (name === 'driver.c' ? text.encode(DRIVER) : null) } },
    args: [script(), shell, `/bin/${shell}`, line], uid: 0, kernel: DEFAULT_VERSION, privateRoot: false, tty: false, ttyStdin: false,
    stdin: new Uint8Array(0), before: [], with: [], limits: LIMITS, trace: 'off',
  });
  if ('diagnostics' in result) throw new Error(`${result.file}: ${result.diagnostics.map(({ message }) => message).join('; ')}`);
  const { exit, stdout, stderr, notSimulated, limits } = result;
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { stdout: decode(stdout), stderr: decode(stderr), status: exit ?? 128, notSimulated, limits };
}
