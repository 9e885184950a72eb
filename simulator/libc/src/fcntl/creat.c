#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/cancel.h>
#include <libc/syscall.h>
int creat(const char *path, mode_t mode) { return (int)CANCELLABLE(SYS3(SYS_open, path, O_CREAT|O_WRONLY|O_TRUNC, mode)); }
