#define _GNU_SOURCE
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <errno.h>

static pid_t sys_clone3(struct clone_args *args)
{
	return syscall(SYS_clone3, args, sizeof(struct clone_args));
}

#define ptr_to_u64(ptr) ((__u64)((uintptr_t)(ptr)))

int main(void)
{
	int pidfd = -1;
	pid_t parent_tid = -1;
	struct clone_args args = {
		.parent_tid = ptr_to_u64(&parent_tid),
		.pidfd = ptr_to_u64(&pidfd),
		.flags = CLONE_PARENT_SETTID | CLONE_PIDFD | CLONE_NEWUSER | CLONE_NEWUTS,
		.exit_signal = SIGCHLD,
	};
	pid_t pid = sys_clone3(&args);

	if (pid < 0) {
		printf("%s - Failed to create new process\n", strerror(errno));
		exit(EXIT_FAILURE);
	}
	if (pid == 0) {
		sethostname("clone3", 6);
		char b[65];
		gethostname(b, 65);
		printf("Child process with pid %d on %s\n", getpid(), b);
		exit(EXIT_SUCCESS);
	}
	if (wait(NULL) != pid) puts("not my child?");
	printf("Parent process received child's pid %d as return value\n", pid);
	printf("Parent process received child's pidfd %d\n", pidfd);
	printf("Parent process received child's pid %d as return argument\n", parent_tid);

	memset(&args, 0, sizeof args);
	args.flags = CLONE_THREAD;
	args.exit_signal = 0;
	if (sys_clone3(&args) < 0) perror("CLONE_THREAD alone");
	args.flags = 1ULL << 50;
	if (sys_clone3(&args) < 0) perror("unknown flag");
	if (syscall(SYS_clone3, &args, 8) < 0) perror("short struct");
	pid_t tids[] = { 7777 };
	memset(&args, 0, sizeof args);
	args.exit_signal = SIGCHLD;
	args.set_tid = ptr_to_u64(tids);
	args.set_tid_size = 1;
	fflush(NULL);
	pid = sys_clone3(&args);
	if (pid == 0) { printf("I wished to be %d\n", getpid()); exit(0); }
	if (pid < 0) perror("set_tid");
	else waitpid(pid, NULL, 0);
	return 0;
}
