#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stddef.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

/* allow list as a sandbox would have */
#define ALLOW(name) BPF_JUMP(BPF_JMP + BPF_JEQ + BPF_K, __NR_##name, 0, 1), BPF_STMT(BPF_RET + BPF_K, SECCOMP_RET_ALLOW)
static struct sock_filter allow[] = {
	BPF_STMT(BPF_LD + BPF_W + BPF_ABS, offsetof(struct seccomp_data, nr)),
	ALLOW(read), ALLOW(write), ALLOW(exit), ALLOW(exit_group), ALLOW(rt_sigreturn), ALLOW(brk), ALLOW(newfstatat), ALLOW(fstat), ALLOW(close),
	BPF_STMT(BPF_RET + BPF_K, SECCOMP_RET_KILL_PROCESS),
};
/* unshare/clone of user namespaces refused, as container engines do: looks at the flags */
static struct sock_filter nouser[] = {
	BPF_STMT(BPF_LD + BPF_W + BPF_ABS, offsetof(struct seccomp_data, nr)),
	BPF_JUMP(BPF_JMP + BPF_JEQ + BPF_K, __NR_unshare, 2, 0),
	BPF_JUMP(BPF_JMP + BPF_JEQ + BPF_K, __NR_clone, 1, 0),
	BPF_STMT(BPF_RET + BPF_K, SECCOMP_RET_ALLOW),
	BPF_STMT(BPF_LD + BPF_W + BPF_ABS, offsetof(struct seccomp_data, args[0])),
	BPF_JUMP(BPF_JMP + BPF_JSET + BPF_K, CLONE_NEWUSER, 0, 1),
	BPF_STMT(BPF_RET + BPF_K, SECCOMP_RET_ERRNO | EPERM),
	BPF_STMT(BPF_RET + BPF_K, SECCOMP_RET_ALLOW),
};
static struct sock_filter killthread[] = {
	BPF_STMT(BPF_LD + BPF_W + BPF_ABS, offsetof(struct seccomp_data, nr)),
	BPF_JUMP(BPF_JMP + BPF_JEQ + BPF_K, __NR_getppid, 0, 1),
	BPF_STMT(BPF_RET + BPF_K, SECCOMP_RET_KILL_THREAD),
	BPF_STMT(BPF_RET + BPF_K, SECCOMP_RET_ALLOW),
};
static int set(struct sock_filter *f, size_t n, unsigned flags)
{
	struct sock_fprog p = { n, f };
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &p);
}
#define SET(f, flags) set(f, sizeof f / sizeof *f, flags)

static void report(const char *what, pid_t pid)
{
	int st;
	waitpid(pid, &st, 0);
	if (WIFEXITED(st)) printf("%s: exit %d\n", what, WEXITSTATUS(st));
	else printf("%s: signal %s\n", what, strsignal(WTERMSIG(st)));
}

static int go[2], done[2];
static void *thread(void *arg)
{
	char c;
	read(go[0], &c, 1);
	errno = 0;
	int r = unshare(CLONE_NEWUSER | CLONE_NEWUTS);
	printf("thread: unshare %d %s, mode %d\n", r, errno == EPERM ? "EPERM" : errno == EINVAL ? "EINVAL" : strerror(errno), prctl(PR_GET_SECCOMP));
	write(done[1], "x", 1);
	read(go[0], &c, 1);
	if (arg) { getppid(); printf("thread lives\n"); }
	return NULL;
}

int main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	pid_t p;
	if ((p = fork()) == 0) {
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		if (SET(allow, 0)) perror("seccomp");
		printf("allowed to print\n");
		char b[10];
		int n = read(0, b, sizeof b);
		printf("read %d\n", n);
		open("/etc/passwd", O_RDONLY);
		printf("not reached\n");
		return 1;
	}
	report("allow list", p);
	if ((p = fork()) == 0) {
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		SET(allow, 0);
		printf("bye\n");
		exit(5);
	}
	report("allow list, exit", p);
	if ((p = fork()) == 0) {
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		SET(nouser, 0);
		printf("unshare user: %d %s\n", unshare(CLONE_NEWUSER), strerror(errno));
		errno = 0;
		printf("unshare files: %d %s\n", unshare(CLONE_FILES), strerror(errno));
		pid_t q = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
		printf("clone user: %d %s\n", q, strerror(errno));
		q = fork();
		if (q == 0) _exit(4);
		report("fork", q);
		system("echo shell works; unshare -U true");
		exit(0);
	}
	report("no user namespaces", p);
	if ((p = fork()) == 0) {
		pthread_t t;
		pipe(go); pipe(done);
		pthread_create(&t, NULL, thread, NULL);
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		printf("tsync %d\n", SET(nouser, SECCOMP_FILTER_FLAG_TSYNC));
		char c;
		write(go[1], "x", 1);
		read(done[0], &c, 1);
		write(go[1], "x", 1);
		pthread_join(t, NULL);
		exit(0);
	}
	report("tsync", p);
	if ((p = fork()) == 0) {
		pthread_t t;
		pipe(go); pipe(done);
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		SET(killthread, 0);
		pthread_create(&t, NULL, thread, "die");
		char c;
		write(go[1], "x", 1);
		read(done[0], &c, 1);
		write(go[1], "x", 1);
		pthread_join(t, NULL);
		printf("the other thread died alone\n");
		printf("%d\n", getppid() > 0);
		exit(0);
	}
	report("kill thread", p);
	return 0;
}
