#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
int open_by_handle_at(int mount, struct file_handle *handle, int flags) { return (int)SYS3(SYS_open_by_handle_at, mount, handle, flags); }
