#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
ssize_t readahead(int fd, off_t offset, size_t length) { return (ssize_t)SYS3(SYS_readahead, fd, offset, length); }
