/* PID 1 of a throwaway virtual machine. Runs each program named in /list under the kernel's function_graph tracer, limited to the
 * functions named in /functions that this build has, and prints for each: what it printed, its status, and the calls.
 * Lines that begin with @@ are read by record.ts. */
#define _GNU_SOURCE
#include <dirent.h>
#include <elf.h>
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
#include <termios.h>
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

struct symbol { unsigned long address; char *name; };
static struct symbol *symbols; static long symbol_count;

/* Functions of the kernel's text, in order of address. */
static void read_symbols(void)
{
    static char line[1024], name[900]; char type; unsigned long address, end = 0; FILE *f = fopen("/proc/kallsyms", "r");
    symbols = malloc(sizeof *symbols * 300000);
    while (f && !end && fgets(line, sizeof line, f) && symbol_count < 300000) {
        if (sscanf(line, "%lx %c %899s", &address, &type, name) != 3) continue;
        if (!strcmp(name, "_etext")) end = address;
        if ((type != 't' && type != 'T') || !strncmp(name, "__pfx_", 6)) continue;
        if (symbol_count && address < symbols[symbol_count - 1].address) continue;
        symbols[symbol_count].address = address;
        symbols[symbol_count++].name = strdup(name);
    }
    if (f) fclose(f);
}

/* Reads kernel memory through its core file. */
static int read_kernel(unsigned long address, unsigned char *to, size_t length)
{
    static Elf64_Ehdr header; static Elf64_Phdr parts[64]; static int fd = -1;
    if (fd < 0) {
        fd = open("/proc/kcore", O_RDONLY);
        if (fd < 0 || pread(fd, &header, sizeof header, 0) != sizeof header || header.e_phnum > 64) return 0;
        if (pread(fd, parts, sizeof *parts * header.e_phnum, (off_t)header.e_phoff) < 0) return 0;
    }
    for (int i = 0; i < header.e_phnum; i++) {
        if (parts[i].p_type != PT_LOAD || address < parts[i].p_vaddr || address + length > parts[i].p_vaddr + parts[i].p_memsz) continue;
        return pread(fd, to, length, (off_t)(parts[i].p_offset + (address - parts[i].p_vaddr))) == (ssize_t)length;
    }
    return 0;
}

static void print_base(const char *name) { printf("%.*s", (int)strcspn(name, "."), name); }

/* Which function's code holds a call (or a jump at its end) to a wanted function: what is missing here was inlined by the compiler. */
static void print_call_sites(void)
{
    static unsigned char code[65536]; const struct symbol *targets[512]; int target_count = 0; char base[512];
    read_symbols();
    for (long i = 0; i < symbol_count && target_count < 512; i++) {
        snprintf(base, sizeof base, "%.*s", (int)strcspn(symbols[i].name, "."), symbols[i].name);
        if (is_wanted(base)) targets[target_count++] = &symbols[i];
    }
    printf("@@callsites\n");
    for (long i = 0; i + 1 < symbol_count; i++) {
        unsigned long from = symbols[i].address, length = symbols[i + 1].address - from; unsigned char seen[512] = { 0 };
        if (length < 5 || length > sizeof code || !read_kernel(from, code, length)) continue;
        for (unsigned long at = 0; at + 5 <= length; at++) {
            unsigned long opcode = code[at] == 0xe8 || code[at] == 0xe9 ? 1 : at + 6 <= length && code[at] == 0x0f && (code[at + 1] & 0xf0) == 0x80 ? 2 : 0;
            int distance;
            if (!opcode) continue;
            memcpy(&distance, code + at + opcode, 4);
            unsigned long to = from + at + opcode + 4 + (unsigned long)(long)distance;
            for (int t = 0; t < target_count; t++) {
                if (targets[t]->address != to || targets[t] == &symbols[i] || seen[t]) continue;
                seen[t] = 1;
                print_base(symbols[i].name); printf(" "); print_base(targets[t]->name); printf("\n");
            }
        }
    }
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
    print_call_sites();
    printf("@@ready\n");
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
    tcdrain(1);
    reboot(RB_POWER_OFF);
    return 0;
}
