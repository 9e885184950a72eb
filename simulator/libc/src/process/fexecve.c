#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/syscall.h>
#include <unistd.h>
int execveat(int dirfd, const char *path, char *const argv[], char *const envp[], int flags) { return (int)SYS5(SYS_execveat, dirfd, path, argv, envp, flags); }
int fexecve(int fd, char *const argv[], char *const envp[]) { return execveat(fd, "", argv, envp, AT_EMPTY_PATH); }
