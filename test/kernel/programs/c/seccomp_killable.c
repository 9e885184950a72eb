/* A listener whose answers signals do not cut short; a listener in another pid namespace; threads that are put under a filter with one. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOAD BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))
#define ASK(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
static struct sock_filter ask[] = { LOAD, ASK(getppid), ASK(nanosleep), ASK(uname), ALLOW };
static int filter(unsigned flags)
{
	struct sock_fprog p = { sizeof ask / sizeof *ask, ask };
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &p);
}
static void told(const char *what, long r)
{
	if (r < 0) printf("%s: %s\n", what, strerror(errno));
	else printf("%s: %ld\n", what, r);
}
static int handled;
static void handler(int s) { (void)s; handled++; }

static struct seccomp_notif req;
static int recv_(int l) { memset(&req, 0, sizeof req); return ioctl(l, SECCOMP_IOCTL_NOTIF_RECV, &req); }
static int send_(int l, long val, int error, unsigned flags)
{
	struct seccomp_notif_resp r = { req.id, val, error, flags };
	return ioctl(l, SECCOMP_IOCTL_NOTIF_SEND, &r);
}
static char state(pid_t pid)
{
	char path[64], line[512], *end;
	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	int fd = open(path, O_RDONLY);
	line[read(fd, line, sizeof line - 1)] = 0;
	close(fd);
	end = strrchr(line, ')');
	return end[2];
}

static void *thread(void *arg)
{
	(void)arg;
	return (void *)syscall(SYS_getppid);
}

int main(void)
{
	setvbuf(stdout, 0, _IONBF, 0);
	int status, l;
	told("killable without a listener", filter(SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV));
	told("tsync with a listener", filter(SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_NEW_LISTENER));

	/* the filter's own process has the table of descriptors in common with whoever listens */
	for (int killable = 0; killable < 2; killable++) {
		int fds[2];
		pipe(fds);
		pid_t child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
		if (child == 0) {
			struct sigaction sa = { .sa_handler = handler };
			sigaction(SIGUSR1, &sa, 0);
			int fd = filter(SECCOMP_FILTER_FLAG_NEW_LISTENER | (killable ? SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV : 0));
			write(fds[1], &fd, sizeof fd);
			long r = syscall(SYS_getppid);
			char line[100];
			int n = snprintf(line, sizeof line, "child: %s, handler ran %d\n", r < 0 ? strerror(errno) : r == 5 ? "5" : "?", handled);
			write(1, line, n);
			struct timespec t = { 0, 1000 };
			r = syscall(SYS_nanosleep, &t, 0);
			n = snprintf(line, sizeof line, "child: nanosleep %ld\n", r);
			write(1, line, n);
			syscall(SYS_getppid);
			_exit(0);
		}
		read(fds[0], &l, sizeof l);
		recv_(l);
		printf("state %c\n", state(child));
		kill(child, SIGUSR1);
		if (!killable) {
			while (ioctl(l, SECCOMP_IOCTL_NOTIF_ID_VALID, &req.id) == 0) usleep(100);
		}
		int sent = send_(l, 5, 0, 0), e = errno, next = recv_(l);
		errno = e;
		told("send", sent);
		told("recv", next);
		sent = send_(l, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
		next = recv_(l);
		told("continue", sent);
		told("recv", next);
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
		printf("child: signal %d\n", WTERMSIG(status));
		told("send to the dead", send_(l, 0, 0, 0));
		close(l);
	}

	/* threads */
	pid_t child = fork();
	if (child == 0) {
		pthread_t t;
		int fd = filter(SECCOMP_FILTER_FLAG_NEW_LISTENER);
		pthread_create(&t, 0, thread, 0);
		recv_(fd);
		printf("a thread of mine asks: %d\n", req.pid != (unsigned)getpid());
		send_(fd, 99, 0, 0);
		void *r;
		pthread_join(t, &r);
		printf("it got %ld\n", (long)r);
		exit(0);
	}
	waitpid(child, &status, 0);
	printf("exit %d\n", WEXITSTATUS(status));

	/* epoll, and a process that sees others by other numbers */
	int fds[2];
	pipe(fds);
	child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
	if (child == 0) {
		int fd = filter(SECCOMP_FILTER_FLAG_NEW_LISTENER);
		write(fds[1], &fd, sizeof fd);
		for (int i = 0; i < 2; i++) syscall(SYS_getppid);
		_exit(0);
	}
	read(fds[0], &l, sizeof l);
	int e = epoll_create1(0);
	struct epoll_event ev = { EPOLLIN | EPOLLOUT, { .fd = l } }, got;
	epoll_ctl(e, EPOLL_CTL_ADD, l, &ev);
	printf("epoll: %d", epoll_wait(e, &got, 1, -1));
	printf(" %#x\n", got.events);
	recv_(l);
	printf("epoll: %d", epoll_wait(e, &got, 1, -1));
	printf(" %#x\n", got.events);
	send_(l, 0, 0, 0);
	epoll_wait(e, &got, 1, -1);
	if (unshare(CLONE_NEWUSER | CLONE_NEWPID) == 0) {
		if (fork() == 0) {
			recv_(l);
			printf("in another pid namespace it is process %d\n", req.pid);
			send_(l, 0, 0, 0);
			_exit(0);
		}
		wait(NULL);
	}
	while (wait(NULL) > 0);
	close(l);
	return 0;
}
