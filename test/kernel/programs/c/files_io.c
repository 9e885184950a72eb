#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define CHECK(e) do { long r = (e); printf("%s = %ld%s%s\n", #e, r, r == -1 ? ": " : "", r == -1 ? strerror(errno) : ""); } while (0)
static int filter(const struct dirent *d) { return d->d_name[0] != '.'; }
int main(void)
{
	char buf[128];
	struct stat st;
	int fd;
	CHECK(mkdir("/tmp/d", 0777));
	CHECK(mkdir("/tmp/d", 0777));
	CHECK(fd = open("/tmp/d/f", O_RDWR | O_CREAT | O_EXCL, 0666));
	CHECK(open("/tmp/d/f", O_CREAT | O_EXCL | O_RDWR, 0666));
	CHECK(open("/tmp/d/none", O_RDONLY));
	CHECK(open("/tmp/d", O_WRONLY));
	CHECK(write(fd, "hello world", 11));
	CHECK(lseek(fd, 6, SEEK_SET));
	CHECK(read(fd, buf, 100));
	CHECK(lseek(fd, -3, SEEK_END));
	CHECK(write(fd, "XYZ!", 4));
	CHECK(lseek(fd, 100, SEEK_SET));
	CHECK(lseek(fd, -1, SEEK_SET));
	CHECK(pread(fd, buf, 5, 0));
	printf("%.5s\n", buf);
	CHECK(ftruncate(fd, 4));
	fstat(fd, &st);
	printf("size %ld mode %o links %ld reg %d dir %d\n", (long)st.st_size, st.st_mode, (long)st.st_nlink, S_ISREG(st.st_mode), S_ISDIR(st.st_mode));
	CHECK(close(fd));
	CHECK(close(fd));
	CHECK(link("/tmp/d/f", "/tmp/d/g"));
	CHECK(symlink("f", "/tmp/d/s"));
	CHECK(symlink("loop", "/tmp/d/loop"));
	CHECK(open("/tmp/d/loop", O_RDONLY));
	ssize_t n = readlink("/tmp/d/s", buf, sizeof buf); printf("%.*s\n", (int)n, buf);
	CHECK(readlink("/tmp/d/f", buf, sizeof buf));
	CHECK(rename("/tmp/d/g", "/tmp/d/h"));
	CHECK(chmod("/tmp/d/h", 0400));
	CHECK(access("/tmp/d/h", R_OK));
	CHECK(mkfifo("/tmp/d/fifo", 0600));
	CHECK(rmdir("/tmp/d"));
	CHECK(unlink("/tmp/d"));
	struct dirent **list;
	int k = scandir("/tmp/d", &list, filter, alphasort);
	for (int i = 0; i < k; i++) { printf("%s(%d) ", list[i]->d_name, list[i]->d_type); free(list[i]); }
	free(list); puts("");
	FILE *f = fopen("/tmp/d/t", "w+");
	fprintf(f, "one\ntwo\nthree");
	rewind(f);
	while (fgets(buf, sizeof buf, f)) printf("<%s>", buf);
	printf(" at %ld eof %d\n", ftell(f), feof(f));
	fseek(f, 4, SEEK_SET); printf("%c%c", fgetc(f), getc(f)); ungetc('!', f); printf("%c\n", fgetc(f));
	fclose(f);
	f = fopen("/tmp/d/t", "a"); fputs("\nfour\n", f); fclose(f);
	f = fopen("/tmp/d/t", "r"); char *line = NULL; size_t cap = 0; int lines = 0; while (getline(&line, &cap, f) != -1) lines++; printf("%d lines\n", lines); free(line);
	printf("%d\n", fputc('x', f) == EOF); fclose(f);
	if (!fopen("/tmp/none/x", "w")) perror("fopen");
	CHECK(fd = open("/tmp/d/t", O_RDONLY));
	CHECK(write(fd, "x", 1));
	CHECK(fcntl(fd, F_GETFL) & O_ACCMODE);
	CHECK(dup2(fd, 9) );
	CHECK(fcntl(9, F_GETFD));
	CHECK(fcntl(fd, F_DUPFD_CLOEXEC, 20));
	CHECK(fcntl(20, F_GETFD));
	CHECK(chdir("/tmp/d"));
	printf("%s\n", getcwd(buf, sizeof buf));
	CHECK(chdir("nowhere"));
	CHECK(system("rm -r /tmp/d"));
	printf("%s\n", getcwd(buf, sizeof buf) ? buf : strerror(errno));
	return 0;
}
