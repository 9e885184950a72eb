#define _GNU_SOURCE
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct one { struct ifaddrs entry; char name[IFNAMSIZ]; struct sockaddr address, mask, broadcast; };

static struct sockaddr *ask(int fd, unsigned long request, const char *name, struct sockaddr *to) {
  struct ifreq r;
  memset(&r, 0, sizeof r);
  strncpy(r.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(fd, request, &r) < 0) return 0;
  *to = r.ifr_addr;
  return to;
}

/* One entry for each interface, with its IPv4 address when it has one. */
int getifaddrs(struct ifaddrs **to) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct if_nameindex *all = fd < 0 ? 0 : if_nameindex();
  struct ifaddrs **end = to;
  *to = 0;
  if (!all) {
    if (fd >= 0) close(fd);
    return -1;
  }
  for (struct if_nameindex *i = all; i->if_name; i++) {
    struct one *o = calloc(1, sizeof *o);
    struct ifreq r;
    if (!o) break;
    strncpy(o->name, i->if_name, IFNAMSIZ - 1);
    memset(&r, 0, sizeof r);
    strcpy(r.ifr_name, o->name);
    if (ioctl(fd, SIOCGIFFLAGS, &r) == 0) o->entry.ifa_flags = (unsigned short)r.ifr_flags;
    o->entry.ifa_name = o->name;
    o->entry.ifa_addr = ask(fd, SIOCGIFADDR, o->name, &o->address);
    o->entry.ifa_netmask = o->entry.ifa_addr ? ask(fd, SIOCGIFNETMASK, o->name, &o->mask) : 0;
    if (o->entry.ifa_addr && (o->entry.ifa_flags & IFF_BROADCAST)) o->entry.ifa_broadaddr = ask(fd, SIOCGIFBRDADDR, o->name, &o->broadcast);
    *end = &o->entry;
    end = &o->entry.ifa_next;
  }
  if_freenameindex(all);
  close(fd);
  return 0;
}
void freeifaddrs(struct ifaddrs *list) {
  while (list) {
    struct ifaddrs *next = list->ifa_next;
    free(list);
    list = next;
  }
}
