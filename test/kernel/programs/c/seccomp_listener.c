/* A supervisor decides about system calls of another process (seccomp_unotify): it makes directories in its name, passes descriptors into it, lets calls go on. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOAD BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))
#define ASK(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static int filter(struct sock_filter *f, unsigned short n, unsigned flags)
{
	struct sock_fprog p = { n, f };
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &p);
}
static const char *name(int e)
{
	switch (e) {
	case EPERM: return "EPERM"; case ENOENT: return "ENOENT"; case EINTR: return "EINTR"; case EBADF: return "EBADF"; case EINVAL: return "EINVAL";
	case EFAULT: return "EFAULT"; case EBUSY: return "EBUSY"; case ENOSYS: return "ENOSYS"; case EINPROGRESS: return "EINPROGRESS"; case EMFILE: return "EMFILE";
	case EACCES: return "EACCES"; case EIO: return "EIO"; case ESRCH: return "ESRCH"; case EOPNOTSUPP: return "EOPNOTSUPP"; case ENOTTY: return "ENOTTY"; case ESPIPE: return "ESPIPE";
	}
	return strerror(e);
}
/* what the target says is kept until its end: the two run as they like */
static char kept[4096];
static void keep(const char *text) { strcat(kept, text); }
static void told(const char *what, long r)
{
	char line[128];
	if (r < 0) snprintf(line, sizeof line, "%s: %s\n", what, name(errno));
	else snprintf(line, sizeof line, "%s: %ld\n", what, r);
	if (strncmp(line, "target", 6)) printf("%s", line);
	else keep(line);
}

static void send_fd(int s, int fd)
{
	char c = 'x', control[CMSG_SPACE(sizeof fd)];
	struct iovec io = { &c, 1 };
	memset(control, 0, sizeof control);
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
	struct cmsghdr *h = CMSG_FIRSTHDR(&m);
	h->cmsg_level = SOL_SOCKET;
	h->cmsg_type = SCM_RIGHTS;
	h->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(h), &fd, sizeof fd);
	if (sendmsg(s, &m, 0) < 0) perror("sendmsg");
}
static int recv_fd(int s)
{
	char c, control[CMSG_SPACE(sizeof(int))];
	struct iovec io = { &c, 1 };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
	if (recvmsg(s, &m, 0) < 0) { perror("recvmsg"); exit(1); }
	int fd;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
	return fd;
}

static void on_signal(int s) { (void)s; }

static struct sock_filter ask[] = { LOAD, ASK(mkdir), ASK(openat), ASK(getppid), ASK(getpgrp), ALLOW };

static void target(int s)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	int l = filter(ask, sizeof ask / sizeof *ask, SECCOMP_FILTER_FLAG_NEW_LISTENER);
	if (l < 0) { perror("seccomp"); exit(1); }
	printf("target: listener %d, close-on-exec %d\n", l, fcntl(l, F_GETFD));
	fflush(stdout);
	char link[64];
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", l);
	ssize_t n = readlink(path, link, sizeof link);
	printf("target: it is %.*s\n", (int)n, link);
	struct sock_filter more[] = { ALLOW };
	told("target: second listener", filter(more, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER));
	told("target: another filter", filter(more, 1, 0));
	send_fd(s, l);
	close(l);
	told("target: mkdir /tmp/nslab-asked", mkdir("/tmp/nslab-asked", 0700));
	told("target: mkdir ./here", mkdir("./here", 0700));
	told("target: mkdir /elsewhere", mkdir("/elsewhere", 0700));
	told("target: getppid", syscall(SYS_getppid));
	int fd = open("/etc/hostname", O_RDONLY);
	char b[64];
	n = read(fd, b, sizeof b);
	char line[128];
	snprintf(line, sizeof line, "target: open gave %d, it reads \"%.*s\", close-on-exec %d\n", fd, (int)n, b, fcntl(fd, F_GETFD));
	keep(line);
	fd = open("/nowhere", O_RDONLY);
	told("target: second open", fd);
	told("target: getpgrp", syscall(SYS_getpgrp) > 1 ? 1 : -1);
	struct sigaction sa = { .sa_handler = on_signal };
	sigaction(SIGUSR1, &sa, 0);
	told("target: getppid that a signal ends", syscall(SYS_getppid));
	sa.sa_flags = SA_RESTART;
	sigaction(SIGUSR1, &sa, 0);
	told("target: getppid that is restarted", syscall(SYS_getppid));
	told("target: getppid, the listener is closed", syscall(SYS_getppid));
	printf("%s", kept);
	exit(0);
}

static int listener;
static struct seccomp_notif req;
static struct seccomp_notif_resp resp;
static int next(const char *what)
{
	memset(&req, 0, sizeof req);
	int r = ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &req);
	if (r < 0) told(what, r);
	memset(&resp, 0, sizeof resp);
	resp.id = req.id;
	return r;
}
static void answer(const char *what) { told(what, ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &resp)); }
static short ready(void)
{
	struct pollfd p = { listener, POLLIN | POLLOUT, 0 };
	return poll(&p, 1, 0) < 0 ? -1 : p.revents;
}

static int path_of(char *to, size_t room, uint64_t at)
{
	char file[64];
	snprintf(file, sizeof file, "/proc/%d/mem", req.pid);
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0) { told("open mem", -1); return -1; }
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &req.id) < 0) return -1;
	ssize_t n = pread(fd, to, room, at);
	if (n < 0) told("pread mem", n);
	close(fd);
	return n;
}

