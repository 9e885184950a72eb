/* Capabilities of program files: set and shown with setcap and getcap and by the attribute itself, what exec makes of them, for whom, and what takes them away. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static void show(void)
{
	char line[256];
	FILE *f = fopen("/proc/self/status", "r");
	printf("  ");
	while (fgets(line, sizeof line, f))
		if (!strncmp(line, "CapInh", 6) || !strncmp(line, "CapPrm", 6) || !strncmp(line, "CapEff", 6) || !strncmp(line, "CapAmb", 6)) {
			/* this machine's root may lack CAP_SYS_RESOURCE */
			printf("%.3s %lx ", line + 3, strtoul(line + 8, NULL, 16) & ~(1ul << 24));
		}
	fclose(f);
	printf("dumpable %d uid %d/%d\n", prctl(PR_GET_DUMPABLE), getuid(), geteuid());
}

static void copy(const char *to)
{
	char b[65536];
	ssize_t n;
	int in = open("/proc/self/exe", O_RDONLY), out = open(to, O_CREAT | O_WRONLY | O_TRUNC, 0755);
	while ((n = read(in, b, sizeof b)) > 0) write(out, b, n);
	close(in);
	close(out);
	chmod(to, 0755);
}

static int ran(const char *what, uid_t uid, void (*before)(void), const char *program)
{
	int status;
	printf("%s:\n", what);
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		if (uid) { setgroups(0, NULL); setresgid(uid, uid, uid); setresuid(uid, uid, uid); }
		if (before) before();
		execl(program, "program", "show", NULL);
		printf("  exec: %s\n", strerror(errno));
		fflush(stdout);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	return status;
}
static void sh(const char *line)
{
	printf("$ %s\n", line);
	fflush(stdout);
	int status = system(line);
	if (status) printf("=> %d\n", WEXITSTATUS(status));
}

