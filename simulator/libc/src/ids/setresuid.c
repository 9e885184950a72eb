#define _GNU_SOURCE
#include <libc/setxid.h>
#include <sys/syscall.h>
#include <unistd.h>
int setresuid(uid_t real, uid_t effective, uid_t saved) { return __setxid(SYS_setresuid, real, effective, saved); }
int setresgid(gid_t real, gid_t effective, gid_t saved) { return __setxid(SYS_setresgid, real, effective, saved); }
