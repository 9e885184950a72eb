/* run: {"uids": [0]} */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>

#define CG "/sys/fs/cgroup/a"
static void w(const char *f, const char *s) {
    int fd = open(f, O_WRONLY);
    if (fd == -1) { printf("%s: %s\n", f, strerror(errno)); return; }
    if (write(fd, s, strlen(s)) == -1) printf("write %s: %s\n", f, strerror(errno));
    close(fd);
}
static void sh(const char *c) { fflush(stdout); int r = system(c); if (r) printf("[%d]\n", r >> 8); }

int main(void) {
    mkdir(CG, 0755); mkdir(CG "/b", 0755); mkdir(CG "/c", 0755);
    w(CG "/b/cgroup.procs", "0");
    sh("grep ^0: /proc/self/cgroup");
    if (unshare(CLONE_NEWCGROUP) == -1) { perror("unshare"); return 1; }
    sh("grep ^0: /proc/self/cgroup; grep ^0: /proc/1/cgroup");
    w(CG "/c/cgroup.procs", "0");
    sh("grep ^0: /proc/self/cgroup");
    if (rmdir(CG "/c") == -1) perror("rmdir in use");
    w("/sys/fs/cgroup/cgroup.procs", "0");
    sh("grep ^0: /proc/self/cgroup");
    if (rmdir(CG "/c") == -1) perror("rmdir c");
    if (rmdir(CG) == -1) perror("rmdir a with children");
    rmdir(CG "/b");
    printf("%d\n", rmdir(CG));
    return 0;
}
