#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/file.h>
#include <sys/wait.h>

static int lock(int fd, int cmd, int type, off_t start, off_t len)
{
	struct flock fl = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = len };
	return fcntl(fd, cmd, &fl);
}

static void who(int fd, off_t start, off_t len)
{
	struct flock fl = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = len };
	if (fcntl(fd, F_GETLK, &fl) < 0) { perror("F_GETLK"); return; }
	if (fl.l_type == F_UNLCK) printf("[%ld,%ld): free\n", (long)start, (long)(start + len));
	else printf("[%ld,%ld): %s lock of %s at %ld, length %ld\n", (long)start, (long)(start + len), fl.l_type == F_RDLCK ? "read" : "write", fl.l_pid == getppid() ? "the parent" : "another", (long)fl.l_start, (long)fl.l_len);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	int fd = open("/tmp/locked", O_RDWR | O_CREAT | O_TRUNC, 0666);
	write(fd, "0123456789", 10);
	lock(fd, F_SETLK, F_WRLCK, 0, 100);
	lock(fd, F_SETLK, F_UNLCK, 40, 20);
	lock(fd, F_SETLK, F_RDLCK, 10, 5);
	if (fork() == 0) {
		who(fd, 0, 5); who(fd, 10, 5); who(fd, 45, 5); who(fd, 55, 50); who(fd, 100, 0);
		if (lock(fd, F_SETLK, F_WRLCK, 12, 1) < 0) printf("write lock: %s\n", strerror(errno));
		if (lock(fd, F_SETLK, F_RDLCK, 12, 1) == 0) printf("read lock: shared\n");
		exit(0);
	}
	wait(NULL);
	int go[2]; pipe(go);
	if (fork() == 0) {
		char c; close(go[1]); read(go[0], &c, 1);
		printf("child waits for the lock\n");
		if (lock(fd, F_SETLKW, F_WRLCK, 0, 0) == 0) printf("child has it\n");
		exit(0);
	}
	write(go[1], "x", 1); usleep(50000);
	printf("parent closes a copy of the descriptor: all its locks go\n");
	close(dup(fd));
	wait(NULL);
	int a[2], b[2]; pipe(a); pipe(b);
	lock(fd, F_SETLK, F_WRLCK, 0, 1);
	if (fork() == 0) {
		char c; lock(fd, F_SETLK, F_WRLCK, 1, 1); write(a[1], "x", 1);
		if (lock(fd, F_SETLKW, F_WRLCK, 0, 1) == 0) printf("child got byte 0\n");
		exit(0);
	}
	char c; read(a[0], &c, 1); usleep(50000);
	if (lock(fd, F_SETLKW, F_WRLCK, 1, 1) < 0) printf("parent: %s\n", strerror(errno));
	lock(fd, F_SETLK, F_UNLCK, 0, 0);
	wait(NULL);
	int ro = open("/tmp/locked", O_RDONLY);
	if (lock(ro, F_SETLK, F_WRLCK, 0, 1) < 0) printf("read only: %s\n", strerror(errno));
	if (lock(fd, F_SETLK, 9, 0, 1) < 0) printf("type 9: %s\n", strerror(errno));
	int two = open("/tmp/locked", O_RDWR);
	struct flock ofd = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	printf("ofd %d\n", fcntl(fd, F_OFD_SETLK, &ofd));
	if (fcntl(two, F_OFD_SETLK, &ofd) < 0) printf("ofd of the other descriptor: %s\n", strerror(errno));
	close(fd);
	printf("after close %d\n", fcntl(two, F_OFD_SETLK, &ofd));
	printf("lockf %d\n", lockf(two, F_TLOCK, 0));
	if (flock(two, LOCK_EX | LOCK_NB) < 0) perror("flock");
	if (flock(ro, LOCK_SH | LOCK_NB) < 0) printf("flock: %s\n", strerror(errno));
	unlink("/tmp/locked");
	return 0;
}
