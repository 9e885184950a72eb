#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <errno.h>
#include <netdb.h>

static void show(int s, const char *name)
{
    struct ifreq r; memset(&r, 0, sizeof r); strncpy(r.ifr_name, name, IFNAMSIZ - 1);
    if (ioctl(s, SIOCGIFFLAGS, &r) == -1) { printf("%s flags: %s\n", name, strerror(errno)); return; }
    short f = r.ifr_flags;
    printf("%s:%s%s%s%s\n", name, f & IFF_UP ? " UP" : "", f & IFF_LOOPBACK ? " LOOPBACK" : "", f & IFF_RUNNING ? " RUNNING" : "", f & IFF_BROADCAST ? " BROADCAST" : "");
    if (ioctl(s, SIOCGIFMTU, &r) == 0) printf("  mtu %d\n", r.ifr_mtu);
    if (ioctl(s, SIOCGIFADDR, &r) == 0) printf("  addr %s\n", inet_ntoa(((struct sockaddr_in *)&r.ifr_addr)->sin_addr)); else printf("  addr: %s\n", strerror(errno));
    if (ioctl(s, SIOCGIFNETMASK, &r) == 0) printf("  mask %s\n", inet_ntoa(((struct sockaddr_in *)&r.ifr_netmask)->sin_addr));
    if (ioctl(s, SIOCGIFHWADDR, &r) == 0) printf("  family %d\n", r.ifr_hwaddr.sa_family);
    if (ioctl(s, SIOCGIFINDEX, &r) == 0) printf("  index %d\n", r.ifr_ifindex);
}
static void try(void)
{
    int s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(4242) };
    inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);
    printf("connect: %s\n", connect(s, (struct sockaddr *)&a, sizeof a) ? strerror(errno) : "ok");
    close(s);
    s = socket(AF_INET, SOCK_STREAM, 0);
    printf("bind: %s\n", bind(s, (struct sockaddr *)&a, sizeof a) ? strerror(errno) : "ok");
    printf("listen: %s\n", listen(s, 1) ? strerror(errno) : "ok");
    int c = socket(AF_INET, SOCK_STREAM, 0);
    printf("connect: %s\n", connect(c, (struct sockaddr *)&a, sizeof a) ? strerror(errno) : "ok");
    inet_pton(AF_INET, "10.9.8.7", &a.sin_addr);
    int u = socket(AF_INET, SOCK_DGRAM, 0);
    printf("bind 10.9.8.7: %s\n", bind(u, (struct sockaddr *)&a, sizeof a) ? strerror(errno) : "ok");
    printf("sendto: %s\n", sendto(u, "x", 1, 0, (struct sockaddr *)&a, sizeof a) < 0 ? strerror(errno) : "ok");
    close(s); close(c); close(u);
}
int main(void)
{
    if (getuid() != 0) { if (unshare(CLONE_NEWUSER | CLONE_NEWNET)) { perror("unshare"); return 1; } }
    else if (unshare(CLONE_NEWNET)) { perror("unshare"); return 1; }
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    show(s, "lo"); show(s, "eth0");
    try();
    struct ifreq r; memset(&r, 0, sizeof r); strcpy(r.ifr_name, "lo"); r.ifr_flags = IFF_UP;
    if (ioctl(s, SIOCSIFFLAGS, &r)) perror("up");
    show(s, "lo");
    try();
    struct ifaddrs *list, *i;
    getifaddrs(&list);
    for (i = list; i; i = i->ifa_next) {
        char b[INET6_ADDRSTRLEN] = "";
        int f = i->ifa_addr ? i->ifa_addr->sa_family : -1;
        if (f == AF_INET) inet_ntop(f, &((struct sockaddr_in *)i->ifa_addr)->sin_addr, b, sizeof b);
        if (f == AF_INET6) inet_ntop(f, &((struct sockaddr_in6 *)i->ifa_addr)->sin6_addr, b, sizeof b);
        printf("%s %d %s %x\n", i->ifa_name, f, b, i->ifa_flags);
    }
    freeifaddrs(list);
    struct if_nameindex *ni = if_nameindex();
    for (struct if_nameindex *p = ni; p->if_index; p++) printf("%u: %s\n", p->if_index, p->if_name);
    if_freenameindex(ni);
    printf("%u %s\n", if_nametoindex("nope"), strerror(errno));
    struct ifconf ic; char buf[1024]; ic.ifc_len = sizeof buf; ic.ifc_buf = buf;
    ioctl(s, SIOCGIFCONF, &ic); printf("%d interfaces with an address\n", (int)(ic.ifc_len / sizeof(struct ifreq)));
    fflush(stdout);
    return system("ip -o link; ip -4 addr show lo; ip route; cat /proc/net/dev | head -2; ss -tln 2>/dev/null | head -0");
}
