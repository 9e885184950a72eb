#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/resource.h>
int setpriority(int which, id_t who, int priority) { return (int)SYS3(SYS_setpriority, which, who, priority); }
