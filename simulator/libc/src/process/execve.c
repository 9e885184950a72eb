#define _GNU_SOURCE
#include <libc/syscall.h>
#include <unistd.h>
int execve(const char *path, char *const argv[], char *const envp[]) { return (int)SYS3(SYS_execve, path, argv, envp); }
