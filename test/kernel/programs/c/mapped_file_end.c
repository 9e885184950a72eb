/* Where a mapped file ends: zeros up to the end of its page, SIGBUS behind; files that grow and shrink under their mappings; the classic shm_open without ftruncate. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static sigjmp_buf back;
static siginfo_t last;
static void on_fault(int s, siginfo_t *info, void *c) { (void)s; (void)c; last = *info; siglongjmp(back, 1); }

static void look(const char *what, volatile char *at)
{
	if (sigsetjmp(back, 1) == 0) printf("%s: %d\n", what, *at);
	else printf("%s: %s, code %d, at that address %d\n", what, last.si_signo == SIGBUS ? "SIGBUS" : "SIGSEGV", last.si_code, last.si_addr == at);
}
static void put(const char *what, volatile char *at, char c)
{
	if (sigsetjmp(back, 1) == 0) { *at = c; printf("%s: written\n", what); }
	else printf("%s: %s, code %d\n", what, last.si_signo == SIGBUS ? "SIGBUS" : "SIGSEGV", last.si_code);
}
static void told(const char *what, long r) { printf("%s: %ld%s\n", what, r, r < 0 ? errno == EFAULT ? " EFAULT" : errno == EACCES ? " EACCES" : " other" : ""); }

int main(void)
{
	setvbuf(stdout, 0, _IONBF, 0);
	struct sigaction sa = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };
	sigaction(SIGBUS, &sa, NULL);
	sigaction(SIGSEGV, &sa, NULL);
	long page = sysconf(_SC_PAGESIZE);
	int fd = open("file", O_CREAT | O_RDWR | O_TRUNC, 0644);
	write(fd, "hello", 5);
	char *s = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	char *p = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	for (int i = 0; i < 2; i++) {
		char *m = i ? s : p;
		printf("%s\n", i ? "shared" : "private");
		look("first byte", m);
		look("behind the end, in its page", m + 100);
		look("next page", m + page);
		look("last page", m + 4 * page - 1);
		put("behind the end, in its page", m + 100, 'x');
		put("next page", m + page, 'x');
		told("write from the next page", write(1, m + page, 1));
		told("read into the next page", read(open("/dev/zero", O_RDONLY), m + page, 1));
		look("behind the end, written before", m + 100);
	}
	struct stat st;
	fstat(fd, &st);
	printf("size %ld\n", (long)st.st_size);
	char b[200];
	printf("read: %zd\n", pread(fd, b, sizeof b, 0));

	printf("grown\n");
	told("ftruncate", ftruncate(fd, 2 * page));
	look("next page", s + page);
	put("next page", s + page, 'y');
	look("third page", s + 2 * page);
	pread(fd, b, 1, page);
	printf("read: %c\n", b[0]);
	pwrite(fd, "end", 3, 3 * page - 3);
	look("third page", s + 3 * page - 1);
	look("fourth page", s + 3 * page);

	printf("shrunk\n");
	told("ftruncate", ftruncate(fd, 3));
	look("first byte", s);
	look("cut off, in its page", s + 4);
	look("next page", s + page);
	put("next page", s + page, 'z');
	told("ftruncate", ftruncate(fd, 2 * page));
	look("what was there is gone", s + page);
	look("and in its page", s + 4);
	ftruncate(fd, 0);
	look("empty", s);

	printf("opened anew\n");
	int again = open("file", O_RDWR | O_TRUNC);
	char *e = mmap(NULL, page, PROT_READ, MAP_PRIVATE, again, 0);
	look("mapping of an empty file", e);
	put("that is read-only", e, 'x');
	e = mmap(NULL, page, PROT_NONE, MAP_SHARED, again, 0);
	look("without any right", e);
	e = mmap(NULL, page, PROT_READ, MAP_SHARED, again, 8 * page);
	look("far behind the end", e);
	pid_t pid = fork();
	if (pid == 0) {
		int m = memfd_create("memory", 0);
		char *x = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, m, 0);
		look("memfd of no size", x);
		ftruncate(m, 10);
		put("of 10 bytes", x, 'm');
		look("of 10 bytes", x);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	/* as beginners do */
	pid = fork();
	if (pid == 0) {
		signal(SIGBUS, SIG_DFL);
		int m = shm_open("/nslab-shm", O_CREAT | O_RDWR, 0600);
		char *x = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, m, 0);
		strcpy(x, "forgot ftruncate");
		_exit(0);
	}
	int status;
	waitpid(pid, &status, 0);
	shm_unlink("/nslab-shm");
	printf("child: %s\n", WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "exit");
	/* two who map it */
	ftruncate(fd, page);
	int up[2], down[2];
	char c;
	pipe(up); pipe(down);
	pid = fork();
	if (pid == 0) {
		look("child: before", s);
		write(up[1], "x", 1);
		read(down[0], &c, 1);
		look("child: another has cut it", s);
		_exit(0);
	}
	read(up[0], &c, 1);
	ftruncate(fd, 0);
	write(down[1], "x", 1);
	waitpid(pid, NULL, 0);
	return system("cat file | wc -c");
}
