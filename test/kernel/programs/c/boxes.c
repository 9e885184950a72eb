#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>
#include <signal.h>
#include <dirent.h>
#include <sys/wait.h>
#include <sys/stat.h>
#include <sys/mount.h>
/* a container with commands: run, exec, ps, stop; state kept in files */
static const char *DIRNAME = "/tmp/boxes";
static void die(const char *m) { perror(m); exit(1); }
static int init(void *arg)
{
    char **argv = arg;

    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) die("private");
    if (mount("proc", "/proc", "proc", 0, NULL)) die("proc");
    sethostname(argv[0], strlen(argv[0]));
    signal(SIGTERM, SIG_DFL);
    printf("[%s] init %d\n", argv[0], getpid()); fflush(stdout);
    for (;;) { int st; pid_t p = waitpid(-1, &st, 0); if (p < 0) { if (errno == ECHILD) pause(); else break; } else { printf("[%s] reaped %d\n", argv[0], p); fflush(stdout); } }
    return 0;
}
static pid_t box_run(char *name)
{
    static char stack[65536]; char *a[] = { name, NULL };
    pid_t p = clone(init, stack + sizeof stack, CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | SIGCHLD, a);
    if (p < 0) die("clone");
    char f[100]; snprintf(f, sizeof f, "%s/%s", DIRNAME, name); FILE *o = fopen(f, "w"); fprintf(o, "%d\n", p); fclose(o);
    usleep(20000);
    return p;
}
static int box_pid(const char *name) { char f[100]; snprintf(f, sizeof f, "%s/%s", DIRNAME, name); FILE *o = fopen(f, "r"); int p = -1; if (!o) return -1; fscanf(o, "%d", &p); fclose(o); return p; }
static int box_exec(const char *name, char *const argv[])
{
    int p = box_pid(name); if (p < 0) { printf("no box %s\n", name); return -1; }
    const char *types[] = { "ipc", "uts", "pid", "mnt" }; int fds[4];
    for (int i = 0; i < 4; i++) { char path[64]; snprintf(path, 64, "/proc/%d/ns/%s", p, types[i]); fds[i] = open(path, O_RDONLY | O_CLOEXEC); if (fds[i] < 0) { printf("open %s: %s\n", types[i], strerror(errno)); return -1; } }
    pid_t k = fork();
    if (k == 0) { for (int i = 0; i < 4; i++) if (setns(fds[i], 0)) die(types[i]); pid_t g = fork(); if (g == 0) { execvp(argv[0], argv); perror(argv[0]); _exit(127); } int st; waitpid(g, &st, 0); _exit(WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st)); }
    for (int i = 0; i < 4; i++) close(fds[i]);
    int st; waitpid(k, &st, 0); return WEXITSTATUS(st);
}
static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }
static void box_ps(void) { struct dirent **l; int n = scandir(DIRNAME, &l, NULL, by_name); for (int i = 0; i < n; i++) { if (l[i]->d_name[0] == '.') continue; int p = box_pid(l[i]->d_name); printf("%-8s %s\n", l[i]->d_name, p > 0 && kill(p, 0) == 0 ? "running" : "stopped"); } }
static void box_stop(const char *name) { int p = box_pid(name); kill(p, SIGTERM); usleep(1000); printf("after TERM %d\n", kill(p, 0)); kill(p, SIGKILL); int st; waitpid(p, &st, 0); printf("%s ended by %d\n", name, WTERMSIG(st)); }
int main(void)
{
    mkdir(DIRNAME, 0755);
    if (getuid()) { printf("%d %s\n", clone(init, malloc(4096) + 4096, CLONE_NEWPID | SIGCHLD, NULL), strerror(errno)); return 1; }
    box_run("red"); box_run("blue"); box_ps();
    printf("exec %d\n", box_exec("red", (char *[]){ "hostname", NULL }));
    printf("exec %d\n", box_exec("red", (char *[]){ "sh", "-c", "echo $$; ps -o pid,comm; exit 3", NULL }));
    printf("exec %d\n", box_exec("blue", (char *[]){ "sh", "-c", "sleep 5 & echo started; kill -9 $$", NULL }));
    printf("exec %d\n", box_exec("blue", (char *[]){ "ls", "/proc/1", "-d", NULL })); printf("exec %d\n", box_exec("blue", (char *[]){ "nosuch", NULL })); printf("exec %d\n", box_exec("green", (char *[]){ "true", NULL }));
    box_stop("red"); box_ps(); printf("exec %d\n", box_exec("red", (char *[]){ "true", NULL })); box_stop("blue"); return 0;
}
