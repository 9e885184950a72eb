/* fsopen/fsmount/open_tree/move_mount/mount_setattr by raw numbers */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/mount.h>
static long chk(const char *w, long r) { printf("%s: %s\n", w, r < 0 ? strerror(errno) : "ok"); return r; }
int main(void)
{
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) { perror("unshare"); return 1; }
	int fs = chk("fsopen", syscall(SYS_fsopen, "tmpfs", 0));
	chk("fsconfig size", syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, "size", "1m", 0));
	chk("fsconfig bad", syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, "nonsense", "1", 0));
	chk("fsconfig create", syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	int m = chk("fsmount", syscall(SYS_fsmount, fs, 0, MOUNT_ATTR_NODEV));
	chk("mkdirat", mkdirat(m, "inside", 0700));
	chk("move_mount", syscall(SYS_move_mount, m, "", AT_FDCWD, "/mnt", MOVE_MOUNT_F_EMPTY_PATH));
	chk("access", access("/mnt/inside", F_OK));
	int t = chk("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/mnt", OPEN_TREE_CLONE));
	struct mount_attr a = { .attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOEXEC };
	chk("mount_setattr", syscall(SYS_mount_setattr, t, "", AT_EMPTY_PATH, &a, sizeof a));
	chk("move to /tmp", syscall(SYS_move_mount, t, "", AT_FDCWD, "/tmp", MOVE_MOUNT_F_EMPTY_PATH));
	chk("mkdir read-only", mkdir("/tmp/x", 0700));
	chk("mkdir elsewhere", mkdir("/mnt/x", 0700));
	chk("seen", access("/tmp/x", F_OK));
	chk("fsopen unknown", syscall(SYS_fsopen, "nosuchfs", 0));
	return 0;
}
