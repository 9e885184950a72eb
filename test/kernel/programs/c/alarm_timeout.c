/* run a command, kill it when it takes too long */
/* run: {"args": ["1", "sleep", "10"]} */
/* run: {"args": ["5", "sh", "-c", "echo quick; exit 2"]} */
/* run: {"args": ["1", "sh", "-c", "trap '' TERM; sleep 3"]} */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
static pid_t child; static volatile sig_atomic_t rounds;
static void on_alarm(int sig) { rounds++; kill(child, rounds == 1 ? SIGTERM : SIGKILL); alarm(1); }
int main(int argc, char *argv[])
{
  int status;
  if (argc < 3) { fprintf(stderr, "usage: %s seconds command...\n", *argv); return 64; }
  child = fork();
  if (child == 0) { execvp(argv[2], argv + 2); perror(argv[2]); _exit(127); }
  struct sigaction sa = { .sa_handler = on_alarm, .sa_flags = SA_RESTART };
  sigaction(SIGALRM, &sa, NULL);
  alarm(atoi(argv[1]));
  waitpid(child, &status, 0);
  alarm(0);
  if (WIFSIGNALED(status)) { printf("killed by %d after %d alarms\n", WTERMSIG(status), rounds); return 124; }
  printf("exit %d\n", WEXITSTATUS(status));
  return WEXITSTATUS(status);
}
