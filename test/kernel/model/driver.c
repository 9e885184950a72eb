/* Makes the system calls that standard input names, one line each: TASK CALL WORDS, as in ../calltrees/scenario.ts (flags as numbers,
 * tasks and names of descriptors as indexes). After each line prints its result and, for every task so far, whether it lives and which
 * namespaces its ten links in /proc name. Task 0 is a child of this process; the others are what it and its children clone. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TASKS 24
#define NAMES 32
#define PROC_FD 100

struct order { char call[16]; long a, b; char path[96]; };
struct shared { volatile int turn, task, finished; struct order order; long result; volatile int id[TASKS]; volatile int pid[TASKS]; int fd[NAMES]; };
static struct shared *shared;
static char stacks[TASKS][16384] __attribute__((aligned(16)));
static void obey(int me);

static long call4(long nr, long a, long b, long c, long d)
{
    long result;
    register long r10 __asm__("r10") = d;
    __asm__ volatile("syscall" : "=a"(result) : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
    return result;
}

static long begin(long nr, long a, long b)
{
    long result;
    register long r10 __asm__("r10") = 0;
    __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\txor %%ebp, %%ebp\n\tpop %%rax\n\tpop %%rdi\n\tpush $0\n\tcall *%%rax\n\thlt\n1:"
                     : "=a"(result) : "a"(nr), "D"(a), "S"(b), "d"(0L), "r"(r10) : "rcx", "r11", "memory");
    return result;
}

static long make(int three, unsigned long flags, long child)
{
    long *sp = (long *)(stacks[child] + sizeof stacks[child] - 16);
    sp[0] = (long)obey; sp[1] = child;
    long signal = flags & CLONE_THREAD ? 0 : SIGCHLD, pid;
    if (three) {
        struct clone_args args = { .flags = flags, .exit_signal = signal, .stack = (unsigned long)stacks[child], .stack_size = sizeof stacks[child] - 16 };
        pid = begin(SYS_clone3, (long)&args, sizeof args);
    } else pid = begin(SYS_clone, (long)(flags | signal), (long)sp);
    if (pid > 0) shared->pid[child] = (int)pid;
    return pid;
}

/* What it is called in the first /proc: the last number of "PID/task/TID". */
static int own_id(void)
{
    char text[64]; int id = 0;
    long n = call4(SYS_readlinkat, PROC_FD, (long)"thread-self", (long)text, sizeof text);
    for (long i = 0; i < n; i++) id = text[i] >= '0' && text[i] <= '9' ? id * 10 + text[i] - '0' : 0;
    return id;
}

static int is(const char *a, const char *b) { while (*a && *a == *b) a++, b++; return *a == *b; }

static long perform(const struct order *o)
{
    if (is(o->call, "unshare")) return call4(SYS_unshare, o->a, 0, 0, 0);
    if (is(o->call, "clone")) return make(0, (unsigned long)o->a, o->b);
    if (is(o->call, "clone3")) return make(1, (unsigned long)o->a, o->b);
    if (is(o->call, "open")) return shared->fd[o->a] = (int)call4(SYS_openat, PROC_FD, (long)o->path, O_RDONLY, 0);
    if (is(o->call, "pidfd_open")) return shared->fd[o->a] = (int)call4(SYS_pidfd_open, shared->pid[o->b], 0, 0, 0);
    if (is(o->call, "close")) return call4(SYS_close, shared->fd[o->a], 0, 0, 0);
    if (is(o->call, "setns")) return call4(SYS_setns, shared->fd[o->a], o->b, 0, 0);
    if (is(o->call, "reap")) return call4(SYS_wait4, shared->pid[o->a], 0, __WALL | WNOHANG, 0);
    if (is(o->call, "kill")) return shared->pid[o->a] > 0 ? call4(SYS_kill, shared->pid[o->a], SIGKILL, 0, 0) : -3;
    if (is(o->call, "setresuid")) return call4(SYS_setresuid, o->a, o->a, o->a, 0);
    if (is(o->call, "setresgid")) return call4(SYS_setresgid, o->a, o->a, o->a, 0);
    if (is(o->call, "exit")) return call4(SYS_exit, 0, 0, 0, 0);
    if (is(o->call, "exit_group")) return call4(SYS_exit_group, 0, 0, 0, 0);
    return -38;
}

static void obey(int me)
{
    int seen = shared->turn;
    shared->id[me] = own_id();
    for (;;) {
        int now = shared->turn;
        if (now == seen) { call4(SYS_futex, (long)&shared->turn, 0, now, 0); continue; }
        seen = now;
        if (shared->task != me) continue;
        long result = perform(&shared->order);
        shared->result = result;
        shared->finished = now;
    }
}

