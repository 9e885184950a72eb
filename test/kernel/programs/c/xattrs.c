/* Extended attributes: user, trusted and security ones, on files, directories and links; who may read and write them, and every error. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static const char *name(int e)
{
	switch (e) {
	case EPERM: return "EPERM"; case ENOENT: return "ENOENT"; case EACCES: return "EACCES"; case EEXIST: return "EEXIST"; case EINVAL: return "EINVAL"; case ERANGE: return "ERANGE";
	case ENODATA: return "ENODATA"; case EOPNOTSUPP: return "EOPNOTSUPP"; case E2BIG: return "E2BIG"; case EROFS: return "EROFS"; case EBADF: return "EBADF"; case EFAULT: return "EFAULT";
	}
	return strerror(e);
}
static void told(const char *what, long r)
{
	if (r < 0) printf("%s: %s\n", what, name(errno));
	else printf("%s: %ld\n", what, r);
}
static void list(const char *what, const char *path)
{
	char names[1024];
	ssize_t n = llistxattr(path, names, sizeof names);
	if (n < 0) { told(what, n); return; }
	printf("%s:", what);
	for (char *p = names; p < names + n; p += strlen(p) + 1) printf(" %s", p);
	printf(" (%zd)\n", n);
}
static void get(const char *what, const char *path, const char *attr)
{
	char value[256];
	ssize_t n = getxattr(path, attr, value, sizeof value);
	if (n < 0) told(what, n);
	else printf("%s: \"%.*s\"\n", what, (int)n, value);
}

int main(void)
{
	setvbuf(stdout, 0, _IOLBF, 0);
	char big[300], value[16];
	memset(big, 'n', sizeof big);
	memcpy(big, "user.", 5);
	big[299] = 0;
	close(open("file", O_CREAT | O_RDWR, 0644));
	mkdir("dir", 0755);
	symlink("file", "link");
	symlink("nowhere", "dangling");
	mkfifo("fifo", 0644);
	list("none yet", "file");
	told("get what is not there", getxattr("file", "user.a", value, sizeof value));
	told("remove what is not there", removexattr("file", "user.a"));
	told("replace what is not there", setxattr("file", "user.a", "1", 1, XATTR_REPLACE));
	told("set", setxattr("file", "user.beta", "value", 5, 0));
	told("create again", setxattr("file", "user.beta", "other", 5, XATTR_CREATE));
	told("set another", setxattr("file", "user.alpha", "first", 5, XATTR_CREATE));
	told("empty value", setxattr("file", "user.empty", "", 0, 0));
	told("null value", setxattr("file", "user.null", NULL, 0, 0));
	told("replace", setxattr("file", "user.beta", "new", 3, XATTR_REPLACE));
	list("names", "file");
	get("beta", "file", "user.beta");
	get("empty", "file", "user.empty");
	told("size of beta", getxattr("file", "user.beta", NULL, 0));
	told("too little room", getxattr("file", "user.beta", value, 2));
	told("list: size", listxattr("file", NULL, 0));
	told("list: too little room", listxattr("file", value, 3));
	told("both flags", setxattr("file", "user.x", "1", 1, XATTR_CREATE | XATTR_REPLACE));
	told("unknown flag", setxattr("file", "user.x", "1", 1, 4));
	told("name without a prefix", setxattr("file", "x", "1", 1, 0));
	told("name that is a prefix", setxattr("file", "user.", "1", 1, 0));
	told("get a prefix", getxattr("file", "user.", value, sizeof value));
	told("unknown class", setxattr("file", "other.x", "1", 1, 0));
	told("unknown class, get", getxattr("file", "other.x", value, sizeof value));
	told("unknown class, remove", removexattr("file", "other.x"));
	told("empty name", setxattr("file", "", "1", 1, 0));
	told("long name", setxattr("file", big, "1", 1, 0));
	big[256] = 0;
	told("name of 256", setxattr("file", big, "1", 1, 0));
	big[255] = 0;
	told("name of 255", setxattr("file", big, "1", 1, 0));
	told("remove it", removexattr("file", big));
	told("value of 65537", setxattr("file", "user.big", malloc(70000), 65537, 0));
	told("value at nowhere", setxattr("file", "user.big", (void *)16, 5, 0));
	told("name at nowhere", setxattr("file", (void *)16, "1", 1, 0));
	told("no such file", setxattr("missing", "user.a", "1", 1, 0));
	told("no such file, get", getxattr("missing", "user.a", value, 1));
	told("bad descriptor", fsetxattr(99, "user.a", "1", 1, 0));
	int fd = open("file", O_RDONLY);
	told("fset on one that reads", fsetxattr(fd, "user.fd", "f", 1, 0));
	told("fget", fgetxattr(fd, "user.fd", value, sizeof value));
	told("flist", flistxattr(fd, NULL, 0));
	told("fremove", fremovexattr(fd, "user.fd"));
	int o = open("file", O_PATH);
	told("O_PATH: fset", fsetxattr(o, "user.fd", "f", 1, 0));
	told("O_PATH: fget", fgetxattr(o, "user.beta", value, sizeof value));
	told("through the link", setxattr("link", "user.through", "1", 1, 0));
	told("on the link", lsetxattr("link", "user.on", "1", 1, 0));
	told("of the link", lgetxattr("link", "user.on", value, sizeof value));
	told("dangling", setxattr("dangling", "user.a", "1", 1, 0));
	told("on a dangling link", lsetxattr("dangling", "user.a", "1", 1, 0));
	told("on a FIFO", setxattr("fifo", "user.a", "1", 1, 0));
	told("of a FIFO", getxattr("fifo", "user.a", value, sizeof value));
	list("names of the link", "link");
	list("names of the file", "file");
	told("on a directory", setxattr("dir", "user.dir", "d", 1, 0));
	get("of a directory", "dir", "user.dir");
	told("trusted", setxattr("file", "trusted.t", "t", 1, 0));
	get("trusted", "file", "trusted.t");
	get("trusted that is not there", "file", "trusted.no");
	told("remove trusted that is not there", removexattr("file", "trusted.no"));
	told("trusted on a link", lsetxattr("link", "trusted.l", "t", 1, 0));
	told("security", setxattr("file", "security.s", "s", 1, 0));
	get("security", "file", "security.s");
	told("remove security that is not there", removexattr("file", "security.no"));
	told("capabilities that are none", setxattr("file", "security.capability", "abc", 3, 0));
	list("names", "file");
	told("on /proc", setxattr("/proc/self/comm", "user.a", "1", 1, 0));
	told("of /proc", getxattr("/proc/self/comm", "user.a", value, 1));
	list("names in /proc", "/proc/self/comm");
	chmod("file", 0444);
	told("read-only file", setxattr("file", "user.ro", "1", 1, 0));
	chmod("file", 0000);
	told("file without permissions: get", getxattr("file", "user.beta", value, sizeof value));
	told("file without permissions: list", listxattr("file", NULL, 0));
	chmod("file", 0644);
	rename("file", "moved");
	get("after rename", "moved", "user.alpha");
	link("moved", "second");
	get("by the other name", "second", "user.alpha");
	told("remove by it", removexattr("second", "user.alpha"));
	get("by the first", "moved", "user.alpha");
	told("system", setxattr("moved", "system.foo", "1", 1, 0));
	get("mode and owner stay", "moved", "user.beta");
	if (getuid() == 0) {
		chmod("dir", 01777);
		pid_t pid = fork();
		if (pid == 0) {
			setresgid(1000, 1000, 1000);
			setresuid(1000, 1000, 1000);
			told("other user: set", setxattr("moved", "user.o", "1", 1, 0));
			get("other user: get", "moved", "user.beta");
			get("other user: trusted", "moved", "trusted.t");
			get("other user: security", "moved", "security.s");
			told("other user: set security", setxattr("moved", "security.s", "1", 1, 0));
			told("other user: remove security", removexattr("moved", "security.s"));
			told("other user: set trusted", setxattr("moved", "trusted.t", "1", 1, 0));
			list("other user: names", "moved");
			told("other user: sticky directory", setxattr("dir", "user.o", "1", 1, 0));
			_exit(0);
		}
		waitpid(pid, NULL, 0);
		mkdir("t", 0755);
		mount("none", "t", "tmpfs", 0, NULL);
		close(open("t/file", O_CREAT | O_RDWR, 0644));
		told("tmpfs: user", setxattr("t/file", "user.a", "1", 1, 0));
		told("tmpfs: trusted", setxattr("t/file", "trusted.a", "1", 1, 0));
		mount("none", "t", NULL, MS_REMOUNT | MS_RDONLY, NULL);
		told("read-only: set", setxattr("t/file", "user.a", "2", 1, 0));
		told("read-only: remove", removexattr("t/file", "user.a"));
		get("read-only: get", "t/file", "user.a");
		umount("t");
		mount("none", "t", "ramfs", 0, NULL);
		close(open("t/file", O_CREAT | O_RDWR, 0644));
		told("ramfs: user", setxattr("t/file", "user.a", "1", 1, 0));
		told("ramfs: get", getxattr("t/file", "user.a", value, 1));
		list("ramfs: names", "t/file");
		umount("t");
	}
	return 0;
}
