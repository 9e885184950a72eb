#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/socket.h>
ssize_t recvmsg(int fd, struct msghdr *message, int flags) { return (ssize_t)CANCELLABLE(SYS3(SYS_recvmsg, fd, message, flags)); }
