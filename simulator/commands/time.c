/* time(1) of GNU time 1.9. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct timeval start, end, real;
	struct rusage used;
	int status, portable = 0, at = 1, code;
	pid_t pid;

	if (at < argc && strcmp(argv[at], "-p") == 0) {
		portable = 1;
		at++;
	}
	if (at == argc) {
		fputs("Usage: time [-apvV] [-f format] [-o file] [--append] [--verbose]\n       [--portability] [--format=format] [--output=file] [--version]\n       [--quiet] [--help] command [arg...]\n", stderr);
		return 125;
	}
	gettimeofday(&start, NULL);
	pid = fork();
	if (pid < 0) {
		perror("time: cannot fork");
		return 125;
	}
	if (pid == 0) {
		execvp(argv[at], argv + at);
		code = errno == ENOENT ? 127 : 126;
		fprintf(stderr, "time: cannot run %s: %s\n", argv[at], strerror(errno));
		_exit(code);
	}
	wait4(pid, &status, 0, &used);
	gettimeofday(&end, NULL);
	timersub(&end, &start, &real);
	if (WIFSIGNALED(status))
		fprintf(stderr, "Command terminated by signal %d\n", WTERMSIG(status));
	else if (WEXITSTATUS(status) && !portable)
		fprintf(stderr, "Command exited with non-zero status %d\n", WEXITSTATUS(status));
	if (portable)
		fprintf(stderr, "real %ld.%02ld\nuser %ld.%02ld\nsys %ld.%02ld\n", (long)real.tv_sec, (long)real.tv_usec / 10000, (long)used.ru_utime.tv_sec, (long)used.ru_utime.tv_usec / 10000,
			(long)used.ru_stime.tv_sec, (long)used.ru_stime.tv_usec / 10000);
	else
		fprintf(stderr, "%ld.%02lduser %ld.%02ldsystem %ld:%02ld.%02ldelapsed %d%%CPU (0avgtext+0avgdata %ldmaxresident)k\n%ldinputs+%ldoutputs (%ldmajor+%ldminor)pagefaults %ldswaps\n",
			(long)used.ru_utime.tv_sec, (long)used.ru_utime.tv_usec / 10000, (long)used.ru_stime.tv_sec, (long)used.ru_stime.tv_usec / 10000, (long)real.tv_sec / 60, (long)real.tv_sec % 60,
			(long)real.tv_usec / 10000, 0, used.ru_maxrss, used.ru_inblock, used.ru_oublock, used.ru_majflt, used.ru_minflt, used.ru_nswap);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
