import { version } from '../helper/version.ts';

/** Exit statuses: as asked; it could not be done; the arguments make no sense. */
export const OK = 0, FAILED = 1, USAGE = 2;

export const HELP = `Usage: nslab scan [options]
       nslab run [options] prog.c [args…]
       nslab lesson check|verify DIR

Namespace Lab ${version}: which Linux namespaces are alive on this host, who is in them, and what holds them;
and a simulated computer on which C programs that use namespaces can be run.

  nslab scan            print one scan as a table
    --json              print it as JSON instead (format: snapshot.schema.json)
    -t, --type TYPE     only this type; may be given several times, or as a list parted by commas
                        (cgroup, ipc, mnt, net, pid, time, user, uts)
    -n, --no-headings   print neither headings nor the closing line
  nslab run             run a C program in the simulator (nslab run --help)
  nslab lesson          check the tasks of a lesson (nslab lesson --help)
  nslab --help          print this
  nslab --version       print the version

As root, scan sees all; otherwise it tells what it could not read. Exit status: 0 done, 1 failed, 2 wrong arguments.
`;

export const LESSON_HELP = `Usage: nslab lesson check [--json] DIR
       nslab lesson verify DIR

  check      look at a lesson's folder: which of its tasks are solved, what is missing, what is broken. Programs run in the
             simulator; tasks about this machine look at it. Exit status: 0 all solved, 1 not
  verify     for authors: prove that the lesson is unsolved at its start, solved by its solution and by another one,
             that wrong solutions fail, and that its texts are complete in both languages
`;

export const RUN_HELP = `Usage: nslab run [options] prog.c [args…]

Compiles a C program and runs it on a simulated Linux computer, as ./a.out in /home/learner. Its output is nslab's.

  --uid 0|1000          who runs it: root (default), or the user learner, without capabilities
  --kernel VERSION      2.6.24, 3.8, 4.19, 5.7, 6.1, 6.12 or 6.18 (default)
  --private-root        / is private from the start; by default it is shared, as systemd makes it
  --no-tty              its standard output and error are pipes; by default (--tty) they are a terminal
  --stdin FILE          its standard input, through a pipe; by default nslab's own
  --tty-stdin           its standard input is typed at the terminal, with echo and prompts
  --state FILE          the tasks and namespaces of another machine are there first, asleep: a file that "Start a Program from
                        This State" of the extension wrote
  --before 'COMMAND'    a command line that a shell in another terminal starts first and leaves running; may be repeated;
                        their processes are 6000 and up, and @P among the args is the first one's
  --with FILE.c[=NAME]  another program, built to ./NAME beside it; may be repeated
  --max-steps N         stop after so many C statements
  --trace[=FILE]        print the kernel's calls, as function_graph lays them out, to standard error or FILE
  --json                print only {"exit","signal","stdout","stderr","transcript","steps","limits","notSimulated"}

Exit status: the program's; 128 + the signal that ended it; 2 it does not compile, or wrong arguments; 124 a limit was
reached (or everybody waited for what cannot come); 126 it needs what is not simulated, which is named on standard error.
`;

/** Arguments that make no sense: what is wrong with them. `help`: the usage to show. */
export class UsageError extends Error {
  readonly help: string;
  constructor(message: string, help = HELP) {
    super(message);
    this.name = 'UsageError';
    this.help = help;
  }
}

/** By its name: each command is bundled with a class of its own. */
export function isUsageError(error: unknown): error is UsageError { return error instanceof Error && error.name === 'UsageError'; }
