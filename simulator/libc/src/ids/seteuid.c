#define _GNU_SOURCE
#include <errno.h>
#include <libc/setxid.h>
#include <sys/syscall.h>
#include <unistd.h>
static int invalid(unsigned id) {
  if (id != ~0u) return 0;
  errno = EINVAL;
  return 1;
}
int seteuid(uid_t uid) { return invalid(uid) ? -1 : __setxid(SYS_setresuid, -1, uid, -1); }
int setegid(gid_t gid) { return invalid(gid) ? -1 : __setxid(SYS_setresgid, -1, gid, -1); }
