#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <signal.h>
#include <string.h>
#include <errno.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <sys/resource.h>

void pr_exit(int status)
{
	if (WIFEXITED(status))
		printf("normal termination, exit status = %d\n", WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		printf("abnormal termination, signal number = %d (%s)%s\n", WTERMSIG(status), strsignal(WTERMSIG(status)),
#ifdef WCOREDUMP
			WCOREDUMP(status) ? " (core file generated)" : "");
#else
			"");
#endif
	else if (WIFSTOPPED(status))
		printf("child stopped, signal number = %d\n", WSTOPSIG(status));
	else if (WIFCONTINUED(status))
		printf("child continued\n");
}

int main(void)
{
	pid_t pid;
	int status;

	if ((pid = fork()) < 0) perror("fork error");
	else if (pid == 0) exit(7);
	if (wait(&status) != pid) perror("wait error");
	pr_exit(status);

	if ((pid = fork()) == 0) abort();
	wait(&status); pr_exit(status);

	if ((pid = fork()) == 0) { volatile int z = 0; status /= z; }
	wait(&status); pr_exit(status);

	if ((pid = fork()) == 0) { int *p = NULL; *p = 1; }
	wait(&status); pr_exit(status);

	if ((pid = fork()) == 0) for (;;) pause();
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED); pr_exit(status);
	printf("WNOHANG: %d\n", waitpid(pid, &status, WNOHANG));
	kill(pid, SIGCONT);
	waitpid(pid, &status, WCONTINUED); pr_exit(status);
	kill(pid, SIGKILL);
	struct rusage ru;
	wait4(pid, &status, 0, &ru); pr_exit(status);
	printf("wait with no child: %d, %s\n", wait(&status), strerror(errno));
	printf("waitpid(1): %d, %s\n", waitpid(1, &status, 0), strerror(errno));
	return 0;
}
