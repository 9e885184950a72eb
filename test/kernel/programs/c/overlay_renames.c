/* overlay container root, as in tutorials */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <string.h>
#include <errno.h>
int main(void) {
  unshare(CLONE_NEWNS); mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
  mkdir("/tmp/ov", 0755); mkdir("/tmp/ov/upper", 0755); mkdir("/tmp/ov/work", 0755); mkdir("/tmp/ov/merged", 0755);
  if (mount("overlay", "/tmp/ov/merged", "overlay", 0, "lowerdir=/home/learner/rootfs,upperdir=/tmp/ov/upper,workdir=/tmp/ov/work")) { perror("mount overlay"); return 1; }
  system("ls /tmp/ov/merged; ls /tmp/ov/upper");
  if (fork() == 0) { chroot("/tmp/ov/merged"); chdir("/"); execl("/bin/busybox", "sh", "-c", "echo hi > /tmp/new; ls /tmp; rm /etc/group; ls /etc", NULL); perror("exec"); _exit(1); }
  wait(NULL);
  system("ls /tmp/ov/upper /tmp/ov/upper/tmp /home/learner/rootfs/etc; ls -l /tmp/ov/upper/etc | tail -1 | cut -c1-10");
  umount("/tmp/ov/merged");
  return 0;
}
