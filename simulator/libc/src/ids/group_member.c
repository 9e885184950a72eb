#define _GNU_SOURCE
#include <unistd.h>
int group_member(gid_t gid) {
  int count = getgroups(0, 0);
  gid_t groups[count > 0 ? count : 1];
  count = getgroups(count, groups);
  for (int i = 0; i < count; i++) if (groups[i] == gid) return 1;
  return gid == getgid() || gid == getegid();
}
