// N workers, each reports through its own pipe; parent collects in order
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
enum { N = 5 };
struct msg { int worker; long sum; char tag[8]; };
int main(void) {
  int fd[N][2]; pid_t pid[N];
  for (int i = 0; i < N; i++) {
    pipe(fd[i]);
    if ((pid[i] = fork()) == 0) {
      close(fd[i][0]);
      struct msg m = { .worker = i, .tag = "w" };
      for (int k = 0; k <= i * 1000; k++) m.sum += k;
      m.tag[1] = '0' + i;
      write(fd[i][1], &m, sizeof m);
      exit(i * 3);
    }
    close(fd[i][1]);
  }
  for (int i = 0; i < N; i++) {
    struct msg m; int st;
    if (read(fd[i][0], &m, sizeof m) != sizeof m) perror("read");
    waitpid(pid[i], &st, 0);
    printf("%s pid %d sum %ld exit %d\n", m.tag, pid[i], m.sum, WEXITSTATUS(st));
  }
  return 0;
}
