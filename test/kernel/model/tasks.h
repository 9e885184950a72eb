/* Tasks that make system calls on order. Each sleeps on a word of its own in shared memory; what it is told, and what came of it, stands
 * there too. No C library in the tasks: threads have none of their own, and nothing but the order may call the kernel. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#define TASKS 64
#define PROC_FD 100
#define WAIT_ALL 0x40000000 /* __WALL */

/* `a` and `b`: paths and texts; `set_tid`: what clone3 gets. */
struct order { char call[16]; long n[6]; char a[160], b[4400]; int length; int set_tid[40], set_tid_size; };
struct slot {
    volatile int turn, done, id;
    volatile long result, extra;
    struct order order;
    int self[6];
    char host[65];
};
struct shared { volatile int finished; struct slot slot[TASKS]; int scratch[4]; };
static struct shared *shared;
static char stacks[TASKS][16384] __attribute__((aligned(16)));

static long call6(long nr, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    __asm__ volatile("syscall" : "=a"(result) : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
    return result;
}
#define CALL(nr, a, b, c) call6(nr, (long)(a), (long)(b), (long)(c), 0, 0, 0)

/* clone or clone3: whoever begins takes a function and its argument from its own stack; it never returns. A child without a stack of its
 * own has a copy of its parent's, where the numbers stand as well. */
static long begin_task(long nr, long a, long b, long parent_tid, long child_tid, void (*run)(int), long argument)
{
    long result;
    register long r10 __asm__("r10") = child_tid, r8 __asm__("r8") = 0, r12 __asm__("r12") = (long)run, r13 __asm__("r13") = argument;
    __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\txor %%ebp, %%ebp\n\tmov %%r13, %%rdi\n\tand $-16, %%rsp\n\tcall *%%r12\n\thlt\n1:"
                     : "=a"(result) : "a"(nr), "D"(a), "S"(b), "d"(parent_tid), "r"(r10), "r"(r8), "r"(r12), "r"(r13) : "rcx", "r11", "memory");
    return result;
}

static void obey(int me);

static long do_clone(const struct order *o)
{
    long child = o->n[1];
    return begin_task(SYS_clone, o->n[0], (long)(stacks[child] + sizeof stacks[child] - 64), (long)&shared->scratch[0], (long)&shared->scratch[1], obey, child);
}

/* n: flags, child, exit signal, kind of stack, size of the structure, cgroup. What stands behind the structure is 0, or 1 if length says so. */
static long do_clone3(const struct order *o)
{
    static char room[8192];
    struct clone_args *args = (struct clone_args *)room;
    long child = o->n[1], stack = o->n[3];
    for (size_t i = 0; i < sizeof room; i++) room[i] = 0;
    args->flags = (unsigned long)o->n[0];
    args->exit_signal = (unsigned long)o->n[2];
    args->pidfd = (unsigned long)&shared->scratch[0];
    args->parent_tid = (unsigned long)&shared->scratch[o->length & 2 ? 0 : 1];
    args->child_tid = (unsigned long)&shared->scratch[2];
    if (stack != 2) args->stack = (unsigned long)stacks[child];
    if (stack != 1) args->stack_size = sizeof stacks[child] - 64;
    if (!(o->length & 4)) args->set_tid = o->set_tid_size || o->length & 8 ? (unsigned long)o->set_tid : 0;
    args->set_tid_size = (unsigned long)o->set_tid_size;
    args->cgroup = (unsigned long)o->n[5];
    if (o->length & 1) room[sizeof *args] = 1;
    return begin_task(SYS_clone3, (long)room, o->n[4], 0, 0, obey, child);
}

/* n: position; 1: by pwrite. */
static long do_write(const struct order *o, volatile long *extra)
{
    long fd = call6(SYS_openat, PROC_FD, (long)o->a, O_WRONLY, 0, 0, 0), result;
    *extra = fd < 0;
    if (fd < 0) return fd;
    if (o->n[1]) result = call6(SYS_pwrite64, fd, (long)o->b, o->length, o->n[0], 0, 0);
    else {
        if (o->n[0]) CALL(SYS_lseek, fd, o->n[0], SEEK_SET);
        result = CALL(SYS_write, fd, o->b, o->length);
    }
    CALL(SYS_close, fd, 0, 0);
    return result;
}

