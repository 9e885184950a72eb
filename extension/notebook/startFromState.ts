import * as vscode from 'vscode';
import { processKey } from '../../helper/model/model.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { visible } from '../../helper/model/text.ts';
import { NS_LINKS } from '../../helper/protocol.ts';
import type { Details, Errno, MountDetails, Process } from '../../helper/protocol.ts';
import type { HostSource } from '../host/hostSource.ts';
import { escapeMarkdown } from '../tree/markdown.ts';
import { hostState, mountNamespacesOf } from './hostState.ts';
import type { HostStateFile, Missing } from './hostState.ts';
import { openNotebook } from './notebookCommands.ts';

/** So many mount namespaces are read at once: each is a question to the helper. */
const AT_ONCE = 4;

/** "Start a Program from This State": a notebook with the state of those processes and a program that joins the first of them. Nothing of the host changes. */
export async function startFromState(host: HostSource, model: HostModel, processes: readonly Process[], chosen: Process): Promise<void> {
  const file = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Writing down the state of {0} processes', processes.length), cancellable: true },
    async (progress, token) => {
      const mounts = host.source.kind === 'live' ? await readMounts(host, model, processes, progress, token) : new Map<number, Errno>();
      return token.isCancellationRequested ? null : hostState(model, processes, host.hello?.ns ?? [], mounts);
    });
  if (!file) return;
  await openNotebook(notebookText(file, model, chosen), 'host-state.nsbook.md');
}

async function readMounts(host: HostSource, model: HostModel, processes: readonly Process[], progress: vscode.Progress<{ message: string }>, token: vscode.CancellationToken): Promise<Map<number, MountDetails | Errno>> {
  const read = new Map<number, MountDetails | Errno>();
  const wanted = mountNamespacesOf(model, processes);
  const next = async (): Promise<void> => {
    for (let ns = wanted.shift(); ns && !token.isCancellationRequested; ns = wanted.shift()) {
      progress.report({ message: vscode.l10n.t('{0} mount namespaces left to read', wanted.length + 1) });
      const { inode } = ns;
      const details: Details | null = await host.request('details', { key: ns.key }, token).catch(() => null);
      read.set(inode, details?.mounts ?? details?.unread['mounts'] ?? 'EIO');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return read;
}

function notebookText(file: HostStateFile, model: HostModel, chosen: Process): string {
  const fence = '```';
  const who = `${escapeMarkdown(visible(chosen.comm))} ${chosen.pid}`;
  const intro = vscode.l10n.t('The program below runs on the simulated kernel. Beside it, asleep, are {0} processes of this machine with their {1} namespaces, as they were at {2}. It joins {3} as docker exec would. Change it, and step through it: nothing happens to the machine.',
    file.processes, file.namespaces, new Date().toISOString().slice(0, 16).replace('T', ' '), who);
  const left = [...leftOut(file.missing), vscode.l10n.t('Files of containers, network interfaces, capabilities, groups, signal handlers and open files are not those of the machine: each process is alone, has one group, and takes signals as a program without handlers.')];
  return `# ${vscode.l10n.t('From the state of this machine')}\n\n${intro}\n\n${fence}c nslab name="join.c" state="host"\n${joinProgram(model, chosen)}${fence}\n\n`
    + `${vscode.l10n.t('What differs from the machine:')}\n\n${left.map((line) => `- ${line}`).join('\n')}\n\n${fence}json nslab name="host"\n${file.text}${fence}\n`;
}

function leftOut({ unreadable, threads, zombies, mountsUnread, mountsMore, unheld }: Missing): string[] {
  const lines: [number, string][] = [
    [unreadable, vscode.l10n.t('Processes whose namespaces could not be read, and are taken to be those of their parents: {0}.', unreadable)],
    [threads, vscode.l10n.t('Threads with namespaces of their own that are left out: {0}.', threads)],
    [zombies, vscode.l10n.t('Zombies that are left out: {0}.', zombies)],
    [mountsUnread, vscode.l10n.t('Mount namespaces whose mounts could not be read, and are copies of the initial ones: {0}.', mountsUnread)],
    [mountsMore, vscode.l10n.t('Further mounts that are left out: {0}.', mountsMore)],
    [unheld, vscode.l10n.t('Namespaces that nothing here holds, and are left out: {0}.', unheld)],
  ];
  return lines.flatMap(([n, line]) => (n > 0 ? [line] : []));
}

/** Types in the order in which nsenter joins them: the user namespace first, as it gives the rights for the others. */
const ORDER = ['user', 'cgroup', 'ipc', 'uts', 'net', 'pid', 'mnt', 'time'] as const;

/** A program that joins those namespaces of a process that are not the ones it begins in; when there are none, all that it could. */
function joinProgram(model: HostModel, chosen: Process): string {
  const first = model.processes.get(1);
  const differs = ORDER.filter((type) => { const n = NS_LINKS.indexOf(type); const inode = chosen.ns[n]; return inode !== null && inode !== undefined && first?.ns[n] !== inode && model.find(type, inode)?.initial !== true; });
  const types = differs.length > 0 ? differs : ['uts'];
  return `#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *types[] = { ${types.map((type) => `"${type}"`).join(', ')} };
enum { N = sizeof types / sizeof *types };

int main(void)
{
    int fds[N];
    for (int i = 0; i < N; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/${chosen.pid}/ns/%s", types[i]);
        fds[i] = open(path, O_RDONLY | O_CLOEXEC);
        if (fds[i] == -1)
            perror(path);
    }
    for (int i = 0; i < N; i++)
        if (fds[i] != -1 && setns(fds[i], 0) == -1)
            perror(types[i]);
    /* a PID namespace is for children: who joins it stays where it is */
    if (fork() == 0) {
        execlp("sh", "sh", "-c", "hostname; id -u; ps -ef", (char *)NULL);
        perror("sh");
        _exit(127);
    }
    wait(NULL);
    return 0;
}
`;
}

/** Those of the chosen that are still the same processes. */
export function stillAlive(model: HostModel, chosen: readonly Process[]): Process[] {
  return chosen.flatMap((process) => { const now = model.processes.get(process.pid); return now && processKey(now) === processKey(process) ? [now] : []; });
}
