#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
int main(void)
{
    struct stat st; char b[8] = "zzzzzzz"; int fd;
    static const char *d[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/urandom" };
    for (int i = 0; i < 5; i++) { if (stat(d[i], &st)) perror(d[i]); else printf("%s %c %u:%u %o\n", d[i], S_ISCHR(st.st_mode) ? 'c' : '?', major(st.st_rdev), minor(st.st_rdev), st.st_mode & 0777); }
    if (mknod("/dev/shm/n", S_IFCHR | 0666, makedev(1, 3)) < 0) perror("mknod"); else { puts("made"); fd = open("/dev/shm/n", O_WRONLY); printf("open on nodev: %d %s\n", fd, strerror(errno)); unlink("/dev/shm/n"); }
    fd = open("/dev/null", O_RDWR); printf("null: write %zd read %zd\n", write(fd, "abc", 3), read(fd, b, 3));
    fd = open("/dev/zero", O_RDWR); printf("zero: read %zd %d\n", read(fd, b, 3), b[2]);
    fd = open("/dev/full", O_RDWR); printf("full: write %zd %s\n", write(fd, "abc", 3), strerror(errno));
    FILE *f = fopen("/dev/full", "w"); fputs("x", f); if (fclose(f)) perror("fclose");
    return 0;
}
