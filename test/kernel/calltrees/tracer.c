/* PID 1 of a throwaway virtual machine. Runs each program named in /list under the kernel's function_graph tracer, limited to the
 * functions named in /functions that this build has, and prints for each: what it printed, its status, and the calls.
 * Lines that begin with @@ are read by record.ts. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TRACING "/sys/kernel/tracing/"
#define LIMITS "/proc/sys/user"

static void set(const char *path, const char *text, int flags)
{
    int fd = open(path, O_WRONLY | flags);
    if (fd < 0 || (*text && write(fd, text, strlen(text)) < 0)) printf("@@trouble %s <- %s: %s\n", path, text, strerror(errno));
    if (fd >= 0) close(fd);
}

static void print_file(const char *path)
{
    char buffer[8192]; ssize_t n; int fd = open(path, O_RDONLY);
    fflush(stdout);
    while (fd >= 0 && (n = read(fd, buffer, sizeof buffer)) > 0) if (write(1, buffer, (size_t)n) < 0) break;
    if (fd >= 0) close(fd);
}

static char *wanted[512]; static int wanted_count;

static int is_wanted(const char *name)
{
    for (int i = 0; i < wanted_count; i++) if (!strcmp(wanted[i], name)) return 1;
    return 0;
}

/* The compiler may have made foo.isra.0 or foo.part.0 of foo. */
static void choose_functions(void)
{
    char line[512], base[512]; FILE *f = fopen("/functions", "r");
    while (f && wanted_count < 512 && fgets(line, sizeof line, f)) { line[strcspn(line, "\n")] = 0; if (*line) wanted[wanted_count++] = strdup(line); }
    if (f) fclose(f);
    set(TRACING "set_ftrace_filter", "", O_TRUNC);
    printf("@@functions\n");
    f = fopen(TRACING "available_filter_functions", "r");
    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, " \n")] = 0;
        strcpy(base, line); base[strcspn(base, ".")] = 0;
        if (!is_wanted(base)) continue;
        printf("%s\n", line);
        set(TRACING "set_ftrace_filter", strcat(line, "\n"), O_APPEND);
    }
    if (f) fclose(f);
}

struct limit { char path[300], text[32]; };
static struct limit limits[32]; static int limit_count;

static void keep_limits(void)
{
    DIR *d = opendir(LIMITS); struct dirent *e;
    while (d && limit_count < 32 && (e = readdir(d))) {
        if (e->d_name[0] == '.') continue;
        struct limit *l = &limits[limit_count];
        snprintf(l->path, sizeof l->path, "%s/%s", LIMITS, e->d_name);
        FILE *f = fopen(l->path, "r");
        if (f && fgets(l->text, sizeof l->text, f)) limit_count++;
        if (f) fclose(f);
    }
    if (d) closedir(d);
}

/* Ends whatever a program left behind, without hanging on it. */
static void reap(void)
{
    struct timespec moment = { 0, 10000000 };
    for (int i = 0; i < 300; i++) {
        pid_t pid = waitpid(-1, NULL, WNOHANG | __WALL);
        if (pid < 0) return;
        if (pid > 0) continue;
        if (i == 50) { printf("@@trouble tasks were left behind\n"); kill(-1, SIGKILL); }
        nanosleep(&moment, NULL);
    }
    printf("@@trouble tasks do not end\n");
}

static void run(const char *name)
{
    int go[2], status = 0; char path[300], text[32];
    if (pipe(go)) return;
    pid_t pid = fork();
    if (pid == 0) {
        char c;
        close(go[1]);
        if (read(go[0], &c, 1) < 0) _exit(126);
        close(go[0]);
        snprintf(path, sizeof path, "/programs/%s", name);
        execl(path, path, (char *)NULL);
        _exit(127);
    }
    sprintf(text, "%d", pid);
    set(TRACING "set_ftrace_pid", text, O_TRUNC);
    set(TRACING "trace", "", O_TRUNC);
    set(TRACING "tracing_on", "1", 0);
    printf("\n@@program %s\n", name);
    fflush(stdout);
    close(go[0]); close(go[1]);
    waitpid(pid, &status, __WALL);
    reap();
    struct timespec moment = { 0, 30000000 };
    nanosleep(&moment, NULL);
    set(TRACING "tracing_on", "0", 0);
    printf("\n@@status %d\n@@trace\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    print_file(TRACING "trace");
    printf("\n@@end\n");
    fflush(stdout);
    for (int i = 0; i < limit_count; i++) set(limits[i].path, limits[i].text, 0);
}

int main(void)
{
    struct utsname u; char line[256];
    mkdir("/proc", 0755); mkdir("/sys", 0755); mkdir("/tmp", 01777); mkdir("/dev", 0755);
    mount("proc", "/proc", "proc", 0, 0); mount("sys", "/sys", "sysfs", 0, 0);
    mount("dev", "/dev", "devtmpfs", 0, 0); mount("tracing", TRACING, "tracefs", 0, 0); mount("tmp", "/tmp", "tmpfs", 0, 0);
    signal(SIGCHLD, SIG_DFL);
    uname(&u);
    printf("\n@@uname %s %s %s %s %s\n", u.sysname, u.nodename, u.release, u.version, u.machine);
    set(TRACING "tracing_on", "0", 0);
    choose_functions();
    static const char *on[] = { "function-fork", "funcgraph-proc", "funcgraph-tail", "latency-format" };
    static const char *off[] = { "funcgraph-duration", "funcgraph-overhead", "funcgraph-cpu", "funcgraph-irqs" };
    for (int i = 0; i < 4; i++) { sprintf(line, TRACING "options/%s", on[i]); set(line, "1", 0); }
    set(TRACING "current_tracer", "function_graph", 0);
    for (int i = 0; i < 4; i++) { sprintf(line, TRACING "options/%s", off[i]); set(line, "0", 0); }
    set(TRACING "options/funcgraph-proc", "1", 0); set(TRACING "options/funcgraph-tail", "1", 0);
    keep_limits();
    FILE *f = fopen("/list", "r");
    while (f && fgets(line, sizeof line, f)) { line[strcspn(line, "\n")] = 0; if (*line) run(line); }
    printf("\n@@off\n"); fflush(stdout);
    sync();
    reboot(RB_POWER_OFF);
    return 0;
}
