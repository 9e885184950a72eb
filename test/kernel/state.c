/* What a program finds of processes and their namespaces: run beside the real ones, and in a simulation that began with their state. Arguments: PIDs. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/nsfs.h>

static const char *links[] = {"cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts"};

static void inode(const char *what, int fd)
{
    struct stat of;
    int failed = errno;
    if (fd < 0)
        printf(" %s=%s", what, strerrorname_np(failed));
    else if (fstat(fd, &of) == 0)
        printf(" %s=%lu", what, (unsigned long)of.st_ino);
    if (fd >= 0)
        close(fd);
}

static void about(const char *pid, const char *link)
{
    char path[64], to[64];
    snprintf(path, sizeof path, "/proc/%s/ns/%s", pid, link);
    ssize_t n = readlink(path, to, sizeof to - 1);
    int failed = errno;
    to[n < 0 ? 0 : n] = 0;
    printf("  %s: %s", link, n < 0 ? strerrorname_np(failed) : to);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        printf(" open=%s\n", strerrorname_np(errno));
        return;
    }
    inode("owner", ioctl(fd, NS_GET_USERNS));
    inode("parent", ioctl(fd, NS_GET_PARENT));
    uid_t uid;
    if (ioctl(fd, NS_GET_OWNER_UID, &uid) == 0)
        printf(" creator=%u", uid);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int failed = setns(fd, 0) ? errno : 0;
        struct utsname name;
        uname(&name);
        printf(" setns=%s", failed ? strerrorname_np(failed) : "0");
        if (!failed && strcmp(link, "uts") == 0)
            printf(" node=%s", name.nodename);
        if (!failed && strcmp(link, "user") == 0) {
            printf(" uid=%u euid=%u", getuid(), geteuid());
            printf(" sethostname=%s", sethostname("x", 1) ? strerrorname_np(errno) : "0");
        }
        if (!failed && strncmp(link, "pid", 3) == 0) {
            fflush(stdout);
            pid_t inner = fork();
            if (inner == 0) {
                printf(" parent seen=%d", getppid() != 0);
                fflush(stdout);
                _exit(0);
            }
            if (inner < 0)
                printf(" fork=%s", strerrorname_np(errno));
            else
                waitpid(inner, NULL, 0);
        }
        printf("\n");
        fflush(stdout);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    close(fd);
}

/* Lines of a file of /proc that begin with one of these words; all of them without words. */
static void show(const char *pid, const char *name, const char *words[])
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
    FILE *file = fopen(path, "r");
    if (!file) {
        printf("  %s: %s\n", name, strerrorname_np(errno));
        return;
    }
    while (fgets(line, sizeof line, file))
        for (int i = 0; !words || words[i]; i++) {
            if (!words || strncmp(line, words[i], strlen(words[i])) == 0)
                printf("  %s: %s", name, line);
            if (!words)
                break;
        }
    fclose(file);
}

int main(int argc, char **argv)
{
    static const char *status[] = {"Name:", "Pid:", "PPid:", "Uid:", "NSpid:", NULL};
    for (int i = 1; i < argc; i++) {
        printf("%s\n", argv[i]);
        for (size_t n = 0; n < sizeof links / sizeof *links; n++)
            about(argv[i], links[n]);
        show(argv[i], "status", status);
        show(argv[i], "uid_map", NULL);
        show(argv[i], "gid_map", NULL);
        show(argv[i], "setgroups", NULL);
        printf("  kill: %s\n", kill(atoi(argv[i]), 0) ? strerrorname_np(errno) : "0");
    }
    return 0;
}
