#define _GNU_SOURCE
#include <libc/setxid.h>
#include <sys/syscall.h>
#include <unistd.h>
int setreuid(uid_t real, uid_t effective) { return __setxid(SYS_setreuid, real, effective, 0); }
int setregid(gid_t real, gid_t effective) { return __setxid(SYS_setregid, real, effective, 0); }
