/* run: {} */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>
#include <string.h>
#include <errno.h>
#include <sys/wait.h>
int main() {
  if (unshare(CLONE_NEWTIME) < 0) { fprintf(stderr, "unshare: %s\n", strerror(errno)); return 1; }
  int fd = open("/proc/self/timens_offsets", O_WRONLY);
  dprintf(fd, "monotonic 864000 0\nboottime 1728000 0\n");
  close(fd);
  FILE *f = fopen("/proc/self/timens_offsets", "r");
  char l[100];
  while (fgets(l, sizeof l, f)) fputs(l, stdout);
  fclose(f);
  struct timespec a, b;
  clock_gettime(CLOCK_MONOTONIC, &a);
  fflush(stdout);
  if (fork() == 0) {
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("diff is about %ld days\n", (b.tv_sec - a.tv_sec) / 86400);
    clock_gettime(CLOCK_BOOTTIME, &b);
    printf("%s\n", (b.tv_sec - a.tv_sec) > 1700000 ? "boot shifted" : "no");
    exit(0);
  }
  wait(NULL);
  return 0;
}
