#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
static void root_line(const char *when)
{
	FILE *f = fopen("/proc/self/mountinfo", "r");
	char line[512];
	while (fgets(line, sizeof line, f)) {
		char root[64], at[64], *p = line;
		int pos = 0;
		sscanf(line, "%*d %*d %*s %63s %63s %*s %n", root, at, &pos);
		if (strcmp(at, "/tmp") && strncmp(at, "/tmp/", 5)) continue;
		printf("%-22s %-8s", when, at);
		for (p = strtok(line + pos, " "); p && strcmp(p, "-"); p = strtok(NULL, " "))
			printf(" %.*s", (int)strcspn(p, ":"), p);
		puts("");
	}
	fclose(f);
}
#define M(flags) do { if (mount("none", "/tmp", NULL, flags, NULL)) perror(#flags); else root_line(#flags); } while (0)
int main(void)
{
	root_line("start");
	if (unshare(CLONE_NEWNS)) { perror("unshare"); return 1; }
	root_line("after unshare");
	M(MS_SLAVE);
	M(MS_SHARED);
	M(MS_PRIVATE);
	M(MS_SHARED);
	M(MS_UNBINDABLE);
	mkdir("/tmp/x", 0755);
	if (mount("/tmp", "/tmp/x", NULL, MS_BIND, NULL)) perror("bind unbindable");
	M(MS_PRIVATE | MS_SHARED);
	M(MS_SHARED | MS_REC);
	if (mount("t", "/tmp/x", "tmpfs", 0, NULL)) perror("tmpfs"); else root_line("tmpfs below shared");
	umount("/tmp/x");
	rmdir("/tmp/x");
	return 0;
}
