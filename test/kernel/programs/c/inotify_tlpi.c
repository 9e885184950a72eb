/* inotify: TLPI demo_inotify style */
#include <sys/inotify.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>
#include <sys/stat.h>
#include <poll.h>
#define BUF_LEN (10 * (sizeof(struct inotify_event) + NAME_MAX + 1))
static void displayInotifyEvent(struct inotify_event *i)
{
    printf("    wd =%2d; ", i->wd);
    if (i->cookie > 0) printf("cookie; ");
    printf("mask = ");
    if (i->mask & IN_ACCESS)        printf("IN_ACCESS ");
    if (i->mask & IN_ATTRIB)        printf("IN_ATTRIB ");
    if (i->mask & IN_CLOSE_NOWRITE) printf("IN_CLOSE_NOWRITE ");
    if (i->mask & IN_CLOSE_WRITE)   printf("IN_CLOSE_WRITE ");
    if (i->mask & IN_CREATE)        printf("IN_CREATE ");
    if (i->mask & IN_DELETE)        printf("IN_DELETE ");
    if (i->mask & IN_DELETE_SELF)   printf("IN_DELETE_SELF ");
    if (i->mask & IN_IGNORED)       printf("IN_IGNORED ");
    if (i->mask & IN_ISDIR)         printf("IN_ISDIR ");
    if (i->mask & IN_MODIFY)        printf("IN_MODIFY ");
    if (i->mask & IN_MOVE_SELF)     printf("IN_MOVE_SELF ");
    if (i->mask & IN_MOVED_FROM)    printf("IN_MOVED_FROM ");
    if (i->mask & IN_MOVED_TO)      printf("IN_MOVED_TO ");
    if (i->mask & IN_OPEN)          printf("IN_OPEN ");
    if (i->mask & IN_Q_OVERFLOW)    printf("IN_Q_OVERFLOW ");
    if (i->mask & IN_UNMOUNT)       printf("IN_UNMOUNT ");
    printf("\n");
    if (i->len > 0) printf("        name = %s len %u\n", i->name, i->len);
}
static int fd;
static void drain(const char *what)
{
    char buf[BUF_LEN] __attribute__((aligned(8)));
    printf("%s\n", what);
    for (;;) {
        ssize_t n = read(fd, buf, BUF_LEN);
        if (n == -1) { if (errno != EAGAIN) perror("read"); break; }
        for (char *p = buf; p < buf + n; ) {
            struct inotify_event *e = (struct inotify_event *)p;
            displayInotifyEvent(e);
            p += sizeof(struct inotify_event) + e->len;
        }
    }
}
int main(void)
{
    char b[16];
    mkdir("/tmp/d", 0755);
    fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    int wd = inotify_add_watch(fd, "/tmp/d", IN_ALL_EVENTS);
    printf("watch %d, again %d\n", wd, inotify_add_watch(fd, "/tmp/d", IN_ALL_EVENTS));
    int f = open("/tmp/d/a", O_CREAT | O_RDWR, 0644);
    drain("creat");
    write(f, "hello", 5); drain("write");
    pread(f, b, 5, 0); drain("read");
    fchmod(f, 0600); drain("fchmod");
    ftruncate(f, 2); drain("ftruncate");
    close(f); drain("close");
    f = open("/tmp/d/a", O_RDONLY); close(f); drain("open, close read only");
    chmod("/tmp/d/a", 0644); drain("chmod");
    rename("/tmp/d/a", "/tmp/d/b"); drain("rename in");
    rename("/tmp/d/b", "/tmp/b"); drain("rename out");
    rename("/tmp/b", "/tmp/d/longer_name_than_sixteen"); drain("rename back");
    link("/tmp/d/longer_name_than_sixteen", "/tmp/d/l"); drain("link");
    symlink("l", "/tmp/d/s"); drain("symlink");
    mkdir("/tmp/d/sub", 0755); drain("mkdir");
    rmdir("/tmp/d/sub"); drain("rmdir");
    mkfifo("/tmp/d/fifo", 0600); drain("mkfifo");
    unlink("/tmp/d/fifo"); unlink("/tmp/d/s"); unlink("/tmp/d/l"); drain("unlinks");
    truncate("/tmp/d/longer_name_than_sixteen", 100); drain("truncate");
    int w2 = inotify_add_watch(fd, "/tmp/d/longer_name_than_sixteen", IN_ALL_EVENTS);
    printf("second %d\n", w2);
    unlink("/tmp/d/longer_name_than_sixteen"); drain("unlink watched");
    printf("rm: %d\n", inotify_rm_watch(fd, w2)); perror("rm");
    system("echo hi > /tmp/d/x; cat /tmp/d/x; rm /tmp/d/x"); drain("shell");
    system("ls /tmp/d"); drain("ls");
    system("touch /tmp/d/t; mv /tmp/d/t /tmp/d/u; rm /tmp/d/u; rmdir /tmp/d"); drain("removed");
    printf("%d %s\n", inotify_add_watch(fd, "/nowhere", IN_OPEN), strerror(errno));
    printf("%d %s\n", inotify_add_watch(0, "/tmp", IN_OPEN), strerror(errno));
    printf("%d %s\n", inotify_add_watch(fd, "/tmp", 0), strerror(errno));
    printf("%d %s\n", inotify_init1(1), strerror(errno));
    return 0;
}
