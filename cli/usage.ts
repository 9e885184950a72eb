import { version } from '../helper/version.ts';

/** Exit statuses: as asked; it could not be done; the arguments make no sense. */
export const OK = 0, FAILED = 1, USAGE = 2;

export const HELP = `Usage: nslab scan [options]

Namespace Lab ${version}: which Linux namespaces are alive on this host, who is in them, and what holds them.

  nslab scan            print one scan as a table
    --json              print it as JSON instead (format: snapshot.schema.json)
    -t, --type TYPE     only this type; may be given several times, or as a list parted by commas
                        (cgroup, ipc, mnt, net, pid, time, user, uts)
    -n, --no-headings   print neither headings nor the closing line
  nslab --help          print this
  nslab --version       print the version

As root it sees all; otherwise it tells what it could not read. Exit status: 0 done, 1 failed, 2 wrong arguments.
`;

/** Arguments that make no sense: what is wrong with them. */
export class UsageError extends Error {}