/* Takes a capability out of the effective set, n[1]: of the permitted one too. */
static long do_drop(const struct order *o)
{
    struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct data[2];
    long failed = CALL(SYS_capget, &head, data, 0);
    if (failed) return failed;
    data[o->n[0] / 32].effective &= ~(1u << o->n[0] % 32);
    if (o->n[1]) data[o->n[0] / 32].permitted &= ~(1u << o->n[0] % 32);
    return CALL(SYS_capset, &head, data, 0);
}

static long do_lo_up(void)
{
    struct ifreq of = { .ifr_name = "lo", .ifr_flags = IFF_UP };
    long fd = CALL(SYS_socket, AF_INET, SOCK_DGRAM, 0), result;
    if (fd < 0) return fd;
    result = CALL(SYS_ioctl, fd, SIOCSIFFLAGS, &of);
    CALL(SYS_close, fd, 0, 0);
    return result;
}

/* What an order means: to be said by who includes this. */
static long perform(const struct order *o, volatile long *extra);

static void tell(struct slot *slot)
{
    struct utsname name;
    int *self = slot->self;
    self[0] = (int)CALL(SYS_getpid, 0, 0, 0);
    self[1] = (int)CALL(SYS_gettid, 0, 0, 0);
    self[2] = (int)CALL(SYS_getppid, 0, 0, 0);
    self[3] = (int)CALL(SYS_getuid, 0, 0, 0);
    self[4] = (int)CALL(SYS_geteuid, 0, 0, 0);
    self[5] = (int)CALL(SYS_getegid, 0, 0, 0);
    CALL(SYS_uname, &name, 0, 0);
    for (int i = 0; i < 65; i++) slot->host[i] = name.nodename[i];
}

static void wake(volatile int *word) { call6(SYS_futex, (long)word, FUTEX_WAKE, 1, 0, 0, 0); }
static void sleep_on(volatile int *word, int value) { call6(SYS_futex, (long)word, FUTEX_WAIT, value, 0, 0, 0); }

/* What it is called in the first /proc: the last number of "PID/task/TID". */
static int own_id(void)
{
    char text[64]; int id = 0;
    long n = call6(SYS_readlinkat, PROC_FD, (long)"thread-self", (long)text, sizeof text, 0, 0);
    for (long i = 0; i < n; i++) id = text[i] >= '0' && text[i] <= '9' ? id * 10 + text[i] - '0' : 0;
    return id;
}

static void obey(int me)
{
    struct slot *slot = &shared->slot[me];
    slot->id = own_id();
    shared->finished++;
    wake(&shared->finished);
    for (;;) {
        int turn = slot->turn;
        if (turn == slot->done) { sleep_on(&slot->turn, turn); continue; }
        long result = perform(&slot->order, &slot->extra);
        tell(slot);
        slot->result = result;
        slot->done = turn;
        shared->finished++;
        wake(&shared->finished);
    }
}

/* Nothing that is done may touch the machine's own files: a tmpfs becomes the root, with the machine's /proc and little else. */
static int private_root(void)
{
    if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) || mount("root", "/tmp", "tmpfs", 0, "mode=755") || chdir("/tmp")) return 1;
    if (mkdir("old", 0755) || mkdir("proc", 0755) || mkdir("d", 0777) || mkdir("d/e", 0777) || mkdir("m", 0777)) return 1;
    if (chmod("d", 0777) || chmod("d/e", 0777) || chmod("m", 0777)) return 1;
    for (const char *name = "b0\0b1\0b2\0b3\0"; *name; name += 3) close(open(name, O_CREAT | O_WRONLY, 0666));
    if (mount("/proc", "proc", NULL, MS_BIND, NULL)) return 1;
    if (syscall(SYS_pivot_root, ".", "old") || umount2("/old", MNT_DETACH) || rmdir("/old") || chdir("/")) return 1;
    int proc = open("/proc", O_RDONLY | O_DIRECTORY);
    return dup2(proc, PROC_FD) != PROC_FD || close(proc);
}

/* The first task: in mount and UTS namespaces of its own, with all capabilities but one that not every machine's root has. */
static void begin_first(void)
{
    if (fork() == 0) {
        const int caught[] = { SIGINT, SIGTERM, SIGSEGV };
        for (int i = 0; i < 3; i++) signal(caught[i], SIG_DFL);
        close(0); close(1); close(2);
        if (unshare(CLONE_NEWNS | CLONE_NEWUTS) || sethostname("first", 5)) _exit(1);
        prctl(PR_CAPBSET_DROP, CAP_SYS_RESOURCE, 0, 0, 0);
        struct order drop = { .n = { CAP_SYS_RESOURCE, 1 } };
        do_drop(&drop);
        obey(0);
    }
}
