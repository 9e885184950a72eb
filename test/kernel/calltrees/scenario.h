/* What every generated scenario program is made of: no C library, so that nothing but the scenario makes system calls.
 *
 * Tasks take turns: step N is made by one task, the others sleep until the number in shared memory is theirs. Each step is announced
 * in the kernel's trace buffer ("step N"), so the recording says which calls belong to it, and its result is printed. Between two steps
 * the machine is left alone for a moment, so that what RCU and workers do late is done before the next step. */
#include <asm/unistd.h>
#include <linux/mman.h>
#include <linux/sched.h>

#define SHARED_FD 100
#define MARKER_FD 101
#define SIGCHLD 17
#define SIGKILL 9
#define TASKS 16
#define NAMES 32

struct shared { int turn, ended; int pid[TASKS]; int fd[NAMES]; };
static struct shared *shared;
static char stacks[TASKS][16384] __attribute__((aligned(16)));

static long call6(long nr, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    __asm__ volatile("syscall" : "=a"(result) : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
    return result;
}
#define CALL(nr, a, b, c, d) call6(nr, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)

/* clone or clone3: the new task takes the address of its function from its own stack and calls it; it never returns. */
static long begin(long nr, long a, long b, long c, long d)
{
    long result;
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = 0;
    __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\txor %%ebp, %%ebp\n\tpop %%rax\n\tcall *%%rax\n\thlt\n1:"
                     : "=a"(result) : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
    return result;
}

static int length(const char *text) { int n = 0; while (text[n]) n++; return n; }

static char *number(char *to, long n)
{
    char digits[24]; int i = 0;
    if (n < 0) { *to++ = '-'; n = -n; }
    do digits[i++] = (char)('0' + n % 10); while (n /= 10);
    while (i) *to++ = digits[--i];
    *to = 0;
    return to;
}

static char *word(char *to, const char *from) { while (*from) *to++ = *from++; *to = 0; return to; }

static void rest(long milliseconds)
{
    long time[2] = { 0, milliseconds * 1000000 };
    CALL(__NR_nanosleep, time, 0, 0, 0);
}

static void mark(const char *what, long n, const char *task)
{
    char text[64], *end = word(text, what);
    end = number(word(end, " "), n);
    end = word(word(end, " "), task);
    CALL(__NR_write, MARKER_FD, text, end - text, 0);
}

static void await_turn(int n)
{
    int now;
    while ((now = *(volatile int *)&shared->turn) != n) call6(__NR_futex, (long)&shared->turn, 0 /* FUTEX_WAIT */, now, 0, 0, 0);
}

static void pass(void)
{
    shared->turn++;
    call6(__NR_futex, (long)&shared->turn, 1 /* FUTEX_WAKE */, 1000, 0, 0, 0);
}

static void step(int n, const char *task) { await_turn(n); rest(25); mark("step", n, task); }

/* Prints 0 for success (numbers of processes and descriptors differ from run to run) or the negative errno, and lets the next step begin. */
static void done(int n, long result, int already)
{
    char text[64], *end = word(number(word(text, "result "), n), " ");
    end = word(number(end, result > 0 ? 0 : result), "\n");
    CALL(__NR_write, 1, text, end - text, 0);
    if (!already) pass();
}

static long do_clone(unsigned long flags, long exit_signal, int task, void (*run)(void))
{
    char *sp = stacks[task] + sizeof stacks[task] - 8;
    *(void (**)(void))sp = run;
    long pid = begin(__NR_clone, (long)(flags | exit_signal), (long)sp, 0, 0);
    if (pid > 0) shared->pid[task] = (int)pid;
    return pid;
}

static long do_clone3(unsigned long flags, long exit_signal, int task, void (*run)(void), const int *set_tid, long set_tid_size)
{
    int pidfd = -1;
    char *sp = stacks[task] + sizeof stacks[task] - 8;
    struct clone_args args = { .flags = flags, .exit_signal = (__u64)exit_signal, .stack = (__u64)stacks[task], .stack_size = sizeof stacks[task] - 8,
                               .set_tid = (__u64)set_tid, .set_tid_size = (__u64)set_tid_size, .pidfd = (__u64)&pidfd };
    *(void (**)(void))sp = run;
    long pid = begin(__NR_clone3, (long)&args, sizeof args, 0, 0);
    if (pid > 0) shared->pid[task] = (int)pid;
    return pid;
}

/* /proc/self/REST, or /proc/PID/REST of another task */
static char *proc_path(char *to, int task, const char *rest_of)
{
    char *end = word(to, "/proc/");
    end = task < 0 ? word(end, "thread-self/") : word(number(end, shared->pid[task]), "/");
    word(end, rest_of);
    return to;
}

static long open_path(int name, const char *path)
{
    long fd = CALL(__NR_open, path, 0, 0, 0);
    shared->fd[name] = (int)fd;
    return fd;
}

static long write_path(const char *path, const char *text)
{
    long fd = CALL(__NR_open, path, 1, 0, 0);
    if (fd < 0) return fd;
    long result = CALL(__NR_write, fd, text, length(text), 0);
    CALL(__NR_close, fd, 0, 0, 0);
    return result;
}

static long do_pidfd(int name, int task)
{
    long fd = CALL(__NR_pidfd_open, shared->pid[task], 0, 0, 0);
    shared->fd[name] = (int)fd;
    return fd;
}

static long do_exec(const char *task)
{
    const char *argv[] = { "/proc/self/exe", task, 0 };
    return CALL(__NR_execve, argv[0], argv, 0, 0);
}

static void task_after_exec(const char *name);
static void task_A(void);

__attribute__((used)) static void entry(long *stack)
{
    if (stack[0] < 2) {
        long fd = CALL(__NR_memfd_create, "turns", 0, 0, 0);
        CALL(__NR_ftruncate, fd, sizeof *shared, 0, 0);
        CALL(__NR_dup2, fd, SHARED_FD, 0, 0);
        CALL(__NR_close, fd, 0, 0, 0);
        fd = CALL(__NR_open, "/sys/kernel/tracing/trace_marker", 1, 0, 0);
        CALL(__NR_dup2, fd, MARKER_FD, 0, 0);
        CALL(__NR_close, fd, 0, 0, 0);
    }
    shared = (struct shared *)call6(__NR_mmap, 0, sizeof *shared, 3 /* read, write */, 1 /* shared */, SHARED_FD, 0);
    if (stack[0] < 2) task_A();
    else task_after_exec((const char *)stack[2]);
    CALL(__NR_exit_group, 0, 0, 0, 0);
}

__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall entry\n\thlt\n");

void *memset(void *to, int value, unsigned long n) { char *at = to; while (n--) *at++ = (char)value; return to; }
void *memcpy(void *to, const void *from, unsigned long n) { char *at = to; const char *of = from; while (n--) *at++ = *of++; return to; }
