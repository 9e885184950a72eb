#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
int name_to_handle_at(int dirfd, const char *path, struct file_handle *handle, int *mount, int flags) { return (int)SYS5(SYS_name_to_handle_at, dirfd, path, handle, mount, flags); }
