/*
 * The fixed mix of system calls of kernelMix.ts, made on the real kernel. Needs root; works in mount, UTS and IPC namespaces of its own.
 *
 *   mix ROUNDS     prints the CPU time (user and system, of it and its children) of all rounds in microseconds
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

static const struct { const char *file; int flag; } kinds[] = {
	{ "/proc/self/ns/uts", CLONE_NEWUTS }, { "/proc/self/ns/ipc", CLONE_NEWIPC }, { "/proc/self/ns/mnt", CLONE_NEWNS },
};
static int own[3], file;

static void must(const char *what, long result)
{
	if (result < 0) {
		perror(what);
		exit(1);
	}
}

/* 12 calls */
static void cheap(void)
{
	struct utsname names;
	must("getpid", syscall(SYS_getpid));
	must("getppid", syscall(SYS_getppid));
	must("gettid", syscall(SYS_gettid));
	must("getuid", syscall(SYS_getuid));
	must("getegid", syscall(SYS_getegid));
	must("umask", syscall(SYS_umask, 022));
	must("uname", syscall(SYS_uname, &names));
	must("lseek", syscall(SYS_lseek, file, 0, SEEK_SET));
	must("fcntl", syscall(SYS_fcntl, file, F_GETFD, 0));
	must("getpgid", syscall(SYS_getpgid, 0));
	const long copy = syscall(SYS_dup, file);
	must("dup", copy);
	must("close", syscall(SYS_close, copy));
}

/* 3 calls */
static void process(void)
{
	int status;
	const long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (pid == 0)
		syscall(SYS_exit_group, 0);
	must("clone", pid);
	must("wait4", syscall(SYS_wait4, pid, &status, 0, 0));
}

/* 4 calls */
static void namespace_and_mount(int n)
{
	must("unshare", syscall(SYS_unshare, kinds[n].flag));
	must("setns", syscall(SYS_setns, own[n], kinds[n].flag));
	must("mount", n == 0 ? mount("none", "/tmp", "tmpfs", 0, NULL) : mount("/etc", "/tmp", NULL, MS_BIND, NULL));
	must("umount2", syscall(SYS_umount2, "/tmp", MNT_DETACH));
}

static long cpu(int who)
{
	struct rusage used;
	getrusage(who, &used);
	return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000L + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

int main(int count, char **arguments)
{
	if (count != 2)
		return 2;
	must("unshare", unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC));
	must("mount", mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL));
	for (int n = 0; n < 3; n++)
		must(kinds[n].file, own[n] = open(kinds[n].file, O_RDONLY | O_CLOEXEC));
	must("open", file = open("/etc/hostname", O_RDONLY | O_CLOEXEC));
	const long before = cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN);
	for (long rounds = atol(arguments[1]); rounds > 0; rounds--) {
		for (int n = 0; n < 3; n++) {
			cheap();
			process();
			namespace_and_mount(n);
		}
		process();
	}
	printf("%ld\n", cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN) - before);
	return 0;
}
