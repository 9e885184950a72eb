#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sched.h>
#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <fcntl.h>
static int visible(const char *p) { struct stat st; return stat(p, &st) == 0; }
static void try(unsigned long flag, const char *name) {
  char dir[64]; snprintf(dir, sizeof dir, "/tmp/prop-%s", name);
  mkdir(dir, 0755);
  if (mount("tmpfs", dir, "tmpfs", 0, 0)) { printf("%s: mount: %s\n", name, strerror(errno)); return; }
  if (mount(0, dir, 0, flag, 0)) { printf("%s: %s\n", name, strerror(errno)); return; }
  char sub[96]; snprintf(sub, sizeof sub, "%s/sub", dir); mkdir(sub, 0700);
  char file[128]; snprintf(file, sizeof file, "%s/file", sub);
  int p[2], q[2]; pipe(p); pipe(q);
  pid_t pid = fork();
  if (!pid) {
    if (unshare(CLONE_NEWNS)) _exit(1);
    char c; if (flag == MS_SHARED) mount(0, dir, 0, MS_SLAVE, 0);
    write(p[1], "x", 1); read(q[0], &c, 1);
    printf("%s: child %s parent's mount\n", name, visible(file) ? "sees" : "does not see");
    umount(sub);
    char s2[96]; snprintf(s2, sizeof s2, "%s/sub2", dir); mkdir(s2, 0700);
    if (mount("t", s2, "tmpfs", 0, 0)) perror("m");
    char f2[128]; snprintf(f2, sizeof f2, "%s/f", s2); close(open(f2, O_CREAT|O_WRONLY, 0600));
    fflush(stdout); _exit(0);
  }
  char c; read(p[0], &c, 1);
  mount("tmpfs", sub, "tmpfs", 0, 0);
  close(open(file, O_CREAT|O_WRONLY, 0644));
  write(q[1], "x", 1);
  waitpid(pid, 0, 0);
  char f2[128]; snprintf(f2, sizeof f2, "%s/sub2/f", dir);
  printf("%s: parent %s child's mount; own still there: %d\n", name, visible(f2) ? "sees" : "does not see", visible(file));
  fflush(stdout);
}
int main() {
  try(MS_SHARED, "shared"); try(MS_PRIVATE, "private"); try(MS_SLAVE, "slave"); try(MS_UNBINDABLE, "unbindable");
  return 0;
}
