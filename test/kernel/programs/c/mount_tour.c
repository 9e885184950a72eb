/* bind, remount ro, move, tmpfs, lazy umount */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static int step = 0;
static void check(const char *what, int r)
{
	if (r == 0) printf("%2d %-28s ok\n", ++step, what);
	else printf("%2d %-28s %s\n", ++step, what, strerror(errno));
}

static void mounts(const char *under)
{
	char *line = NULL;
	size_t size = 0;
	FILE *f = fopen("/proc/self/mountinfo", "r");
	while (getline(&line, &size, f) > 0) {
		char root[128], at[128], opts[128], *dash = strstr(line, " - "), type[32], src[128];
		if (sscanf(line, "%*d %*d %*s %127s %127s %127s", root, at, opts) != 3) continue;
		sscanf(dash + 3, "%31s %127s", type, src);
		if (strncmp(at, under, strlen(under)) == 0)
			printf("   %s on %s type %s (%s) root %s\n", src, at, type, opts, root);
	}
	free(line);
	fclose(f);
}

int main(void)
{
	if (unshare(CLONE_NEWNS) < 0) { perror("unshare(CLONE_NEWNS)"); return 1; }
	check("make / rprivate", mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL));
	mkdir("/tmp/m", 0700);
	check("tmpfs", mount("mine", "/tmp/m", "tmpfs", MS_NOSUID | MS_NODEV, "size=64k,mode=711"));
	mkdir("/tmp/m/a", 0755); mkdir("/tmp/m/b", 0755); mkdir("/tmp/m/c", 0755);
	close(open("/tmp/m/a/file", O_CREAT | O_WRONLY, 0600));
	check("bind a on b", mount("/tmp/m/a", "/tmp/m/b", NULL, MS_BIND, NULL));
	check("access b/file", access("/tmp/m/b/file", F_OK));
	check("remount b read-only", mount(NULL, "/tmp/m/b", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL));
	check("unlink b/file", unlink("/tmp/m/b/file"));
	mounts("/tmp/m");
	check("move b to c", mount("/tmp/m/b", "/tmp/m/c", NULL, MS_MOVE, NULL));
	check("access b/file", access("/tmp/m/b/file", F_OK));
	check("umount b", umount("/tmp/m/b"));
	int fd = open("/tmp/m/c/file", O_RDONLY);
	check("umount c while open", umount("/tmp/m/c"));
	check("umount2 c lazily", umount2("/tmp/m/c", MNT_DETACH));
	check("fd is still good", fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? 0 : -1);
	check("unknown type", mount("x", "/tmp/m", "nosuchfs", 0, NULL));
	check("missing directory", mount("x", "/tmp/none", "tmpfs", 0, NULL));
	check("on a file", mount("x", "/tmp/m/a/file", "tmpfs", 0, NULL));
	mounts("/tmp/m");
	check("umount all", umount2("/tmp/m", MNT_DETACH));
	check("rmdir", rmdir("/tmp/m"));
	return 0;
}