static void nnp(void) { prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static void in_userns(void) { if (unshare(CLONE_NEWUSER)) printf("  unshare: %s\n", strerror(errno)); }

static void raw(const char *what, const char *file)
{
	uint32_t d[8];
	ssize_t n = getxattr(file, "security.capability", d, sizeof d);
	printf("%s: %zd", what, n < 0 ? -(ssize_t)errno : n);
	for (ssize_t i = 0; i < n / 4; i++) printf(" %#x", d[i]);
	printf("\n");
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "show")) { show(); return 0; }
	setvbuf(stdout, 0, _IOLBF, 0);
	if (argc > 2) { raw(argv[1], argv[2]); return 0; }
	chmod(".", 0755);
	copy("p");
	copy("q");
	sh("getcap p");
	sh("setcap cap_net_raw,cap_chown=ep p");
	sh("getcap p q; getcap -v q; getcap -r . ");
	if (getuid()) {
		uint32_t v2[5] = { 0x02000001, 1 << 13, 0, 0, 0 };
		printf("set: %d %s\n", setxattr("p", "security.capability", v2, sizeof v2, 0), strerror(errno));
		raw("get", "p");
		ran("plain", 0, NULL, "./p");
		return 0;
	}
	raw("attribute", "p");
	ran("root", 0, NULL, "./p");
	ran("1000", 1000, NULL, "./p");
	ran("1000, no new privileges", 1000, nnp, "./p");
	ran("1000, in its own user namespace", 1000, in_userns, "./p");
	sh("setcap cap_net_raw+p q; getcap q");
	ran("permitted only", 1000, NULL, "./q");
	sh("setcap cap_net_raw+ei q; getcap q");
	ran("inheritable only", 1000, NULL, "./q");
	sh("setcap 'all=ep cap_sys_resource-ep' q; getcap q");
	ran("all but one", 1000, NULL, "./q");
	sh("setcap = q; getcap q");
	ran("none: 1000", 1000, NULL, "./q");
	ran("none: root", 0, NULL, "./q");
	sh("setcap -r q; getcap q; setcap -r q");
	/* set-user-id root and capabilities: no more than those */
	chown("p", 0, 0);
	sh("setcap cap_net_raw=ep p; chmod u+s p; getcap p");
	ran("set-user-id", 1000, NULL, "./p");
	sh("chmod u-s p; getcap p");
	/* the bounding set */
	ran("bounding set", 0, NULL, "./p");
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_CAPBSET_DROP, 13, 0, 0, 0);
		sh("setcap cap_net_raw=p q");
		ran("not in the bounding set, effective", 1000, NULL, "./p");
		ran("not in the bounding set, permitted", 1000, NULL, "./q");
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	/* what takes them away */
	sh("setcap cap_net_raw=ep q; mv q r; getcap r; ln r r2; getcap r2; chmod 700 r; getcap r; touch r; getcap r");
	sh("chown 1000 r; getcap r");
	sh("setcap cap_kill=p r; printf x >> r; getcap r; setcap cap_kill=p r; truncate -s 100 r; getcap r; setcap cap_kill=p r; cp r s; getcap s");
	/* file systems that do not count */
	mkdir("m", 0755);
	mount("none", "m", "tmpfs", MS_NOSUID, NULL);
	chmod("m", 0755);
	copy("m/n");
	sh("setcap cap_net_raw=ep m/n; getcap m/n");
	ran("nosuid", 1000, NULL, "m/n");
	umount("m");
	/* other roots */
	sh("setcap -n 1000 cap_net_raw=ep p; getcap p; getcap -n p");
	raw("attribute", "p");
	ran("for the root of 1000's namespaces, outside", 1000, NULL, "./p");
	ran("before its map is written", 1000, in_userns, "./p");
	sh("setcap -v cap_net_raw=ep p; setcap -v -n 1000 cap_net_raw=ep p; setcap -v -n 5 cap_chown=ep p; setcap -q -v cap_chown=p r");
	int up[2], down[2];
	char c;
	pipe(up); pipe(down);
	pid = fork();
	if (pid == 0) {
		setgroups(0, NULL); setresgid(1000, 1000, 1000); setresuid(1000, 1000, 1000);
		unshare(CLONE_NEWUSER);
		write(up[1], "x", 1);
		read(down[0], &c, 1);
		raw("seen by that root", "p");
		setresgid(1, 1, 1); setresuid(1, 1, 1);
		ran("for another user in there", 0, NULL, "./p");
		_exit(0);
	}
	read(up[0], &c, 1);
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/uid_map", pid);
	int fd = open(path, O_WRONLY);
	write(fd, "0 1000 2", 8);
	close(fd);
	snprintf(path, sizeof path, "/proc/%d/gid_map", pid);
	fd = open(path, O_WRONLY);
	write(fd, "0 1000 2", 8);
	close(fd);
	write(down[1], "x", 1);
	waitpid(pid, NULL, 0);
	/* a root of a user namespace sets them for itself */
	chown(".", 1000, 1000);
	pid = fork();
	if (pid == 0) {
		setgroups(0, NULL); setresgid(1000, 1000, 1000); setresuid(1000, 1000, 1000);
		prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
		unshare(CLONE_NEWUSER);
		fd = open("/proc/self/setgroups", O_WRONLY); write(fd, "deny", 4); close(fd);
		fd = open("/proc/self/uid_map", O_WRONLY); write(fd, "0 1000 1", 8); close(fd);
		fd = open("/proc/self/gid_map", O_WRONLY); write(fd, "0 1000 1", 8); close(fd);
		copy("own");
		sh("setcap cap_net_raw=ep own; getcap -n own; setcap cap_net_raw=ep p");
		raw("inside", "own");
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	raw("outside", "own");
	sh("getcap -n own");
	uint32_t bad[6] = { 0x02000000, 1, 0, 0, 0, 0 };
	printf("size 19: %d %s\n", setxattr("q2", "security.capability", bad, 20, 0), strerror(errno));
	printf("size 24 of revision 2: %d %s\n", setxattr("own", "security.capability", bad, 24, 0), strerror(errno));
	bad[0] = 0x03000000;
	bad[5] = -1;
	printf("root -1: %d %s\n", setxattr("own", "security.capability", bad, 24, 0), strerror(errno));
	bad[0] = 0x04000000;
	printf("revision 4: %d %s\n", setxattr("own", "security.capability", bad, 24, 0), strerror(errno));
	bad[0] = 0x01000000;
	printf("revision 1: %d %s\n", setxattr("own", "security.capability", bad, 12, 0), strerror(errno));
	return 0;
}
