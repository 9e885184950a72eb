#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
static int send_fd(int sock, int fd)
{
	char c = '*', ctl[CMSG_SPACE(sizeof fd)];
	struct iovec io = { &c, 1 };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = ctl, .msg_controllen = sizeof ctl };
	struct cmsghdr *h = CMSG_FIRSTHDR(&m);
	h->cmsg_level = SOL_SOCKET; h->cmsg_type = SCM_RIGHTS; h->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(h), &fd, sizeof fd);
	return sendmsg(sock, &m, 0);
}
static int recv_fd(int sock)
{
	char c, ctl[64];
	int fd = -1;
	struct iovec io = { &c, 1 };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = ctl, .msg_controllen = sizeof ctl };
	if (recvmsg(sock, &m, 0) != 1) return -1;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
	return fd;
}
int main(void)
{
	int sv[2], p[2];
	char buf[100];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, sv) < 0) { perror("socketpair"); return 1; }
	if (fork() == 0) {
		close(sv[0]);
		ssize_t n = read(sv[1], buf, sizeof buf);
		for (int i = 0; i < n; i++) if (buf[i] >= 'a' && buf[i] <= 'z') buf[i] -= 32;
		write(sv[1], buf, n);
		int fd = recv_fd(sv[1]);
		write(fd, "through a passed descriptor", 27);
		shutdown(sv[1], SHUT_WR);
		_exit(0);
	}
	close(sv[1]);
	struct pollfd pf[1] = { { sv[0], POLLIN } };
	printf("poll now: %d\n", poll(pf, 1, 0));
	write(sv[0], "hello", 5);
	printf("poll: %d\n", poll(pf, 1, 5000));
	ssize_t n = recv(sv[0], buf, sizeof buf, MSG_PEEK);
	n = recv(sv[0], buf, sizeof buf, 0);
	printf("answer: %.*s\n", (int)n, buf);
	pipe(p);
	send_fd(sv[0], p[1]);
	close(p[1]);
	n = read(p[0], buf, sizeof buf);
	printf("pipe: %.*s\n", (int)n, buf);
	printf("end of stream: %zd\n", read(sv[0], buf, sizeof buf));
	wait(NULL);
	int type; socklen_t len = sizeof type;
	getsockopt(sv[0], SOL_SOCKET, SO_TYPE, &type, &len);
	printf("SO_TYPE %d\n", type);
	return 0;
}
