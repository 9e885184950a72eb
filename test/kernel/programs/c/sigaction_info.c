#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

static void info(int sig, siginfo_t *si, void *uc)
{
	char b[128];
	int n = snprintf(b, sizeof b, "signal %d code %d from-me %d value %d\n", sig, si->si_code, si->si_pid == getpid(),
			 si->si_code == SI_QUEUE ? si->si_value.sival_int : -1);
	write(STDOUT_FILENO, b, n);
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = info, .sa_flags = SA_SIGINFO };
	sigset_t set, old, pend;
	sigaction(SIGUSR1, &sa, NULL);
	sigaction(SIGRTMIN + 1, &sa, NULL);
	kill(getpid(), SIGUSR1);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &set, &old);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	sigqueue(getpid(), SIGRTMIN + 1, (union sigval){ .sival_int = 5 });
	sigqueue(getpid(), SIGRTMIN + 1, (union sigval){ .sival_int = 6 });
	sigpending(&pend);
	printf("pending: USR1 %d USR2 %d\n", sigismember(&pend, SIGUSR1), sigismember(&pend, SIGUSR2));
	fflush(stdout);
	sigprocmask(SIG_SETMASK, &old, NULL);
	printf("kill(getpid(), 0) = %d, kill(0x7fff, 0) = %d\n", kill(getpid(), 0), kill(0x7fff, 0));
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fflush(stdout);
	pid_t p = fork();
	if (p == 0) _exit(9);
	int sig;
	sigwait(&set, &sig);
	printf("sigwait: %s\n", strsignal(sig));
	wait(NULL);
	for (int s = 1; s < 16; s++) printf("%d=%s;", s, strsignal(s));
	puts("");
	psignal(SIGTERM, "psignal");
	if (signal(SIGKILL, SIG_IGN) == SIG_ERR) perror("signal SIGKILL");
	return 0;
}
