/* what may the owner of a user namespace mount? (unprivileged containers) */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
static void try(const char *src, const char *type, const char *at, unsigned long f)
{
    int r = mount(src, at, type, f, NULL);
    printf("%-8s on %-10s: %s\n", type ? type : "flags", at, r ? strerror(errno) : "ok");
    if (!r && !(f & MS_REMOUNT) && type) umount2(at, MNT_DETACH);
}
static void put(const char *f, const char *s) { int fd = open(f, O_WRONLY); if (fd < 0 || write(fd, s, strlen(s)) < 0) printf("%s: %s\n", f, strerror(errno)); close(fd); }
static void all(const char *title)
{
    printf("-- %s\n", title);
    try("t", "tmpfs", "/mnt", 0);
    try("p", "proc", "/mnt", 0);
    try("s", "sysfs", "/mnt", 0);
    try("m", "mqueue", "/mnt", 0);
    try("/dev/zero", "ext4", "/mnt", 0);
    try("none", NULL, "/tmp", MS_REMOUNT | MS_BIND);
    if (umount("/tmp") < 0) printf("umount /tmp: %s\n", strerror(errno));
    fflush(stdout);
}
int main(void)
{
    char m[32]; unsigned u = getuid(), g = getgid();
    if (u) all("plain user");
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) { perror("unshare"); return 1; }
    sprintf(m, "0 %u 1", u); put("/proc/self/uid_map", m);
    put("/proc/self/setgroups", "deny");
    sprintf(m, "0 %u 1", g); put("/proc/self/gid_map", m);
    all("user and mount namespace");
    if (unshare(CLONE_NEWNET) < 0) perror("net");
    all("and network");
    if (unshare(CLONE_NEWPID | CLONE_NEWIPC) < 0) perror("pid");
    fflush(stdout);
    if (fork() == 0) { all("and pid, ipc"); _exit(0); }
    wait(NULL);
    return 0;
}
