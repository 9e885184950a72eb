#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#define FIFO_FILE "/tmp/myfifo"
int main(void) {
  if (mkfifo(FIFO_FILE, 0666) == -1 && errno != EEXIST) { perror("mkfifo"); exit(1); }
  struct stat st; stat(FIFO_FILE, &st); printf("mode %o fifo %d\n", st.st_mode, S_ISFIFO(st.st_mode)); fflush(stdout);
  if (fork() == 0) {
    int fd = open(FIFO_FILE, O_WRONLY);
    for (int i = 0; i < 3; i++) { char b[32]; sprintf(b, "message %d\n", i); write(fd, b, strlen(b)); usleep(1000); }
    close(fd); exit(0);
  }
  FILE *f = fopen(FIFO_FILE, "r"); char line[64];
  while (fgets(line, sizeof line, f)) printf("got: %s", line);
  fclose(f); wait(NULL); unlink(FIFO_FILE);
  int p[2]; pipe(p); close(p[0]); signal(SIGPIPE, SIG_IGN);
  if (write(p[1], "x", 1) < 0) perror("write");
  pipe(p); fcntl(p[0], F_SETFL, O_NONBLOCK); char c; if (read(p[0], &c, 1) < 0) perror("read");
  printf("pipe size %d\n", fcntl(p[0], F_GETPIPE_SZ)); 
  fcntl(p[1], F_SETFL, O_NONBLOCK); int n = 0; while (write(p[1], "abcdefgh", 8) == 8) n += 8; printf("filled %d: %s\n", n, strerror(errno));
  FILE *po = popen("tr a-z A-Z", "w"); fprintf(po, "upper case\n"); fflush(stdout); printf("pclose %d\n", pclose(po));
  po = popen("echo out; exit 3", "r"); fgets(line, 64, po); int r = pclose(po); printf("%s%d\n", line, WEXITSTATUS(r));
  int o = open(FIFO_FILE, O_WRONLY | O_NONBLOCK); perror("open"); mkfifo(FIFO_FILE, 0600); o = open(FIFO_FILE, O_WRONLY | O_NONBLOCK); perror("open2"); unlink(FIFO_FILE);
  return 0;
}
