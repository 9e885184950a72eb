#define _GNU_SOURCE
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sys/un.h>
#include <sys/stat.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>

/* pass a namespace descriptor over a unix socket and enter it */
static void send_fd(int sock, int fd)
{
    struct msghdr msg = {0};
    char buf[CMSG_SPACE(sizeof(int))];
    char c = 'F';
    struct iovec io = { .iov_base = &c, .iov_len = 1 };
    memset(buf, 0, sizeof buf);
    msg.msg_iov = &io;
    msg.msg_iovlen = 1;
    msg.msg_control = buf;
    msg.msg_controllen = sizeof buf;
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
    cmsg->cmsg_level = SOL_SOCKET;
    cmsg->cmsg_type = SCM_RIGHTS;
    cmsg->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(cmsg), &fd, sizeof fd);
    msg.msg_controllen = cmsg->cmsg_len;
    if (sendmsg(sock, &msg, 0) < 0) { perror("sendmsg"); exit(1); }
}

static int recv_fd(int sock)
{
    struct msghdr msg = {0};
    char m[16], c[256];
    struct iovec io = { .iov_base = m, .iov_len = sizeof m };
    msg.msg_iov = &io; msg.msg_iovlen = 1;
    msg.msg_control = c; msg.msg_controllen = sizeof c;
    ssize_t n = recvmsg(sock, &msg, 0);
    if (n < 0) { perror("recvmsg"); exit(1); }
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
    printf("got %zd byte(s), controllen %zu, flags %x\n", n, (size_t)msg.msg_controllen, msg.msg_flags);
    if (!cmsg) return -1;
    int fd; memcpy(&fd, CMSG_DATA(cmsg), sizeof fd);
    return fd;
}

int main(void)
{
    int sv[2];
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, sv) == -1) { perror("socketpair"); return 1; }
    pid_t pid = fork();
    if (pid == 0) {
        close(sv[0]);
        if (unshare(CLONE_NEWUTS) == -1) { fprintf(stderr, "child unshare: %s\n", strerror(errno)); _exit(2); }
        sethostname("passed", 6);
        int fd = open("/proc/self/ns/uts", O_RDONLY | O_CLOEXEC);
        send_fd(sv[1], fd);
        close(fd);
        _exit(0);
    }
    close(sv[1]);
    int st;
    waitpid(pid, &st, 0);
    printf("child status %d\n", WEXITSTATUS(st));
    if (WEXITSTATUS(st)) return 3;
    int fd = recv_fd(sv[0]);
    printf("fd %d cloexec %d\n", fd, fcntl(fd, F_GETFD) & FD_CLOEXEC);
    char host[65];
    gethostname(host, sizeof host); printf("before: %s\n", host);
    if (setns(fd, CLONE_NEWUTS)) perror("setns");
    gethostname(host, sizeof host); printf("after: %s\n", host);
    if (setns(fd, CLONE_NEWNET)) printf("wrong type: %m\n");
    char link[64], path[64]; sprintf(path, "/proc/self/fd/%d", fd);
    ssize_t l = readlink(path, link, sizeof link - 1); link[l > 0 ? l : 0] = 0;
    printf("%.5s %d\n", link, l > 10);
    struct stat a, b; fstat(fd, &a); stat("/proc/self/ns/uts", &b);
    printf("same %d\n", a.st_ino == b.st_ino && a.st_dev == b.st_dev);
    return 0;
}
