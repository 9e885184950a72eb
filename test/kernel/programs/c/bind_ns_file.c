#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/magic.h>
#ifndef NSFS_MAGIC
#define NSFS_MAGIC 0x6e736673
#endif
static void step(const char *s, int r) { printf("%s: %s\n", s, r < 0 ? strerror(errno) : "ok"); fflush(stdout); }
int main(void)
{
    struct statfs fs; int fd;
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) { perror("unshare"); return 1; }
    close(open("/tmp/net", O_CREAT | O_RDWR, 0644)); close(open("/tmp/mnt", O_CREAT | O_RDWR, 0644));
    if (access("/tmp/net", F_OK)) perror("files");
    step("private tmp", mount("t", "/tmp", "tmpfs", 0, NULL));
    fd = open("/proc/self/ns/net", O_RDONLY);
    fstatfs(fd, &fs); printf("nsfs %d\n", fs.f_type == NSFS_MAGIC);
    step("unshare net", unshare(CLONE_NEWNET));
    mkdir("/tmp/d", 0700);
    step("bind on a directory", mount("/proc/self/ns/net", "/tmp/d", NULL, MS_BIND, NULL));
    step("bind own mnt ns", mount("/proc/self/ns/mnt", "/proc/self/ns/uts", NULL, MS_BIND, NULL));
    step("write", open("/proc/self/ns/net", O_WRONLY));
    char b[4]; step("read", read(fd, b, 4));
    step("unlink", unlink("/proc/self/ns/net"));
    step("lookup", access("/proc/self/ns/nope", F_OK));
    step("setns back", setns(fd, CLONE_NEWNET));
    return 0;
}
