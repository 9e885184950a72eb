/* Extended attributes and overlays: those of the layers show, changes go to the upper layer, and what overlays keep themselves is not shown. */
/* run: {"uids": [0]} */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static void get(const char *what, const char *path, const char *attr)
{
	char value[64];
	ssize_t n = lgetxattr(path, attr, value, sizeof value);
	if (n < 0) printf("%s: %s: %s\n", what, attr, errno == ENODATA ? "ENODATA" : errno == EOPNOTSUPP ? "EOPNOTSUPP" : errno == ENOENT ? "ENOENT" : strerror(errno));
	else printf("%s: %s=%.*s\n", what, attr, (int)n, value);
}
static void users(const char *what, const char *path)
{
	char names[1024];
	ssize_t n = llistxattr(path, names, sizeof names);
	printf("%s:", what);
	for (char *p = names; p < names + n; p += strlen(p) + 1) if (strncmp(p, "trusted.overlay.", 16)) printf(" %s", p);
	printf("\n");
}
static void set(const char *path, const char *attr, const char *value)
{
	int r = lsetxattr(path, attr, value, strlen(value), 0);
	printf("set %s on %s: %s\n", attr, path, r == 0 ? "0" : errno == EOPNOTSUPP ? "EOPNOTSUPP" : errno == EROFS ? "EROFS" : strerror(errno));
}
static void touch(const char *path) { close(open(path, O_CREAT | O_WRONLY, 0644)); }

int main(void)
{
	setvbuf(stdout, 0, _IOLBF, 0);
	mkdir("t", 0755);
	mount("none", "t", "tmpfs", 0, NULL);
	chdir("t");
	mkdir("lower", 0755); mkdir("upper", 0755); mkdir("work", 0755); mkdir("merged", 0755);
	mkdir("lower/dir", 0755); touch("lower/dir/inner"); touch("lower/file"); touch("lower/gone");
	mkdir("lower/hidden", 0755); touch("lower/hidden/below");
	mkdir("upper/hidden", 0755); touch("upper/hidden/above");
	set("lower/file", "user.below", "one");
	set("lower/file", "trusted.t", "two");
	set("lower/dir", "user.dir", "three");
	set("upper/hidden", "trusted.overlay.opaque", "y");
	if (mount("overlay", "merged", "overlay", 0, "lowerdir=lower,upperdir=upper,workdir=work")) perror("mount");
	printf("below an opaque directory: %d, above: %d\n", access("merged/hidden/below", F_OK), access("merged/hidden/above", F_OK));
	users("file", "merged/file");
	get("file", "merged/file", "user.below");
	get("file", "merged/file", "trusted.t");
	get("dir", "merged/dir", "user.dir");
	set("merged/file", "user.above", "four");
	users("file", "merged/file");
	users("lower", "lower/file");
	users("upper", "upper/file");
	set("merged/dir", "user.dir", "five");
	get("dir", "merged/dir", "user.dir");
	get("lower", "lower/dir", "user.dir");
	get("upper", "upper/dir", "user.dir");
	removexattr("merged/file", "user.below");
	users("file without it", "merged/file");
	chmod("merged/dir/inner", 0600);
	get("upper/dir/inner", "upper/dir/inner", "user.none");
	/* made anew over what was removed */
	system("rm -r merged/dir; mkdir merged/dir");
	get("upper", "upper/dir", "trusted.overlay.opaque");
	get("merged", "merged/dir", "trusted.overlay.opaque");
	users("merged", "merged/dir");
	set("merged/dir", "user.new", "six");
	get("upper", "upper/dir", "user.new");
	get("upper", "upper/dir", "trusted.overlay.opaque");
	get("hidden", "merged/hidden", "trusted.overlay.opaque");
	system("setcap cap_net_raw=ep lower/gone; getcap merged/gone; chmod 755 merged/gone; getcap merged/gone upper/gone; echo x >> merged/gone; getcap merged/gone lower/gone");
	umount("merged");
	if (mount("overlay", "merged", "overlay", 0, "lowerdir=upper:lower")) perror("mount");
	set("merged/file", "user.ro", "7");
	users("merged", "merged/file");
	umount("merged");
	chdir("..");
	umount("t");
	return 0;
}
