#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <dirent.h>
#include <unistd.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <limits.h>

static int pivot_root(const char *new_root, const char *put_old)
{
        return syscall(SYS_pivot_root, new_root, put_old);
}

int main(void)
{
        char cwd[PATH_MAX];
        if (unshare(CLONE_NEWUSER | CLONE_NEWNS) == -1) { perror("unshare"); exit(EXIT_FAILURE); }
        if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 1) perror("mount-MS_PRIVATE");
        if (pivot_root("rootfs", "rootfs/oldroot") == -1)
                printf("pivot_root before the bind mount: %s\n", strerror(errno));
        if (mount("rootfs", "rootfs", NULL, MS_BIND, NULL) == -1) { perror("mount-MS_BIND"); exit(1); }
        if (pivot_root("rootfs", "/tmp") == -1)
                printf("put_old elsewhere: %s\n", strerror(errno));
        if (pivot_root("rootfs", "rootfs/oldroot") == -1) { perror("pivot_root"); exit(1); }
        printf("cwd is %s\n", getcwd(cwd, sizeof cwd) ? cwd : strerror(errno));
        if (chdir("/") == -1) { perror("chdir"); exit(1); }
        printf("busybox %d, old hostname file %d\n", access("/bin/busybox", X_OK), access("/oldroot/etc/hostname", R_OK));
        if (umount("/oldroot") == -1) printf("umount: %s\n", strerror(errno));
        if (umount2("/oldroot", MNT_DETACH) == -1) { perror("umount2"); exit(1); }
        if (rmdir("/oldroot") == -1) printf("rmdir: %s\n", strerror(errno));
        else if (mkdir("/oldroot", 0755) == -1) printf("mkdir: %s\n", strerror(errno));
        fflush(stdout);
        if (fork() == 0) {
                execl("/bin/sh", "sh", "-c", "echo in sh; cd /; pwd; ls -d /bin /proc /oldroot", NULL);
                perror("execl");
                _exit(1);
        }
        int status;
        wait(&status);
        printf("status %x\n", status);
        return 0;
}
