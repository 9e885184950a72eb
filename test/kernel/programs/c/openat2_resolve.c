/* openat2: what a path must not do, and how it is kept below a directory, as container runtimes open files of a container; kcmp: what two processes have in common. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <linux/openat2.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mount.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *name(int e)
{
	switch (e) {
	case EXDEV: return "EXDEV"; case ELOOP: return "ELOOP"; case ENOENT: return "ENOENT"; case EINVAL: return "EINVAL"; case E2BIG: return "E2BIG"; case EFAULT: return "EFAULT"; case EAGAIN: return "EAGAIN";
	case EBADF: return "EBADF"; case ENOTDIR: return "ENOTDIR"; case EPERM: return "EPERM"; case ESRCH: return "ESRCH"; case EISDIR: return "EISDIR"; case EEXIST: return "EEXIST";
	}
	return strerror(e);
}
static void told(const char *what, long r) { if (r < 0) printf("%s: %s\n", what, name(errno)); else printf("%s: ok\n", what); }
static long open2(int dir, const char *path, struct open_how how) { return syscall(SYS_openat2, dir, path, &how, sizeof how); }

static const char *leads(int fd)
{
	static char link[4096], path[64];
	static char top[4096];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(path, link, sizeof link - 1);
	link[n < 0 ? 0 : n] = 0;
	getcwd(top, sizeof top);
	if (!strncmp(link, top, strlen(top))) return link[strlen(top)] ? link + strlen(top) + 1 : ".";
	return link;
}
static void try(const char *path, int dir)
{
	static const struct { const char *name; uint64_t resolve; } ways[] = {
		{ "plain", 0 }, { "NO_XDEV", RESOLVE_NO_XDEV }, { "NO_MAGICLINKS", RESOLVE_NO_MAGICLINKS }, { "NO_SYMLINKS", RESOLVE_NO_SYMLINKS }, { "BENEATH", RESOLVE_BENEATH }, { "IN_ROOT", RESOLVE_IN_ROOT },
	};
	printf("%s:", path);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		long fd = open2(dir, path, (struct open_how){ .flags = O_PATH | O_CLOEXEC, .resolve = ways[i].resolve });
		if (fd < 0) printf(" %s %s", ways[i].name, name(errno));
		else { printf(" %s -> %s", ways[i].name, leads(fd)); close(fd); }
	}
	printf("\n");
}

static int kcmp(pid_t a, pid_t b, int type, long i, long j) { return syscall(SYS_kcmp, a, b, type, i, j); }
static void same(const char *what, int r) { if (r < 0) printf("%s: %s\n", what, name(errno)); else printf("%s: %s\n", what, r == 0 ? "the same" : r < 3 ? "another" : "?"); }

int main(void)
{
	setvbuf(stdout, 0, _IOLBF, 0);
	/* a mount of its own, everywhere */
	mkdir("/tmp/resolve", 0755);
	chdir("/tmp/resolve");
	mkdir("box", 0755);
	mkdir("box/dir", 0755);
	mkdir("box/mnt", 0755);
	close(open("secret", O_CREAT | O_WRONLY, 0644));
	close(open("box/file", O_CREAT | O_WRONLY, 0644));
	close(open("box/dir/inner", O_CREAT | O_WRONLY, 0644));
	symlink("file", "box/link");
	symlink("../secret", "box/out");
	symlink("/dir/inner", "box/absolute");
	symlink("/etc/hostname", "box/etc");
	symlink("dir/../../box/file", "box/round");
	symlink("/proc/self/root", "box/magic");
	symlink("loop", "box/loop");
	int box = open("box", O_PATH | O_DIRECTORY);
	const char *paths[] = { "file", "dir/inner", "dir/../file", "..", "../secret", "../../../../../..", "dir/../../box/file", "/", "/file", "/etc/hostname", "link", "out", "absolute", "etc", "round", "magic", "magic/etc", "loop",
		"dir/../link", "missing", "file/x", ".", "" };
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) try(paths[i], box);
	try("/proc/self/exe", AT_FDCWD);
	try("/proc/self/fd/0", AT_FDCWD);
	try("/proc/self/cwd/secret", AT_FDCWD);
	try("/dev/null", AT_FDCWD);
	try("/proc", AT_FDCWD);
	if (getuid() == 0 && mount("none", "box/mnt", "tmpfs", 0, NULL) == 0) {
		close(open("box/mnt/file", O_CREAT | O_WRONLY, 0644));
		symlink("/file", "box/mnt/up");
		try("mnt", box);
		try("mnt/file", box);
		try("mnt/../file", box);
		try("mnt/up", box);
		int inside = open("box/mnt", O_PATH);
		try("..", inside);
		try("../file", inside);
		told("created in another mount", open2(box, "mnt/new", (struct open_how){ .flags = O_CREAT | O_WRONLY, .mode = 0600, .resolve = RESOLVE_NO_XDEV }));
		umount2("box/mnt", MNT_DETACH);
	}
	/* making files */
	told("create beneath", open2(box, "made", (struct open_how){ .flags = O_CREAT | O_WRONLY, .mode = 0640, .resolve = RESOLVE_BENEATH }));
	told("create above", open2(box, "../made", (struct open_how){ .flags = O_CREAT | O_WRONLY, .mode = 0640, .resolve = RESOLVE_BENEATH }));
	told("create through a link", open2(box, "out", (struct open_how){ .flags = O_CREAT | O_WRONLY, .mode = 0640, .resolve = RESOLVE_BENEATH }));
	told("create through a link, no links", open2(box, "link", (struct open_how){ .flags = O_CREAT | O_WRONLY, .mode = 0640, .resolve = RESOLVE_NO_SYMLINKS }));
	told("create by an absolute link in the root", open2(box, "absolute", (struct open_how){ .flags = O_CREAT | O_WRONLY, .mode = 0640, .resolve = RESOLVE_IN_ROOT }));
	told("a link itself, no links", open2(box, "link", (struct open_how){ .flags = O_PATH | O_NOFOLLOW, .resolve = RESOLVE_NO_SYMLINKS }));
	struct stat st;
	stat("box/made", &st);
	printf("mode %o\n", st.st_mode & 07777);
	/* what it does not take */
	told("unknown flag", open2(box, "file", (struct open_how){ .flags = 1ull << 40 }));
	told("unknown flag of open", open2(box, "file", (struct open_how){ .flags = 020 }));
	told("unknown resolve", open2(box, "file", (struct open_how){ .resolve = 0x40 }));
	told("beneath and in root", open2(box, "file", (struct open_how){ .resolve = RESOLVE_BENEATH | RESOLVE_IN_ROOT }));
	told("mode without O_CREAT", open2(box, "file", (struct open_how){ .mode = 0644 }));
	told("bad mode", open2(box, "new", (struct open_how){ .flags = O_CREAT, .mode = 010644 }));
	told("O_PATH with O_WRONLY", open2(box, "file", (struct open_how){ .flags = O_PATH | O_WRONLY }));
	told("cached", open2(box, "file", (struct open_how){ .resolve = RESOLVE_CACHED }));
	told("cached, create", open2(box, "file", (struct open_how){ .flags = O_CREAT, .mode = 0600, .resolve = RESOLVE_CACHED }));
	struct { struct open_how how; uint64_t more; } longer = { { .flags = O_RDONLY }, 0 };
	told("longer", syscall(SYS_openat2, box, "file", &longer, sizeof longer));
	longer.more = 1;
	told("longer, not zero", syscall(SYS_openat2, box, "file", &longer, sizeof longer));
	told("shorter", syscall(SYS_openat2, box, "file", &longer, 16));
	told("far too long", syscall(SYS_openat2, box, "file", &longer, 5000));
	told("nowhere", syscall(SYS_openat2, box, "file", 16, 24));
	told("bad descriptor", open2(99, "file", (struct open_how){ 0 }));

	/* kcmp */
	pid_t me = getpid();
	int copy = dup(box), again = open("box", O_PATH);
	same("dup", kcmp(me, me, KCMP_FILE, box, copy));
	same("opened twice", kcmp(me, me, KCMP_FILE, box, again));
	same("not open", kcmp(me, me, KCMP_FILE, box, 99));
	same("unknown", kcmp(me, me, 20, 0, 0));
	same("nobody", kcmp(me, 99999, KCMP_VM, 0, 0));
	pid_t pid = fork();
	if (pid == 0) { pause(); _exit(0); }
	same("fork: file", kcmp(me, pid, KCMP_FILE, box, box));
	same("fork: memory", kcmp(me, pid, KCMP_VM, 0, 0));
	same("fork: files", kcmp(me, pid, KCMP_FILES, 0, 0));
	same("fork: fs", kcmp(me, pid, KCMP_FS, 0, 0));
	same("fork: handlers", kcmp(me, pid, KCMP_SIGHAND, 0, 0));
	same("fork: io", kcmp(me, pid, KCMP_IO, 0, 0));
	same("fork: undo", kcmp(me, pid, KCMP_SYSVSEM, 0, 0));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	pid = syscall(SYS_clone, CLONE_FS | CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0) { pause(); _exit(0); }
	same("clone: files", kcmp(me, pid, KCMP_FILES, 0, 0));
	same("clone: fs", kcmp(me, pid, KCMP_FS, 0, 0));
	same("clone: memory", kcmp(me, pid, KCMP_VM, 0, 0));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	if (getuid()) same("init", kcmp(1, me, KCMP_VM, 0, 0));

	/* semtimedop */
	int sem = semget(IPC_PRIVATE, 1, 0600);
	struct sembuf take = { 0, -1, 0 };
	struct timespec t = { 0, 20000000 }, before, after;
	clock_gettime(CLOCK_MONOTONIC, &before);
	told("semtimedop", semtimedop(sem, &take, 1, &t));
	clock_gettime(CLOCK_MONOTONIC, &after);
	long ms = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
	printf("it waited: %d\n", ms >= 19);
	t.tv_nsec = 1000000000;
	told("bad time", semtimedop(sem, &take, 1, &t));
	t = (struct timespec){ 5, 0 };
	pid = fork();
	if (pid == 0) { struct sembuf give = { 0, 1, 0 }; usleep(1000); semop(sem, &give, 1); _exit(0); }
	told("somebody gives", semtimedop(sem, &take, 1, &t));
	waitpid(pid, NULL, 0);
	semctl(sem, 0, IPC_RMID);
	return 0;
}
