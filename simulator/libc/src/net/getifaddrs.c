#define _GNU_SOURCE
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* not in <net/if.h>: two flags that do not fit into the kernel's old requests */
#define LOWER_UP 0x10000

union address { struct sockaddr any; struct sockaddr_in in; struct sockaddr_in6 in6; struct sockaddr_ll ll; };
struct one { struct ifaddrs entry; char name[IFNAMSIZ]; union address address, mask, other; };

/* Where the next entry is to be put; null when there is no memory. */
static struct one *entry(struct ifaddrs ***end, const char *name, unsigned flags, int family) {
  struct one *o = calloc(1, sizeof *o);
  if (!o) return 0;
  strncpy(o->name, name, IFNAMSIZ - 1);
  o->entry.ifa_name = o->name;
  o->entry.ifa_flags = flags;
  o->entry.ifa_addr = &o->address.any;
  o->address.any.sa_family = family;
  **end = &o->entry;
  *end = &o->entry.ifa_next;
  return o;
}

static int ask(int fd, unsigned long request, const char *name, struct ifreq *r) {
  memset(r, 0, sizeof *r);
  strncpy(r->ifr_name, name, IFNAMSIZ - 1);
  return ioctl(fd, request, r);
}

static unsigned flags_of(int fd, const char *name) {
  struct ifreq r;
  if (ask(fd, SIOCGIFFLAGS, name, &r) < 0) return 0;
  unsigned flags = (unsigned short)r.ifr_flags;
  return flags & IFF_RUNNING ? flags | LOWER_UP : flags;
}

static void links(int fd, struct ifaddrs ***end, struct if_nameindex *all) {
  for (struct if_nameindex *i = all; i->if_name; i++) {
    struct one *o = entry(end, i->if_name, flags_of(fd, i->if_name), AF_PACKET);
    struct ifreq r;
    if (!o) return;
    struct sockaddr_ll *ll = &o->address.ll;
    ll->sll_ifindex = i->if_index;
    if (ask(fd, SIOCGIFHWADDR, i->if_name, &r) == 0) {
      ll->sll_hatype = r.ifr_hwaddr.sa_family;
      ll->sll_halen = 6;
      memcpy(ll->sll_addr, r.ifr_hwaddr.sa_data, 6);
    }
    o->other.ll = *ll;
    memset(o->other.ll.sll_addr, o->entry.ifa_flags & IFF_BROADCAST ? 0xff : 0, 6);
    o->entry.ifa_broadaddr = &o->other.any;
  }
}

static void internet(int fd, struct ifaddrs ***end) {
  char room[64 * sizeof(struct ifreq)];
  struct ifconf conf = { .ifc_len = sizeof room, .ifc_buf = room };
  if (ioctl(fd, SIOCGIFCONF, &conf) < 0) return;
  for (int i = 0; i < conf.ifc_len / (int)sizeof(struct ifreq); i++) {
    struct ifreq *each = &conf.ifc_req[i], r;
    struct one *o = entry(end, each->ifr_name, flags_of(fd, each->ifr_name), AF_INET);
    if (!o) return;
    o->address.any = each->ifr_addr;
    if (ask(fd, SIOCGIFNETMASK, each->ifr_name, &r) == 0) {
      o->mask.any = r.ifr_netmask;
      o->entry.ifa_netmask = &o->mask.any;
    }
    o->other = o->address;
    if (o->entry.ifa_flags & IFF_BROADCAST && ask(fd, SIOCGIFBRDADDR, each->ifr_name, &r) == 0) o->other.any = r.ifr_broadaddr;
    o->entry.ifa_broadaddr = &o->other.any;
  }
}

static void internet6(int fd, struct ifaddrs ***end) {
  FILE *file = fopen("/proc/net/if_inet6", "re");
  char line[256], hex[33], name[IFNAMSIZ];
  unsigned index, prefix, scope, flags;
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "%32s %x %x %x %x %15s", hex, &index, &prefix, &scope, &flags, name) != 6) continue;
    struct one *o = entry(end, name, flags_of(fd, name), AF_INET6);
    if (!o) break;
    o->mask.in6.sin6_family = AF_INET6;
    for (unsigned i = 0; i < 16; i++) {
      char two[3] = { hex[2 * i], hex[2 * i + 1], 0 };
      unsigned left = prefix > 8 * i ? prefix - 8 * i : 0;
      o->address.in6.sin6_addr.s6_addr[i] = strtoul(two, 0, 16);
      o->mask.in6.sin6_addr.s6_addr[i] = left >= 8 ? 0xff : 0xff << (8 - left);
    }
    /* an address that is one of a link says of which */
    if (scope == 0x20) o->address.in6.sin6_scope_id = index;
    o->entry.ifa_netmask = &o->mask.any;
  }
  if (file) fclose(file);
}

/* As the kernel lists them: all interfaces with their link addresses, then the IPv4 addresses, then those of IPv6. */
int getifaddrs(struct ifaddrs **to) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct if_nameindex *all = fd < 0 ? 0 : if_nameindex();
  struct ifaddrs **end = to;
  *to = 0;
  if (all) {
    links(fd, &end, all);
    internet(fd, &end);
    internet6(fd, &end);
    if_freenameindex(all);
  }
  if (fd >= 0) close(fd);
  return all ? 0 : -1;
}
void freeifaddrs(struct ifaddrs *list) {
  while (list) {
    struct ifaddrs *next = list->ifa_next;
    free(list);
    list = next;
  }
}
