/* inotify with fork and poll: man inotify(7) */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>
#include <string.h>
static void handle_events(int fd, int *wd, int argc, char *argv[])
{
    char buf[4096] __attribute__ ((aligned(__alignof__(struct inotify_event))));
    const struct inotify_event *event;
    ssize_t len;
    for (;;) {
        len = read(fd, buf, sizeof(buf));
        if (len == -1 && errno != EAGAIN) { perror("read"); exit(EXIT_FAILURE); }
        if (len <= 0) break;
        for (char *ptr = buf; ptr < buf + len; ptr += sizeof(struct inotify_event) + event->len) {
            event = (const struct inotify_event *) ptr;
            if (event->mask & IN_OPEN) printf("IN_OPEN: ");
            if (event->mask & IN_CLOSE_NOWRITE) printf("IN_CLOSE_NOWRITE: ");
            if (event->mask & IN_CLOSE_WRITE) printf("IN_CLOSE_WRITE: ");
            for (size_t i = 1; i < argc; ++i) if (wd[i] == event->wd) { printf("%s/", argv[i]); break; }
            if (event->len) printf("%s", event->name);
            if (event->mask & IN_ISDIR) printf(" [directory]\n"); else printf(" [file]\n");
        }
    }
}
int main(void)
{
    char *argv[] = { "x", "/tmp", "/etc", NULL };
    int argc = 3, wd[3];
    struct pollfd fds[1];
    int fd = inotify_init1(IN_NONBLOCK);
    if (fd == -1) { perror("inotify_init1"); exit(1); }
    for (int i = 1; i < argc; i++) {
        wd[i] = inotify_add_watch(fd, argv[i], IN_OPEN | IN_CLOSE);
        if (wd[i] == -1) { fprintf(stderr, "Cannot watch '%s': %s\n", argv[i], strerror(errno)); exit(1); }
    }
    printf("Listening for events.\n");
    fflush(stdout);
    fds[0].fd = fd; fds[0].events = POLLIN;
    printf("poll idle: %d\n", poll(fds, 1, 0));
    fflush(stdout);
    if (fork() == 0) { int f = open("/tmp/foo", O_CREAT | O_WRONLY, 0600); write(f, "x", 1); close(f); open("/etc/passwd", O_RDONLY); _exit(0); }
    printf("poll: %d\n", poll(fds, 1, -1));
    wait(NULL);
    int n; ioctl(fd, FIONREAD, &n); printf("pending %d\n", n);
    handle_events(fd, wd, argc, argv);
    /* blocking */
    int bfd = inotify_init();
    inotify_add_watch(bfd, "/tmp", IN_CREATE | IN_ONESHOT);
    if (fork() == 0) { sleep(1); close(open("/tmp/one", O_CREAT, 0600)); close(open("/tmp/two", O_CREAT, 0600)); _exit(0); }
    char buf[1000];
    n = read(bfd, buf, sizeof buf);
    struct inotify_event *e = (void *)buf;
    printf("%d: mask %x name %s\n", n, e->mask, e->name);
    if (n > 32) { e = (void *)(buf + 32); printf("mask %x\n", e->mask); }
    wait(NULL);
    char l[64]; snprintf(l, 64, "/proc/self/fd/%d", bfd); n = readlink(l, buf, 99); buf[n] = 0; puts(buf);
    inotify_add_watch(bfd, "/tmp/one", IN_MODIFY|IN_ATTRIB);
    inotify_add_watch(bfd, "/tmp/one", IN_DELETE_SELF | IN_MASK_ADD);
    inotify_add_watch(bfd, "/tmp", IN_DELETE | IN_ONLYDIR);
    printf("%d\n", inotify_add_watch(bfd, "/tmp/one", IN_DELETE | IN_ONLYDIR)); perror("onlydir");
    unlink("/tmp/one");
    n = read(bfd, buf, sizeof buf);
    for (char *p = buf; p < buf + n; p += sizeof *e + e->len) { e = (void *)p; printf("wd %d mask %x len %u %s\n", e->wd, e->mask, e->len, e->len ? e->name : ""); }
    printf("Listening for events stopped.\n");
    return 0;
}
