#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <sys/socket.h>
ssize_t sendmsg(int fd, const struct msghdr *message, int flags) { return (ssize_t)CANCELLABLE(SYS3(SYS_sendmsg, fd, message, flags)); }
