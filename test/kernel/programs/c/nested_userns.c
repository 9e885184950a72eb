#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
static void put(const char *f, const char *s) { char p[64]; sprintf(p, "/proc/self/%s", f); int fd = open(p, O_WRONLY); if (fd < 0 || write(fd, s, strlen(s)) < 0) printf("  %s: %s\n", f, strerror(errno)); close(fd); }
static void show(void) { char l[100]; FILE *f = fopen("/proc/self/uid_map", "r"); while (fgets(l, 100, f)) printf("  map %s", l); fclose(f); }
int main(void)
{
    for (int depth = 1; depth <= 4; depth++) {
        unsigned u = geteuid(), g = getegid(); char m[40];
        if (unshare(CLONE_NEWUSER) < 0) { printf("level %d: %s\n", depth, strerror(errno)); return 1; }
        sprintf(m, "%d %u 1", depth * 10, u); put("uid_map", m);
        put("setgroups", "deny");
        sprintf(m, "%d %u 1", depth * 10, g); put("gid_map", m);
        printf("level %d: I am %u (was %u)\n", depth, geteuid(), u);
        show();
    }
    if (unshare(CLONE_NEWUSER) < 0) perror("5");
    if (unshare(CLONE_NEWUSER) < 0) perror("unmapped, once more");
    fflush(stdout);
    int n = 5;
    while (1) { pid_t p = fork(); if (p) { int s; wait(&s); exit(WEXITSTATUS(s)); }
        unsigned u = geteuid(); char m[40]; sprintf(m, "0 %u 1", u); put("uid_map", m); put("setgroups", "deny"); put("gid_map", m);
        if (unshare(CLONE_NEWUSER) < 0) { printf("after %d: %s\n", n, strerror(errno)); fflush(stdout); _exit(n); } n++; if (n > 50) _exit(0); }
}
