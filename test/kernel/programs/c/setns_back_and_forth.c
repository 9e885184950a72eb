#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/utsname.h>

typedef enum { FIRST, SECOND, THIRD, COUNT } which_t;

static int open_uts(void) { return open("/proc/thread-self/ns/uts", O_RDONLY); }

int main(void)
{
  int fd[COUNT];
  char name[16];
  struct utsname u;
  which_t w;
  if (geteuid() != 0 && unshare(CLONE_NEWUSER) == -1) return perror("unshare user"), 1;
  for (w = FIRST; w < COUNT; ++w) {
    if (unshare(CLONE_NEWUTS)) { perror("unshare"); abort(); }
    snprintf(name, sizeof name, "host-%c", 'a' + w);
    if (sethostname(name, strlen(name)) < 0) perror("sethostname");
    setdomainname("example", 7);
    fd[w] = open_uts();
  }
  static const which_t order[] = { SECOND, FIRST, THIRD, THIRD, FIRST };
  for (size_t i = 0; i < sizeof order / sizeof(which_t); i++) {
    if (setns(fd[order[i]], i % 2 ? CLONE_NEWUTS : 0) < 0) perror("setns");
    uname(&u);
    printf("%d: %s.%s\n", order[i], u.nodename, u.domainname);
  }
  if (setns(fd[0], CLONE_NEWNET) < 0) perror("wrong type");
  if (setns(1000, 0) < 0) perror("bad fd");
  if (setns(open("/etc/passwd", O_RDONLY), 0) < 0) perror("passwd");
  return 0;
}
