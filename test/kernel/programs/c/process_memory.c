/* Another process' memory: /proc/PID/mem, process_vm_readv, process_vm_writev; who may look, and where it ends. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *name(int e)
{
	switch (e) { case EPERM: return "EPERM"; case EIO: return "EIO"; case ESRCH: return "ESRCH"; case EACCES: return "EACCES"; case EFAULT: return "EFAULT"; case EINVAL: return "EINVAL"; case ENOENT: return "ENOENT"; }
	return strerror(e);
}
static void told(const char *what, long r)
{
	if (r < 0) printf("%s: %s\n", what, name(errno));
	else printf("%s: %ld\n", what, r);
}
static char word[32] = "the parent's";
static long number = 1;

static int mem(pid_t pid, int flags)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/mem", pid);
	return open(path, flags);
}

int main(void)
{
	setvbuf(stdout, 0, _IONBF, 0);
	int p[2], q[2];
	char c, text[64];
	long page = sysconf(_SC_PAGESIZE);
	char *two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(two, 'a', 2 * page);
	munmap(two + page, page);
	pipe(p); pipe(q);
	pid_t child = fork();
	if (child == 0) {
		strcpy(word, "the child's");
		number = 2;
		write(p[1], "x", 1);
		read(q[0], &c, 1);
		printf("child: \"%s\", number %ld\n", word, number);
		write(p[1], "x", 1);
		read(q[0], &c, 1);
		prctl(PR_SET_DUMPABLE, 0);
		write(p[1], "x", 1);
		read(q[0], &c, 1);
		execl("/bin/sleep", "sleep", "100", NULL);
		_exit(1);
	}
	read(p[0], &c, 1);
	int fd = mem(child, O_RDWR);
	told("open", fd >= 0 ? 0 : -1);
	memset(text, 0, sizeof text);
	told("pread", pread(fd, text, sizeof word, (off_t)(uintptr_t)word));
	printf("the child has \"%s\", the parent \"%s\"\n", text, word);
	told("pwrite", pwrite(fd, "written", 8, (off_t)(uintptr_t)word));
	told("lseek", lseek(fd, (off_t)(uintptr_t)&number, SEEK_SET) == (off_t)(uintptr_t)&number);
	long n = 0;
	told("read", read(fd, &n, sizeof n));
	printf("number %ld\n", n);
	told("the position moved", lseek(fd, 0, SEEK_CUR) - (off_t)(uintptr_t)&number);
	told("read nothing", read(fd, &n, 0));
	told("read address 0", pread(fd, &n, sizeof n, 0));
	told("write address 0", pwrite(fd, &n, sizeof n, 0));
	char *room = malloc(3 * page);
	told("read over the end", pread(fd, room, 2 * page, (off_t)(uintptr_t)two + page - 100));
	struct iovec own[2] = { { room, 5 }, { room + 100, 50 } };
	struct iovec theirs[2] = { { two + page - 8, 8 }, { &number, sizeof number } };
	told("process_vm_readv", process_vm_readv(child, own, 2, theirs, 2, 0));
	theirs[1].iov_base = two + page;
	told("process_vm_readv over the end", process_vm_readv(child, own, 2, theirs, 2, 0));
	theirs[0].iov_base = two + page;
	told("process_vm_readv behind the end", process_vm_readv(child, own, 2, theirs, 2, 0));
	n = 77;
	own[0] = (struct iovec){ &n, sizeof n };
	theirs[0].iov_base = &number;
	told("process_vm_writev", process_vm_writev(child, own, 1, theirs, 1, 0));
	theirs[0].iov_base = (void *)16;
	told("process_vm_writev to nowhere", process_vm_writev(child, own, 1, theirs, 1, 0));
	told("process_vm_readv of nobody", process_vm_readv(99999, own, 1, theirs, 1, 0));
	theirs[0].iov_base = &number;
	own[0].iov_base = (void *)16;
	told("process_vm_readv to nowhere", process_vm_readv(child, own, 1, theirs, 1, 0));
	told("too many parts", process_vm_readv(child, own, 1025, theirs, 1, 0));
	own[0].iov_base = &n;
	write(q[1], "x", 1);
	read(p[0], &c, 1);
	write(q[1], "x", 1);
	read(p[0], &c, 1);
	if (getuid()) {
		told("not dumpable: open", mem(child, O_RDONLY));
		told("not dumpable: process_vm_readv", process_vm_readv(child, own, 1, theirs, 1, 0));
		told("init: open", mem(1, O_RDONLY));
		told("init: process_vm_readv", process_vm_readv(1, own, 1, theirs, 1, 0));
	}
	told("not dumpable, open before: read", pread(fd, &n, sizeof n, (off_t)(uintptr_t)&number));
	write(q[1], "x", 1);
	/* the other program has another memory */
	while (pread(fd, &n, sizeof n, (off_t)(uintptr_t)&number) > 0) usleep(1000);
	told("after exec: read", pread(fd, &n, sizeof n, (off_t)(uintptr_t)&number));
	told("after exec: write", pwrite(fd, &n, sizeof n, (off_t)(uintptr_t)&number));
	kill(child, SIGKILL);
	siginfo_t info;
	waitid(P_PID, child, &info, WEXITED | WNOWAIT);
	told("zombie: process_vm_readv", process_vm_readv(child, own, 1, theirs, 1, 0));
	int zombie = mem(child, O_RDONLY);
	told("zombie: open", zombie >= 0 ? 0 : -1);
	waitpid(child, NULL, 0);
	told("gone: open", mem(child, O_RDONLY));
	told("gone: read", pread(fd, &n, sizeof n, (off_t)(uintptr_t)&number));
	fd = open("/proc/self/mem", O_RDWR);
	told("own: pwrite", pwrite(fd, "myself", 7, (off_t)(uintptr_t)word));
	printf("\"%s\"\n", word);
	return 0;
}
