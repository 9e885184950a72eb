/* mq_notify: a process is told of the first message, by a signal or by a thread, once; who else may ask, and what ends it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t times;
static siginfo_t last;
static void on_message(int s, siginfo_t *info, void *c) { (void)s; (void)c; times++; last = *info; }

static const char *name(int e) { return e == EBUSY ? "EBUSY" : e == EBADF ? "EBADF" : e == EINVAL ? "EINVAL" : e == EFAULT ? "EFAULT" : e == EAGAIN ? "EAGAIN" : e == ENOTSOCK ? "ENOTSOCK" : strerror(e); }
static void told(const char *what, long r)
{
	if (r < 0) printf("%s: %s\n", what, name(errno));
	else printf("%s: %ld\n", what, r);
}
static void show(const char *what)
{
	char line[128];
	/* not here: a process that closes the queue is not told any more */
	pid_t reader = fork();
	if (reader) { waitpid(reader, NULL, 0); return; }
	int fd = open("/dev/mqueue/nslab", O_RDONLY);
	if (fd < 0) { printf("%s: no file\n", what); _exit(1); }
	ssize_t n = read(fd, line, sizeof line - 1);
	close(fd);
	line[n < 0 ? 0 : n] = 0;
	char *pid = strstr(line, "NOTIFY_PID:");
	int who = pid ? atoi(pid + 11) : -1;
	if (pid) *pid = 0;
	printf("%s: %s%s\n", what, line, who == 0 ? "nobody" : who == getppid() ? "me" : "another");
	_exit(0);
}

static int done[2];
static void called(union sigval v)
{
	char line[64];
	int n = snprintf(line, sizeof line, "thread: value %d, another thread %d\n", v.sival_int, gettid() != getpid());
	write(1, line, n);
	write(done[1], "x", 1);
}

