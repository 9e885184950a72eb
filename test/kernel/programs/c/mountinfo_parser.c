#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
int main(int argc, char **argv)
{
	if (unshare(CLONE_NEWNS) < 0) { perror("unshare"); }
	mkdir("/tmp/a", 0755); mkdir("/tmp/a b", 0755);
	if (mount("none", "/tmp/a", "tmpfs", MS_NOSUID, "size=64k,mode=700") < 0) perror("mount");
	if (mount("none", "/tmp/a b", "tmpfs", MS_RDONLY|MS_NOEXEC|MS_NOATIME, NULL) < 0) perror("mount2");
	if (mount("/tmp/a", "/tmp/a b", NULL, MS_BIND|MS_REC, NULL) < 0) perror("bind");
	if (mount(NULL, "/tmp/a b", NULL, MS_REMOUNT|MS_BIND|MS_RDONLY, NULL) < 0) perror("remount");
	if (mount(NULL, "/tmp/a", NULL, MS_SLAVE, NULL) < 0) perror("slave");
	FILE *f = fopen("/proc/self/mountinfo", "r");
	char *line = NULL; size_t n = 0;
	while (getline(&line, &n, f) > 0) {
		int id, parent, maj, min; char root[256], mp[256], opts[256];
		if (sscanf(line, "%d %d %d:%d %255s %255s %255s", &id, &parent, &maj, &min, root, mp, opts) != 7) { puts("?"); continue; }
		char *sep = strstr(line, " - ");
		char type[64], src[256], sup[512];
		sscanf(sep + 3, "%63s %255s %511[^\n]", type, src, sup);
		int prop = strstr(line, "shared:") ? 's' : strstr(line, "master:") ? 'm' : 'p';
		printf("%-16s %-10s root=%s [%s] %c %s\n", mp, type, root, opts, prop, strcmp(type, "overlay") ? sup : "");
	}
	free(line);
	fclose(f);
	fflush(stdout);
	system("mount | tail -n 3; cat /proc/mounts | tail -2; touch '/tmp/a b/x'");
	return 0;
}
