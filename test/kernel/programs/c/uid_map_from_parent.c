/* the parent writes a wide map: needs root */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <grp.h>
static int up[2], down[2];
static char stack[100000];
static int kid(void *a)
{
	char c;
	read(down[0], &c, 1);
	printf("kid: uid %d gid %d\n", getuid(), getgid());
	printf("kid: setgid(5) %d, setuid(7) %d\n", setgid(5), setuid(7));
	printf("kid: uid %d gid %d, setuid(0) again %d\n", getuid(), getgid(), setuid(0));
	int fd = open("/tmp/by-kid", O_CREAT | O_WRONLY, 0644);
	struct stat st; if (fstat(fd, &st) == -1) printf("kid: no file\n"); else printf("kid: file of %d:%d\n", st.st_uid, st.st_gid);
	fflush(stdout);
	return 0;
}
static void map(pid_t p, const char *f, const char *t)
{
	char path[50]; snprintf(path, 50, "/proc/%d/%s", p, f);
	int fd = open(path, O_WRONLY);
	if (write(fd, t, strlen(t)) < 0) printf("parent: %s: %s\n", f, strerror(errno));
	close(fd);
}
int main(void)
{
	struct stat st;
	pipe(down);
	pid_t p = clone(kid, stack + sizeof stack, CLONE_NEWUSER | SIGCHLD, 0);
	map(p, "uid_map", "0 100000 10\n500 1000 1\n");
	map(p, "gid_map", "0 100000 10\n500 1000 1\n");
	fflush(stdout);
	write(down[1], "x", 1);
	waitpid(p, 0, 0);
	if (stat("/tmp/by-kid", &st) == 0) printf("parent: file of %d:%d\n", st.st_uid, st.st_gid);
	unlink("/tmp/by-kid");
	return 0;
}
