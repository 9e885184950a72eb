#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/wait.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <sched.h>
static volatile sig_atomic_t got;
static void on(int s, siginfo_t *i, void *u) { (void)u; got = s; char b[80]; int n = snprintf(b, sizeof b, "handler %d code %d value %d\n", s, i->si_code, i->si_value.sival_int); write(1, b, n); }
int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t a = fork();
    if (a == 0) {
        if (fork() == 0) { prctl(PR_SET_NAME, "orphan"); while (getppid() == a) ; usleep(20000); printf("orphan's parent is the subreaper: %d\n", getppid() != 1); exit(4); }
        usleep(1000);
        exit(3);
    }
    siginfo_t si; memset(&si, 0, sizeof si);
    if (waitid(P_PID, a, &si, WEXITED | WNOWAIT)) perror("waitid");
    printf("code %d status %d uid %d\n", si.si_code, si.si_status, si.si_uid == getuid());
    int st; printf("%d\n", waitpid(a, &st, 0) == a); printf("%d\n", WEXITSTATUS(st));
    pid_t o = wait(&st); printf("reaped %d status %d\n", o > 0, WEXITSTATUS(st));
    printf("%d %s\n", wait(&st), strerror(errno));
    pid_t c = fork();
    if (c == 0) { prctl(PR_SET_PDEATHSIG, SIGUSR1); for (;;) pause(); }
    kill(c, SIGSTOP);
    waitpid(c, &st, WUNTRACED); printf("stopped %d by %s\n", WIFSTOPPED(st), strsignal(WSTOPSIG(st)));
    kill(c, SIGCONT); waitpid(c, &st, WCONTINUED); printf("continued %d\n", WIFCONTINUED(st));
    kill(c, SIGTERM); waitpid(c, &st, 0); printf("signaled %d %s core %d\n", WIFSIGNALED(st), strsignal(WTERMSIG(st)), WCOREDUMP(st));
    struct sigaction sa; memset(&sa, 0, sizeof sa); sa.sa_sigaction = on; sa.sa_flags = SA_SIGINFO; sigaction(SIGRTMIN + 1, &sa, NULL); sigaction(SIGUSR2, &sa, NULL);
    sigset_t m, old; sigemptyset(&m); sigaddset(&m, SIGRTMIN + 1); sigaddset(&m, SIGUSR2); sigprocmask(SIG_BLOCK, &m, &old);
    for (int i = 1; i <= 3; i++) { union sigval v = { .sival_int = i }; sigqueue(getpid(), SIGRTMIN + 1, v); sigqueue(getpid(), SIGUSR2, v); }
    sigset_t pend; sigpending(&pend); printf("pending %d %d\n", sigismember(&pend, SIGRTMIN + 1), sigismember(&pend, SIGUSR2));
    siginfo_t info; struct timespec zero = { 0, 0 };
    int s = sigtimedwait(&m, &info, &zero); printf("sigtimedwait %s %d\n", s == SIGUSR2 ? "usr2" : "rt", info.si_value.sival_int);
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("%d %s\n", sigtimedwait(&m, &info, &zero), strerror(errno));
    printf("%d %s\n", kill(999999, 0), strerror(errno)); printf("%d %s\n", kill(getpid(), 65), strerror(errno));
    sa.sa_flags = SA_SIGINFO | SA_RESETHAND | SA_NODEFER; sigaction(SIGUSR1, &sa, NULL); raise(SIGUSR1);
    sigaction(SIGUSR1, NULL, &sa); printf("reset %d\n", sa.sa_handler == SIG_DFL);
    printf("keep %d dumpable %d no_new %d timerslack %d\n", prctl(PR_GET_KEEPCAPS), prctl(PR_GET_DUMPABLE), prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), prctl(PR_GET_TIMERSLACK));
    char nm[17] = ""; prctl(PR_SET_NAME, "a name that is too long"); prctl(PR_GET_NAME, nm); printf("%s\n", nm);
    stack_t ss = { .ss_sp = malloc(SIGSTKSZ), .ss_size = SIGSTKSZ }; printf("%d\n", sigaltstack(&ss, NULL)); ss.ss_size = 10; printf("%d %s\n", sigaltstack(&ss, NULL), strerror(errno));
    for (int i = 1; i < 32; i++) printf("%s%s", sigabbrev_np(i), i % 8 ? " " : "\n"); puts("");
    psignal(SIGSEGV, "psignal"); 
    abort();
}
