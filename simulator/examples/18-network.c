/*
 * Title: a new network is empty
 * Idea: A new network namespace has one interface, the loopback, and even that is down: nobody can be reached, not even oneself. Taking
 *       it up needs CAP_NET_ADMIN over this network, which the maker of a user namespace has.
 */
#define _GNU_SOURCE
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}


int main(void)
{
    struct ifreq request;
    int fd;

    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
        die("unshare");
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0)
        die("socket");

    memset(&request, 0, sizeof request);
    strcpy(request.ifr_name, "lo");
    if (ioctl(fd, SIOCGIFFLAGS, &request) < 0)
        die("SIOCGIFFLAGS");
    printf("lo is %s\n", request.ifr_flags & IFF_UP ? "up" : "down");

    request.ifr_flags |= IFF_UP;
    if (ioctl(fd, SIOCSIFFLAGS, &request) < 0)
        die("SIOCSIFFLAGS");
    if (ioctl(fd, SIOCGIFFLAGS, &request) < 0)
        die("SIOCGIFFLAGS");
    printf("lo is %s\n", request.ifr_flags & IFF_UP ? "up" : "down");

    strcpy(request.ifr_name, "eth0");
    if (ioctl(fd, SIOCGIFFLAGS, &request) < 0)
        perror("eth0");
    close(fd);
    return EXIT_SUCCESS;
}
