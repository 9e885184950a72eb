#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/capability.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
/* after a well known 500 line container: user map over a socketpair, capabilities, mounts */
struct child_config { int argc; uid_t uid; int fd; char *hostname; char **argv; char *mount_dir; };
static int userns(struct child_config *config)
{
    fprintf(stderr, "=> trying a user namespace...");
    int has_userns = !unshare(CLONE_NEWUSER);
    if (write(config->fd, &has_userns, sizeof has_userns) != sizeof has_userns) { fprintf(stderr, "couldn't write: %m\n"); return -1; }
    int result = 0;
    if (read(config->fd, &result, sizeof result) != sizeof result) { fprintf(stderr, "couldn't read: %m\n"); return -1; }
    if (result) return -1;
    if (has_userns) fprintf(stderr, "done.\n"); else fprintf(stderr, "unsupported? continuing.\n");
    fprintf(stderr, "=> switching to uid %d / gid %d...", config->uid, config->uid);
    if (setgroups(1, &(gid_t){ config->uid }) || setresgid(config->uid, config->uid, config->uid) || setresuid(config->uid, config->uid, config->uid)) { fprintf(stderr, "%m\n"); return -1; }
    fprintf(stderr, "done.\n");
    return 0;
}
static int capabilities(void)
{
    fprintf(stderr, "=> dropping capabilities...");
    int drop[] = { 29, 30, 37, 2, 4, 31, 27, 14, 22, 24, 25, 21, 35, 34 };
    size_t n = sizeof drop / sizeof *drop;
    fprintf(stderr, "bounding...");
    for (size_t i = 0; i < n; i++) if (prctl(PR_CAPBSET_DROP, drop[i], 0, 0, 0)) { fprintf(stderr, "prctl failed: %m\n"); return 1; }
    fprintf(stderr, "%d %d\n", prctl(PR_CAPBSET_READ, 21), prctl(PR_CAPBSET_READ, 0));
    return 0;
}
static int mounts(struct child_config *config)
{
    fprintf(stderr, "=> remounting everything with MS_PRIVATE...");
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) { fprintf(stderr, "failed! %m\n"); return -1; }
    fprintf(stderr, "remounted.\n");
    char mount_dir[] = "/tmp/tmp.XXXXXX";
    if (!mkdtemp(mount_dir)) return -1;
    if (mount(config->mount_dir, mount_dir, NULL, MS_BIND | MS_PRIVATE, NULL)) { fprintf(stderr, "bind mount failed! %m\n"); return -1; }
    char inner[] = "/tmp/tmp.XXXXXX/oldroot.XXXXXX"; memcpy(inner, mount_dir, sizeof mount_dir - 1);
    if (!mkdtemp(inner)) { fprintf(stderr, "failed making inner directory! %m\n"); return -1; }
    if (syscall(SYS_pivot_root, mount_dir, inner)) { fprintf(stderr, "pivot failed: %m\n"); return -1; }
    char *old = strrchr(inner, '/'); char old_root[60] = { "/" }; strcpy(old_root + 1, old + 1);
    if (chdir("/") || umount2(old_root, MNT_DETACH) || rmdir(old_root)) { fprintf(stderr, "umount failed! %m\n"); return -1; }
    fprintf(stderr, "pivoted\n");
    return 0;
}
static int child(void *arg)
{
    struct child_config *config = arg;
    if (sethostname(config->hostname, strlen(config->hostname)) || mounts(config) || userns(config) || capabilities()) { close(config->fd); return -1; }
    close(config->fd);
    char h[65]; gethostname(h, 65);
    fprintf(stderr, "%s pid %d uid %d caps", h, getpid(), getuid());
    cap_user_header_t hdr = &(struct __user_cap_header_struct){ _LINUX_CAPABILITY_VERSION_3, 0 }; struct __user_cap_data_struct d[2]; syscall(SYS_capget, hdr, d); fprintf(stderr, " %x %x %x\n", d[0].effective, d[0].permitted, d[0].inheritable);
    fprintf(stderr, "sethostname again: %s\n", sethostname("x", 1) ? strerror(errno) : "ok");
    fprintf(stderr, "mknod: %s\n", mknod("/dev0", S_IFCHR | 0600, 0x103) ? strerror(errno) : "ok");
    struct stat st; fprintf(stderr, "bin %d etc %d\n", stat("/bin", &st), stat("/file", &st));
    execve("/bin/sh", config->argv, NULL);
    fprintf(stderr, "execve failed! %m.\n");
    return 7;
}
static int handle(pid_t pid, int fd)
{
    int has = -1; if (read(fd, &has, sizeof has) != sizeof has) { fprintf(stderr, "couldn't read from child!\n"); return -1; }
    if (has) { char path[64]; for (char **f = (char *[]){ "uid_map", "gid_map", 0 }; *f; f++) { snprintf(path, sizeof path, "/proc/%d/%s", pid, *f); int m = open(path, O_WRONLY); if (m == -1) { fprintf(stderr, "open %s failed: %m\n", *f); return -1; } if (dprintf(m, "0 %d %d\n", 10000, 2000) == -1) fprintf(stderr, "dprintf failed: %m\n"); close(m); } }
    return write(fd, &(int){ 0 }, sizeof(int)) == sizeof(int) ? 0 : -1;
}
int main(void)
{
    int sockets[2]; struct child_config config = { .uid = 0, .hostname = "3f-nine-of-swords", .argv = (char *[]){ "sh", "-c", "echo hi", NULL } };
    mkdir("/tmp/rootfs", 0755); config.mount_dir = "/tmp/rootfs"; close(open("/tmp/rootfs/file", O_CREAT | O_WRONLY, 0644));
    if (socketpair(AF_LOCAL, SOCK_SEQPACKET, 0, sockets)) return 1;
    fcntl(sockets[0], F_SETFD, FD_CLOEXEC); config.fd = sockets[1];
    char *stack = malloc(1 << 20); int flags = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWUTS;
    pid_t pid = clone(child, stack + (1 << 20), flags | SIGCHLD, &config);
    if (pid == -1) { fprintf(stderr, "=> clone failed! %m\n"); return 1; }
    close(sockets[1]);
    if (handle(pid, sockets[0])) { kill(pid, SIGKILL); }
    int st = 0; waitpid(pid, &st, 0); fprintf(stderr, "status %d %d\n", WIFEXITED(st), WEXITSTATUS(st)); return 0;
}
