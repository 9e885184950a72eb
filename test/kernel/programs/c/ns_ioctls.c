#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <linux/nsfs.h>

static int is_same(int a, int b)
{
	struct stat x, y;
	fstat(a, &x); fstat(b, &y);
	return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static const char *type_name(int t)
{
	switch (t) {
	case CLONE_NEWNS: return "mnt";
	case CLONE_NEWUTS: return "uts";
	case CLONE_NEWIPC: return "ipc";
	case CLONE_NEWUSER: return "user";
	case CLONE_NEWPID: return "pid";
	case CLONE_NEWNET: return "net";
	case CLONE_NEWCGROUP: return "cgroup";
	default: return "?";
	}
}

int main(void)
{
	int old_user = open("/proc/self/ns/user", O_RDONLY);
	if (unshare(CLONE_NEWUSER) == -1) { perror("unshare"); return 1; }
	if (unshare(CLONE_NEWUTS | CLONE_NEWNET) == -1) { perror("unshare"); return 1; }
	const char *names[] = { "uts", "net", "user", "pid", "mnt", };
	int me = open("/proc/self/ns/user", O_RDONLY);
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		char p[40];
		int fd, r;
		uid_t uid;
		sprintf(p, "/proc/self/ns/%s", names[i]);
		fd = open(p, O_RDONLY);
		printf("%s: type %s", names[i], type_name(ioctl(fd, NS_GET_NSTYPE)));
		r = ioctl(fd, NS_GET_USERNS);
		if (r < 0) printf(", userns %s", strerror(errno));
		else printf(", userns %s", is_same(r, me) ? "mine" : is_same(r, old_user) ? "the old" : "another");
		r = ioctl(fd, NS_GET_PARENT);
		if (r < 0) printf(", parent %s", strerror(errno));
		else printf(", parent found");
		if (ioctl(fd, NS_GET_OWNER_UID, &uid) < 0) printf(", owner %s\n", strerror(errno));
		else printf(", owner %d\n", (int)uid);
		close(fd);
	}
	if (ioctl(0, NS_GET_NSTYPE) < 0) perror("on stdin");
	return 0;
}
