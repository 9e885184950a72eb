#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/pidfd.h>
#include <poll.h>
#include <unistd.h>
static pid_t c3(struct clone_args *a) { return syscall(SYS_clone3, a, sizeof *a); }
int main(void)
{
    setbuf(stdout, NULL);
    int pidfd = -1; struct clone_args a = { .flags = CLONE_PIDFD | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWUSER, .pidfd = (uintptr_t)&pidfd, .exit_signal = SIGCHLD };
    pid_t p = c3(&a);
    if (p < 0) { perror("clone3"); return 1; }
    if (p == 0) { printf("child %d %d uid %d\n", getpid(), getppid(), getuid()); sethostname("c3", 2); pid_t g = fork(); if (g == 0) { printf("grandchild %d %d\n", getpid(), getppid()); pause(); } printf("forked %d\n", g); pause(); }
    usleep(30000);
    printf("pidfd %d cloexec %d\n", pidfd > 2, fcntl(pidfd, F_GETFD));
    struct pollfd pf = { pidfd, POLLIN, 0 }; printf("poll %d\n", poll(&pf, 1, 0));
    pid_t w = fork();
    if (w == 0) {
        if (setns(pidfd, CLONE_NEWUTS | CLONE_NEWPID)) { printf("setns both: %s\n", strerror(errno)); if (setns(pidfd, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWPID)) printf("setns all: %s\n", strerror(errno)); }
        char h[65]; gethostname(h, 65); printf("host %s uid %d pid is outside %d\n", h, getuid(), getpid() > 3);
        if (fork() == 0) { printf("inside %d %d\n", getpid(), getppid()); _exit(0); } wait(NULL);
        _exit(0);
    }
    waitpid(w, NULL, 0);
    printf("0 flags: %s\n", setns(pidfd, 0) ? strerror(errno) : "ok");
    printf("bad flags: %s\n", setns(pidfd, CLONE_VM) ? strerror(errno) : "ok");
    printf("stdin: %s\n", setns(0, 0) ? strerror(errno) : "ok"); printf("-1: %s\n", setns(-1, 0) ? strerror(errno) : "ok");
    printf("send 0: %d\n", pidfd_send_signal(pidfd, 0, NULL, 0));
    printf("kill init %d\n", pidfd_send_signal(pidfd, SIGKILL, NULL, 0));
    printf("poll %d", poll(&pf, 1, 1000)); printf(" revents %x\n", pf.revents);
    siginfo_t si; memset(&si, 0, sizeof si); printf("waitid %d", waitid(P_PIDFD, pidfd, &si, WEXITED)); printf(" %d %d\n", si.si_code == CLD_KILLED, si.si_status);
    printf("send after: %s\n", pidfd_send_signal(pidfd, 0, NULL, 0) ? strerror(errno) : "ok"); printf("setns after: %s\n", setns(pidfd, CLONE_NEWUTS) ? strerror(errno) : "ok");
    int q = pidfd_open(getpid(), 0); printf("self %d", q >= 0); printf(" %s\n", setns(q, CLONE_NEWUSER) ? strerror(errno) : "ok"); printf("open bad: %s\n", pidfd_open(-5, 0) < 0 ? strerror(errno) : "ok"); printf("open none: %s\n", pidfd_open(99999, 0) < 0 ? strerror(errno) : "ok");
    struct clone_args bad[] = { { .flags = CLONE_NEWNS | CLONE_FS }, { .flags = CLONE_NEWUSER | CLONE_FS, .exit_signal = SIGCHLD }, { .flags = CLONE_THREAD }, { .flags = CLONE_SIGHAND }, { .flags = CLONE_NEWPID | CLONE_PARENT | CLONE_THREAD }, { .flags = CLONE_DETACHED }, { .exit_signal = 300 }, { .flags = CLONE_PARENT, .exit_signal = SIGCHLD }, { .stack = 0x1000 }, { .stack_size = 4096 }, { .flags = CLONE_NEWIPC | CLONE_SYSVSEM, .exit_signal = SIGCHLD }, { .set_tid = 1, .set_tid_size = 0 }, { .flags = CLONE_CLEAR_SIGHAND | CLONE_SIGHAND | CLONE_VM }, { .flags = CLONE_PIDFD | CLONE_PARENT_SETTID } };
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) { pid_t r = c3(&bad[i]); if (r == 0) _exit(0); if (r > 0) { waitpid(r, NULL, __WALL); printf("%u: made\n", i); } else printf("%u: %s\n", i, strerror(errno)); }
    printf("size: %s\n", syscall(SYS_clone3, &a, 10) < 0 ? strerror(errno) : "?"); printf("null: %s\n", syscall(SYS_clone3, NULL, sizeof a) < 0 ? strerror(errno) : "?"); char big[128] = { 0 }; big[120] = 1; printf("big: %s\n", syscall(SYS_clone3, big, 128) < 0 ? strerror(errno) : "?"); printf("huge: %s\n", syscall(SYS_clone3, big, 5000) < 0 ? strerror(errno) : "?");
    pid_t tid[] = { 31337 }; struct clone_args s = { .set_tid = (uintptr_t)tid, .set_tid_size = 1, .exit_signal = SIGCHLD }; pid_t r = c3(&s); if (r == 0) _exit(getpid() == 31337 ? 7 : 8); if (r < 0) printf("set_tid: %s\n", strerror(errno)); else { int st; waitpid(r, &st, 0); printf("set_tid: %d %d\n", r, WEXITSTATUS(st)); }
    return 0;
}