int main(void)
{
	setvbuf(stdout, 0, _IONBF, 0);
	char b[100], c;
	struct mq_attr attr = { .mq_maxmsg = 5, .mq_msgsize = 100 };
	mq_unlink("/nslab");
	mqd_t q = mq_open("/nslab", O_CREAT | O_RDWR | O_NONBLOCK, 0600, &attr);
	if (q < 0) { perror("mq_open"); return 1; }
	struct sigaction sa = { .sa_sigaction = on_message, .sa_flags = SA_SIGINFO };
	sigaction(SIGUSR1, &sa, NULL);
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 42 };
	show("nobody is told");
	told("not any more, though not at all", mq_notify(q, NULL));
	told("by a signal", mq_notify(q, &ev));
	show("told");
	told("again", mq_notify(q, &ev));
	mq_send(q, "one", 3, 0);
	printf("%d times, code SI_MESGQ %d, value %d, from me %d, uid %d\n", times, last.si_code == SI_MESGQ, last.si_value.sival_int, last.si_pid == getpid(), last.si_uid == getuid());
	show("told once");
	mq_send(q, "two", 3, 0);
	printf("%d times\n", times);
	told("while there are messages", mq_notify(q, &ev));
	mq_send(q, "three", 5, 0);
	printf("%d times\n", times);
	mq_receive(q, b, sizeof b, NULL);
	mq_receive(q, b, sizeof b, NULL);
	mq_send(q, "four", 4, 0);
	printf("%d times, it was not empty\n", times);
	while (mq_receive(q, b, sizeof b, NULL) > 0);
	mq_send(q, "five", 4, 0);
	printf("%d times, it was empty\n", times);
	while (mq_receive(q, b, sizeof b, NULL) > 0);
	told("by nothing", (ev.sigev_notify = SIGEV_NONE, mq_notify(q, &ev)));
	show("by nothing");
	mq_send(q, "six", 3, 0);
	show("over");
	while (mq_receive(q, b, sizeof b, NULL) > 0);
	ev.sigev_notify = 7;
	told("unknown", mq_notify(q, &ev));
	ev.sigev_notify = SIGEV_SIGNAL;
	ev.sigev_signo = 65;
	told("signal 65", mq_notify(q, &ev));
	ev.sigev_signo = 0;
	told("signal 0", mq_notify(q, &ev));
	mq_send(q, "seven", 5, 0);
	while (mq_receive(q, b, sizeof b, NULL) > 0);
	ev.sigev_signo = SIGUSR1;
	told("bad descriptor", mq_notify(99, &ev));
	told("no queue", mq_notify(0, &ev));
	told("bad address", syscall(SYS_mq_notify, q, 16));

	/* another process */
	int up[2], down[2];
	pipe(up); pipe(down);
	pid_t pid = fork();
	if (pid == 0) {
		told("child: by a signal", mq_notify(q, &ev));
		write(up[1], "x", 1);
		read(down[0], &c, 1);
		printf("child: %d times, from my parent %d\n", times - 2, last.si_pid == getppid());
		told("child: again", mq_notify(q, &ev));
		_exit(0);
	}
	read(up[0], &c, 1);
	told("parent: while the child is", mq_notify(q, &ev));
	show("parent");
	told("parent: takes away nothing", mq_notify(q, NULL));
	show("parent");
	mq_send(q, "eight", 5, 0);
	while (mq_receive(q, b, sizeof b, NULL) > 0);
	write(down[1], "x", 1);
	waitpid(pid, NULL, 0);
	show("the child has ended");
	told("parent: now", mq_notify(q, &ev));
	/* any descriptor that is closed ends it */
	int other = dup(q);
	close(other);
	show("a copy was closed");
	told("once more", mq_notify(q, &ev));
	mqd_t second = mq_open("/nslab", O_RDONLY);
	mq_close(second);
	show("another one was closed");

	told("and its file in /dev/mqueue", mq_notify(q, &ev));
	close(open("/dev/mqueue/nslab", O_RDONLY));
	show("read and closed");

	/* who waits gets the message, and nobody is told */
	told("and again", mq_notify(q, &ev));
	pid = fork();
	if (pid == 0) {
		mqd_t waits = mq_open("/nslab", O_RDONLY);
		write(up[1], "x", 1);
		ssize_t n = mq_receive(waits, b, sizeof b, NULL);
		printf("child: got \"%.*s\"\n", (int)n, b);
		_exit(0);
	}
	read(up[0], &c, 1);
	usleep(50000);
	int before = times;
	mq_send(q, "nine", 4, 0);
	waitpid(pid, NULL, 0);
	printf("parent: told %d times\n", times - before);
	show("still told");
	told("take it away", mq_notify(q, NULL));
	show("taken away");

	/* a thread */
	pipe(done);
	struct sigevent th = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = called, .sigev_value.sival_int = 7 };
	told("by a thread", mq_notify(q, &th));
	show("by a thread");
	mq_send(q, "ten", 3, 0);
	read(done[0], &c, 1);
	while (mq_receive(q, b, sizeof b, NULL) > 0);
	show("once");
	th.sigev_value.sival_int = 8;
	told("by a thread", mq_notify(q, &th));
	mq_send(q, "eleven", 6, 0);
	read(done[0], &c, 1);
	while (mq_receive(q, b, sizeof b, NULL) > 0);
	told("by a thread", mq_notify(q, &th));
	told("taken away", mq_notify(q, NULL));
	mq_send(q, "twelve", 6, 0);
	while (mq_receive(q, b, sizeof b, NULL) > 0);

	/* the call itself */
	char cookie[32] = "cookie";
	int sv[2];
	socketpair(AF_UNIX, SOCK_DGRAM, 0, sv);
	struct sigevent raw = { .sigev_notify = SIGEV_THREAD, .sigev_value.sival_ptr = cookie, .sigev_signo = sv[0] };
	told("a socket of another family", syscall(SYS_mq_notify, q, &raw));
	raw.sigev_signo = done[0];
	told("no socket", syscall(SYS_mq_notify, q, &raw));
	raw.sigev_signo = 99;
	told("not open", syscall(SYS_mq_notify, q, &raw));
	raw.sigev_signo = socket(AF_NETLINK, SOCK_RAW, 0);
	raw.sigev_value.sival_ptr = (void *)16;
	told("no cookie", syscall(SYS_mq_notify, q, &raw));
	raw.sigev_value.sival_ptr = cookie;
	told("netlink", syscall(SYS_mq_notify, q, &raw));
	mq_send(q, "thirteen", 8, 0);
	memset(b, 0, sizeof b);
	ssize_t n = recv(raw.sigev_signo, b, sizeof b, 0);
	printf("%zd bytes, \"%s\", last %d\n", n, b, b[31]);
	while (mq_receive(q, b, sizeof b, NULL) > 0);
	told("netlink", syscall(SYS_mq_notify, q, &raw));
	mq_notify(q, NULL);
	n = recv(raw.sigev_signo, b, sizeof b, 0);
	printf("%zd bytes, last %d\n", n, b[31]);

	/* exec */
	told("before exec", mq_notify(q, &ev));
	show("before exec");
	mq_unlink("/nslab");
	return 0;
}
