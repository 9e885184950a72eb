#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	char name[16]; int v, p[2]; char c;
	prctl(PR_GET_NAME, name); printf("%s\n", name);
	prctl(PR_SET_NAME, "a-very-long-task-name"); prctl(PR_GET_NAME, name); printf("%s\n", name);
	fflush(stdout);
	pipe(p);
	FILE *f = fopen("/proc/self/comm", "r"); char l[32]; fgets(l, 32, f); printf("%s", l); fclose(f);
	printf("dumpable %d\n", prctl(PR_GET_DUMPABLE));
	printf("nnp %d", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)); prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); printf(" %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	printf("keepcaps %d\n", prctl(PR_GET_KEEPCAPS));
	fflush(stdout);
	if (fork() == 0) {
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGUSR1);
			sigset_t s; sigemptyset(&s); sigaddset(&s, SIGUSR1); sigprocmask(SIG_BLOCK, &s, NULL);
			write(p[1], "r", 1);
			int sig; sigwait(&s, &sig);
			printf("my parent died: %s\n", strsignal(sig)); fflush(stdout);
			write(p[1], "d", 1);
			_exit(0);
		}
		read(p[0], &c, 1);
		_exit(0);
	}
	wait(NULL);
	read(p[0], &c, 1);
	prctl(PR_GET_PDEATHSIG, &v); printf("mine %d\n", v);
	if (prctl(9999) < 0) perror("prctl(9999)");
	return 0;
}