int main(void)
{
	setvbuf(stdout, 0, _IOLBF, 0);
	struct seccomp_notif_sizes sizes;
	told("sizes", syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes));
	printf("%d %d %d\n", sizes.seccomp_notif, sizes.seccomp_notif_resp, sizes.seccomp_data);
	int s[2];
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	pid_t child = fork();
	if (child == 0) target(s[1]);
	listener = recv_fd(s[0]);

	if (next("recv")) return 1;
	printf("asked: nr %s, pid is the child's %d, flags %u, arch %#x\n", req.data.nr == SYS_mkdir ? "mkdir" : "?", req.pid == (unsigned)child, req.flags, req.data.arch);
	char path[128] = "";
	path_of(path, sizeof path, req.data.args[0]);
	printf("asked: mkdir \"%s\", mode %llo\n", path, (unsigned long long)req.data.args[1]);
	printf("poll while it waits for the answer: %#x\n", ready());
	told("id valid", ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &req.id));
	uint64_t wrong = req.id + 1000;
	told("other id valid", ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &wrong));
	struct seccomp_notif dirty = { .id = 1 };
	told("recv into what is not zero", ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &dirty));
	told("recv to nowhere", ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, NULL));
	told("other ioctl", ioctl(listener, SECCOMP_IO(9)));
	told("read", read(listener, path, 1));
	told("lseek", lseek(listener, 0, SEEK_SET));
	resp.flags = 2;
	answer("send with unknown flag");
	resp.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	resp.error = -EPERM;
	answer("send continue and an error");
	resp.flags = 0;
	resp.id = wrong;
	answer("send to another id");
	resp.id = req.id;
	told("the supervisor makes it", mkdir(path, req.data.args[1]));
	resp.error = 0;
	resp.val = strlen(path);
	answer("send");
	rmdir(path);

	next("recv");
	resp.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	answer("continue");
	next("recv");
	resp.error = -EOPNOTSUPP;
	answer("refuse");
	next("recv");
	resp.error = 7;
	answer("an error that is none");

	next("recv");
	struct iovec own = { path, 13 }, theirs = { (void *)req.data.args[1], 13 };
	memset(path, 0, sizeof path);
	told("process_vm_readv", process_vm_readv(req.pid, &own, 1, &theirs, 1, 0));
	printf("it opens \"%.13s\"\n", path);
	theirs.iov_base = (void *)16;
	told("process_vm_readv from nowhere", process_vm_readv(req.pid, &own, 1, &theirs, 1, 0));
	told("process_vm_readv with flags", process_vm_readv(req.pid, &own, 1, &theirs, 1, 1));
	own.iov_len = 0;
	told("process_vm_readv of nothing", process_vm_readv(req.pid, &own, 1, &theirs, 1, 0));
	int pipe_[2];
	pipe(pipe_);
	write(pipe_[1], "from the supervisor", 19);
	struct seccomp_notif_addfd add = { .id = req.id, .srcfd = pipe_[0], .newfd_flags = O_CLOEXEC };
	add.newfd = 40;
	told("addfd 40 without setfd", ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add));
	add.flags = 4;
	told("addfd unknown flag", ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add));
	add.flags = 0;
	add.newfd = 0;
	add.newfd_flags = O_APPEND;
	told("addfd unknown fd flag", ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add));
	add.newfd_flags = O_CLOEXEC;
	add.srcfd = 99;
	told("addfd bad source", ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add));
	add.srcfd = pipe_[0];
	add.id = wrong;
	told("addfd other id", ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add));
	add.id = req.id;
	add.flags = SECCOMP_ADDFD_FLAG_SETFD;
	add.newfd = 1 << 20;
	told("addfd too high", ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add));
	add.newfd = 40;
	told("addfd 40", ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add));
	resp.val = 40;
	answer("send 40");
	next("recv");
	add.id = req.id;
	add.flags = SECCOMP_ADDFD_FLAG_SEND;
	add.newfd = 0;
	long got = ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add);
	told("addfd and send", got);
	next("recv");
	resp.val = 77;
	answer("getpgrp");

	next("recv");
	kill(child, SIGUSR1);
	while (ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &req.id) == 0) usleep(1000);
	answer("send to one that a signal ended");
	next("recv");
	uint64_t first = req.id;
	kill(child, SIGUSR1);
	next("recv");
	printf("asked anew: %d\n", req.id != first);
	resp.val = 1234;
	answer("send");
	struct pollfd p = { listener, POLLIN, 0 };
	poll(&p, 1, -1);
	printf("poll when it is asked: %#x\n", ready());
	uint64_t id = 0;
	resp.id = req.id + 1;
	answer("send before it was read");
	(void)id;
	close(listener);
	int status;
	waitpid(child, &status, 0);
	printf("child: exit %d\n", WEXITSTATUS(status));

	/* nobody is left */
	child = fork();
	if (child == 0) {
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		int l = filter(ask, sizeof ask / sizeof *ask, SECCOMP_FILTER_FLAG_NEW_LISTENER);
		send_fd(s[1], l);
		close(l);
		pid_t grandchild = fork();
		if (grandchild == 0) { getppid(); _exit(3); }
		waitpid(grandchild, &status, 0);
		printf("grandchild: signal %d\n", WTERMSIG(status));
		exit(0);
	}
	listener = recv_fd(s[0]);
	next("recv");
	printf("the grandchild asks, not the child: %d\n", req.pid != (unsigned)child);
	kill(req.pid, SIGKILL);
	waitpid(child, &status, 0);
	printf("poll when nobody is left: %#x\n", ready());
	next("recv when nobody is left");
	return 0;
}
