#define _GNU_SOURCE
#include <sys/types.h>
#include <sys/stat.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <grp.h>

#define TRY(call) do { errno = 0; long r_ = (long)(call); printf("%-44s = %ld%s%s\n", #call, r_, r_ < 0 ? " " : "", r_ < 0 ? strerror(errno) : ""); } while (0)

static void show(void)
{
    uid_t r, e, s; gid_t rg, eg, sg;
    getresuid(&r, &e, &s);
    getresgid(&rg, &eg, &sg);
    printf("uid %u/%u/%u gid %u/%u/%u groups", r, e, s, rg, eg, sg);
    gid_t list[32];
    int n = getgroups(32, list);
    for (int i = 0; i < n; i++) printf(" %u", list[i]);
    putchar('\n');
}

static int put(const char *f, const char *t)
{
    int fd = open(f, O_WRONLY);
    if (fd < 0) return -1;
    int r = write(fd, t, strlen(t));
    int e = errno;
    close(fd);
    errno = e;
    return r;
}

int main(void)
{
    char m[40];
    struct stat st;
    unsigned me = getuid(), grp = getgid();
    show();
    if (unshare(CLONE_NEWUSER)) { perror("unshare"); return 1; }
    show();
    TRY(setuid(0));
    TRY(setgroups(0, NULL));
    stat("/etc/passwd", &st);
    printf("/etc/passwd belongs to %u:%u\n", st.st_uid, st.st_gid);
    snprintf(m, sizeof m, "0 %u 1", grp);
    TRY(put("/proc/self/gid_map", m));
    TRY(put("/proc/self/setgroups", "denyy"));
    TRY(put("/proc/self/setgroups", "deny"));
    TRY(put("/proc/self/setgroups", "allow"));
    TRY(put("/proc/self/gid_map", m));
    TRY(put("/proc/self/gid_map", m));
    TRY(put("/proc/self/uid_map", "0 4294967295 1"));
    TRY(put("/proc/self/uid_map", "0 0 0"));
    TRY(put("/proc/self/uid_map", "0 1"));
    TRY(put("/proc/self/uid_map", ""));
    snprintf(m, sizeof m, "0 %u 2", me);
    TRY(put("/proc/self/uid_map", m));
    snprintf(m, sizeof m, "500 %u 1\n", me);
    TRY(put("/proc/self/uid_map", m));
    show();
    TRY(setuid(0));
    TRY(setuid(500));
    TRY(setgroups(0, NULL));
    TRY(chown("/tmp", 77, -1));
    return 0;
}
