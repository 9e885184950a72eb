/* run: {"stdin": "echo hello\npwd\ncd /tmp\npwd\nls /etc/passwd /nope\nfoo\nls -l /etc/hostname | wc -l\ncat < /etc/hostname\necho abc > /tmp/xx\ncat /tmp/xx\nexit\n"} */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#include <fcntl.h>
#define LSH_TOK_BUFSIZE 64
#define LSH_TOK_DELIM " \t\r\n\a"
int lsh_cd(char **args); int lsh_help(char **args); int lsh_exit(char **args);
char *builtin_str[] = { "cd", "help", "exit" };
int (*builtin_func[]) (char **) = { &lsh_cd, &lsh_help, &lsh_exit };
int lsh_num_builtins() { return sizeof(builtin_str) / sizeof(char *); }
int lsh_cd(char **args) { if (args[1] == NULL) fprintf(stderr, "lsh: expected argument to \"cd\"\n"); else if (chdir(args[1]) != 0) perror("lsh"); return 1; }
int lsh_help(char **args) { int i; for (i = 0; i < lsh_num_builtins(); i++) printf("  %s\n", builtin_str[i]); return 1; }
int lsh_exit(char **args) { return 0; }
int lsh_launch(char **args)
{
  pid_t pid; int status;
  int i, np = -1;
  for (i = 0; args[i]; i++) if (!strcmp(args[i], "|")) np = i;
  if (np > 0) {
    int p[2]; pipe(p); args[np] = NULL;
    if (fork() == 0) { dup2(p[1], 1); close(p[0]); close(p[1]); execvp(args[0], args); perror("lsh"); exit(1); }
    if (fork() == 0) { dup2(p[0], 0); close(p[0]); close(p[1]); execvp(args[np+1], args + np + 1); perror("lsh"); exit(1); }
    close(p[0]); close(p[1]); wait(NULL); wait(NULL); return 1;
  }
  pid = fork();
  if (pid == 0) {
    for (i = 0; args[i]; i++) {
      if (!strcmp(args[i], "<")) { int fd = open(args[i+1], O_RDONLY); dup2(fd, 0); close(fd); args[i] = NULL; }
      else if (!strcmp(args[i], ">")) { int fd = creat(args[i+1], 0644); dup2(fd, 1); close(fd); args[i] = NULL; }
      else continue; break;
    }
    if (execvp(args[0], args) == -1) perror("lsh");
    exit(EXIT_FAILURE);
  } else if (pid < 0) perror("lsh");
  else { do { waitpid(pid, &status, WUNTRACED); } while (!WIFEXITED(status) && !WIFSIGNALED(status)); }
  return 1;
}
int lsh_execute(char **args)
{
  int i;
  if (args[0] == NULL) return 1;
  for (i = 0; i < lsh_num_builtins(); i++) if (strcmp(args[0], builtin_str[i]) == 0) return (*builtin_func[i])(args);
  return lsh_launch(args);
}
char *lsh_read_line(void)
{
  char *line = NULL; size_t bufsize = 0;
  if (getline(&line, &bufsize, stdin) == -1){ if (feof(stdin)) exit(EXIT_SUCCESS); else { perror("readline"); exit(EXIT_FAILURE); } }
  return line;
}
char **lsh_split_line(char *line)
{
  int bufsize = LSH_TOK_BUFSIZE, position = 0;
  char **tokens = malloc(bufsize * sizeof(char*)); char *token;
  token = strtok(line, LSH_TOK_DELIM);
  while (token != NULL) { tokens[position] = token; position++; token = strtok(NULL, LSH_TOK_DELIM); }
  tokens[position] = NULL;
  return tokens;
}
int main(int argc, char **argv)
{
  char *line; char **args; int status;
  do { printf("> "); line = lsh_read_line(); args = lsh_split_line(line); status = lsh_execute(args); free(line); free(args); } while (status);
  return EXIT_SUCCESS;
}
