#define _GNU_SOURCE
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	struct ifreq request;
	int fd;

	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (unshare(CLONE_NEWNET) == -1) {
		perror("unshare");
		return 1;
	}
	memset(&request, 0, sizeof request);
	strcpy(request.ifr_name, "lo");
	/* lo is down in a new namespace. Set IFF_UP. */
	ioctl(fd, SIOCGIFFLAGS, &request);
	printf("lo is %s\n", request.ifr_flags & IFF_UP ? "up" : "down");
	strcpy(request.ifr_name, "eth0");
	printf("eth0 is %s\n", ioctl(fd, SIOCGIFFLAGS, &request) == -1 ? "not here" : "here");
	return 0;
}
