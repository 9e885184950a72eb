/* CLONE_VM: memory shared; CLONE_FILES: descriptors; CLONE_FS: cwd */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int counter;
static int fd_made;
static char *stack_of(int n) { char *p = malloc(n); return p ? p + n : 0; }

static int fn(void *arg)
{
	counter += *(int *)arg;
	fd_made = open("/dev/null", O_RDONLY);
	chdir("/tmp");
	umask(077);
	return 0;
}

static void go(const char *name, int flags)
{
	char cwd[100];
	int add = 5;
	counter = 1; fd_made = -1;
	chdir("/");
	umask(022);
	pid_t p = clone(fn, stack_of(65536), flags | SIGCHLD, &add);
	if (p == -1) { perror(name); return; }
	waitpid(p, NULL, 0);
	mode_t m = umask(0);
	printf("%-34s counter %d, fd %s, cwd %s, umask %03o\n", name, counter,
	       fcntl(3, F_GETFD) == -1 ? "closed" : "open", getcwd(cwd, sizeof cwd), m);
	close(3);
}
#define GO(f) go(#f, f)
int main(void)
{
	GO(0);
	GO(CLONE_VM);
	GO(CLONE_VM | CLONE_FILES);
	GO(CLONE_FS);
	GO(CLONE_VM | CLONE_FS | CLONE_FILES);
	GO(CLONE_VM | CLONE_SIGHAND);
	GO(CLONE_SIGHAND);
	GO(CLONE_NEWNS | CLONE_FS);
	GO(CLONE_VFORK | CLONE_VM);
	return 0;
}
