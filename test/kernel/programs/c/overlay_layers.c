#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <errno.h>
#include <string.h>
#include <sched.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dirent.h>
static void put(const char *f, const char *t) { int fd = open(f, O_WRONLY | O_CREAT | O_TRUNC, 0644); if (fd < 0) { printf("open %s: %s\n", f, strerror(errno)); return; } if (write(fd, t, strlen(t)) < 0) printf("write: %s\n", strerror(errno)); close(fd); }
static void show(const char *d) { struct dirent **l; int n = scandir(d, &l, NULL, alphasort); printf("%s:", d); for (int i = 0; i < n; i++) if (l[i]->d_name[0] != '.') printf(" %s", l[i]->d_name); printf("\n"); }
static void cat(const char *f) { char b[200]; int fd = open(f, O_RDONLY); if (fd < 0) { printf("%s: %s\n", f, strerror(errno)); return; } int n = read(fd, b, 199); b[n < 0 ? 0 : n] = 0; printf("%s: %s\n", f, b); close(fd); }
int main(void) {
  uid_t u = getuid();
  if (u) { if (unshare(CLONE_NEWUSER)) perror("unshare"); put("/proc/self/setgroups", "deny"); put("/proc/self/uid_map", "0 1000 1"); put("/proc/self/gid_map", "0 1000 1"); }
  if (unshare(CLONE_NEWNS) == -1) { perror("unshare"); return 1; }
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1) perror("private");
  if (mount("tmpfs", "/tmp", "tmpfs", 0, NULL) == -1) perror("tmpfs");
  mkdir("/tmp/lower", 0755); mkdir("/tmp/upper", 0755); mkdir("/tmp/work", 0755); mkdir("/tmp/merged", 0755); mkdir("/tmp/lower/sub", 0755); mkdir("/tmp/lower2", 0755);
  put("/tmp/lower/a", "lower a"); put("/tmp/lower/b", "lower b"); put("/tmp/lower/sub/s", "sub"); put("/tmp/upper/c", "upper c"); put("/tmp/lower2/d", "lower2 d"); put("/tmp/lower2/a", "lower2 a");
  if (mount("overlay", "/tmp/merged", "overlay", 0, "lowerdir=/tmp/lower:/tmp/lower2,upperdir=/tmp/upper,workdir=/tmp/work") == -1) { perror("overlay"); return 1; }
  show("/tmp/merged"); cat("/tmp/merged/a"); cat("/tmp/merged/d"); cat("/tmp/merged/sub/s");
  put("/tmp/merged/a", "changed a"); cat("/tmp/merged/a"); cat("/tmp/lower/a"); cat("/tmp/upper/a");
  put("/tmp/merged/new", "new"); show("/tmp/upper");
  if (unlink("/tmp/merged/b")) perror("unlink"); show("/tmp/merged"); show("/tmp/lower");
  struct stat st; if (lstat("/tmp/upper/b", &st) == 0) printf("whiteout: %s %d\n", S_ISCHR(st.st_mode) ? "char" : "other", (int)st.st_rdev);
  system("grep /tmp/merged /proc/self/mounts");
  if (rmdir("/tmp/merged/sub")) perror("rmdir sub");
  put("/tmp/merged/sub/t", "t"); show("/tmp/merged/sub"); show("/tmp/upper/sub");
  if (umount("/tmp/merged")) perror("umount");
  show("/tmp/merged");
  return 0;
}