static void moment(void) { struct timespec t = { 0, 60000 }; nanosleep(&t, NULL); }

/* S for one that sleeps, Z for a zombie, - for none; R and others while it does something. */
static char state_of(int id)
{
    char path[32], text[256]; int fd; ssize_t n;
    sprintf(path, "/proc/%d/stat", id);
    if (id <= 0 || (fd = open(path, O_RDONLY)) < 0) return '-';
    n = read(fd, text, sizeof text - 1);
    close(fd);
    if (n <= 0) return '-';
    text[n] = 0;
    char *end = strrchr(text, ')');
    return end ? (end[2] == 'X' ? '-' : end[2]) : '-';
}

/* It has given up its namespaces and is no zombie yet: it ends, or is an init that waits for the others, maybe for ever. */
static int ending(int id)
{
    char path[40], text[64];
    sprintf(path, "/proc/%d/ns/uts", id);
    return readlink(path, text, sizeof text) < 0;
}

/* Until nobody does anything any more; who is ending gets a hundred times as long. */
static void settle(int tasks)
{
    for (int i = 0, quiet = 0, wanted = 8; i < 5000 && quiet < wanted; i++) {
        moment();
        quiet++;
        wanted = 8;
        for (int t = 0; t < tasks; t++) {
            char s = state_of(shared->id[t]);
            if (s == 'R' || s == 'D') quiet = 0;
            else if (s != '-' && s != 'Z' && ending(shared->id[t])) wanted = 300;
        }
    }
}

static const char *links[] = { "cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts" };

static void look(int tasks)
{
    char path[64], text[64];
    for (int t = 0; t < tasks; t++) {
        int id = shared->id[t];
        if (id <= 0) continue;
        char s = state_of(id);
        printf("task %d %s", t, s == '-' ? "gone" : s == 'Z' ? "zombie" : "lives");
        for (int l = 0; l < 10; l++) {
            sprintf(path, "/proc/%d/ns/%s", id, links[l]);
            ssize_t n = readlink(path, text, sizeof text - 1);
            text[n < 0 ? 0 : n] = 0;
            printf(" %s", n < 0 ? "-" : text);
        }
        printf("\n");
    }
}

int main(void)
{
    char line[128], call[16]; int task, tasks = 1; long a, b;
    setvbuf(stdout, NULL, _IOFBF, 1 << 20);
    signal(SIGALRM, SIG_DFL); alarm(20);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    dup2(open("/proc", O_RDONLY | O_DIRECTORY), PROC_FD);
    for (int fd = 3; fd < PROC_FD; fd++) close(fd);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    pid_t first = fork();
    if (first == 0) { close(0); close(1); close(2); obey(0); }
    while (!shared->id[0]) moment();
    while (fgets(line, sizeof line, stdin)) {
        a = b = 0; shared->order.path[0] = 0;
        char words[3][48] = { "", "", "" };
        if (sscanf(line, "%d %15s %47s %47s %47s", &task, call, words[0], words[1], words[2]) < 2) continue;
        a = strtol(words[0], NULL, 0); b = strtol(words[1], NULL, 0);
        if (!strcmp(call, "open")) {
            if (b < 0) sprintf(shared->order.path, "thread-self/ns/%s", words[2]);
            else sprintf(shared->order.path, "%d/ns/%s", shared->pid[b], words[2]);
        }
        strcpy(shared->order.call, call); shared->order.a = a; shared->order.b = b; shared->task = task;
        int child = !strncmp(call, "clone", 5) ? (int)b : -1;
        if (child >= tasks) tasks = child + 1;
        int turn = shared->turn + 1, ends = !strncmp(call, "exit", 4);
        __atomic_store_n(&shared->turn, turn, __ATOMIC_SEQ_CST);
        syscall(SYS_futex, &shared->turn, 1, 1000, 0);
        for (int i = 0; i < 2000 && shared->finished != turn && !(ends && i > 2); i++) moment();
        if (!ends && shared->finished == turn && child >= 0 && shared->result > 0) for (int i = 0; i < 2000 && !shared->id[child]; i++) moment();
        if (ends || !strcmp(call, "kill")) settle(tasks);
        if (ends || shared->finished != turn) printf("result none\n");
        else printf("result %ld\n", shared->result > 0 ? 0 : shared->result);
        look(tasks);
        fflush(stdout);
    }
    for (int t = TASKS - 1; t >= 0; t--) if (shared->id[t] > 0 && state_of(shared->id[t]) != '-') kill(shared->id[t], SIGKILL);
    while (waitpid(-1, NULL, __WALL) > 0) { }
    return 0;
}
