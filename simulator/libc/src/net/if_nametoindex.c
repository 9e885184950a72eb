#define _GNU_SOURCE
#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int ask(unsigned long request, struct ifreq *r) {
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  int result = ioctl(fd, request, r), error = errno;
  close(fd);
  errno = error;
  return result;
}
unsigned if_nametoindex(const char *name) {
  struct ifreq r;
  if (strlen(name) >= IFNAMSIZ) {
    errno = ENODEV;
    return 0;
  }
  memset(&r, 0, sizeof r);
  strcpy(r.ifr_name, name);
  return ask(SIOCGIFINDEX, &r) < 0 ? 0 : (unsigned)r.ifr_ifindex;
}
char *if_indextoname(unsigned index, char *to) {
  struct ifreq r;
  memset(&r, 0, sizeof r);
  r.ifr_ifindex = (int)index;
  if (ask(SIOCGIFNAME, &r) < 0) {
    if (errno == ENODEV) errno = ENXIO;
    return 0;
  }
  return strncpy(to, r.ifr_name, IFNAMSIZ);
}
