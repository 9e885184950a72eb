/* setns() with a pidfd, and waiting with poll */
/* run: {"before": ["unshare -r -u -i sh -c 'hostname by-pidfd; exec sleep 800'"], "args": ["@P"]} */
#define _GNU_SOURCE
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <errno.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif

static int pidfd_open(pid_t pid, unsigned int flags) { return syscall(SYS_pidfd_open, pid, flags); }

int main(int argc, char *argv[])
{
    char host[100];
    int fd = pidfd_open(atoi(argv[1]), 0);
    if (fd == -1) { perror("pidfd_open"); exit(1); }
    if (setns(fd, 0) == -1) perror("setns 0");
    if (setns(fd, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC) == -1) { perror("setns"); exit(1); }
    gethostname(host, sizeof host);
    printf("now on %s, uid %d\n", host, getuid());

    pid_t child = fork();
    if (child == 0) { pause(); _exit(0); }
    int cfd = pidfd_open(child, 0);
    struct pollfd pfd = { .fd = cfd, .events = POLLIN };
    printf("poll before: %d\n", poll(&pfd, 1, 0));
    if (syscall(SYS_pidfd_send_signal, cfd, SIGUSR2, NULL, 0) == -1) perror("pidfd_send_signal");
    printf("poll after: %d revents %s\n", poll(&pfd, 1, -1), pfd.revents & POLLIN ? "POLLIN" : "?");
    siginfo_t info;
    if (waitid(P_PID, child, &info, WEXITED) == -1) perror("waitid");
    printf("waitid: code %s, status %d, pid is child %d\n", info.si_code == CLD_KILLED ? "CLD_KILLED" : "other", info.si_status, info.si_pid == child);
    if (pidfd_open(child, 0) == -1) perror("pidfd_open of a reaped child");
    if (pidfd_open(-1, 0) == -1) perror("pidfd_open(-1)");
    return 0;
}
