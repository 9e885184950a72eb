/* What a program made from a sequence needs: its steps, in order, each by its own task. */
#include "tasks.h"
#include <stdio.h>
#include <time.h>

static long step(int n, int me);
/* Numbers of the tasks, outermost first, for all to see. */
static struct numbers { int levels, at[40]; } *numbers;

static long perform(const struct order *o, volatile long *extra)
{
    *extra = 0;
    return step((int)o->n[0], (int)o->n[1]);
}

static long clone_task(unsigned long flags, int child)
{
    struct order o = { .n = { (long)flags, child } };
    return do_clone(&o);
}

static long clone3_task(unsigned long flags, int child, long signal, long stack, long size, long cgroup, int bits, int n, const int *tids)
{
    struct order o = { .n = { (long)flags, child, signal, stack, size, cgroup }, .length = bits, .set_tid_size = n };
    for (int i = 0; i < n; i++) o.set_tid[i] = tids[i];
    return do_clone3(&o);
}

static char *number_text(char *to, int n)
{
    char digits[12]; int i = 0;
    do digits[i++] = (char)('0' + n % 10); while (n /= 10);
    while (i) *to++ = digits[--i];
    *to = 0;
    return to;
}

/* Of task N in the first /proc, or of the caller; N in the middle. */
static long path(const char *before, int of, const char *after)
{
    static char texts[2][300]; static int turn;
    char *text = texts[turn ^= 1], *to = text;
    while (*before) *to++ = *before++;
    if (of < 0) for (const char *self = "thread-self"; *self;) *to++ = *self++; else to = number_text(to, shared->slot[of].id);
    while (*after) *to++ = *after++;
    *to = 0;
    return (long)text;
}

/* As the caller numbers it. */
static long pid_of(int me, int of) { return of >= 0 && numbers[of].levels >= numbers[me].levels ? numbers[of].at[numbers[me].levels - 1] : 32000; }

static long write_file(long name, const char *text, int length, long position, int pwrite)
{
    struct order o = { .n = { position, pwrite }, .length = length };
    volatile long extra;
    int i;
    for (i = 0; ((const char *)name)[i] && i < (int)sizeof o.a - 1; i++) o.a[i] = ((const char *)name)[i];
    for (i = 0; i < length && i < (int)sizeof o.b; i++) o.b[i] = text[i];
    return do_write(&o, &extra);
}

static long drop_capability(int cap, int permitted)
{
    struct order o = { .n = { cap, permitted } };
    return do_drop(&o);
}

static void learn(int t)
{
    char name[40], line[400]; int n;
    sprintf(name, "/proc/%d/status", shared->slot[t].id);
    FILE *status = shared->slot[t].id > 0 ? fopen(name, "r") : NULL;
    while (status && fgets(line, sizeof line, status)) {
        char *at = line + 6;
        if (line[0] == 'N' && line[1] == 'S' && line[2] == 'p' && line[3] == 'i') for (numbers[t].levels = 0; sscanf(at, "%d%n", &numbers[t].at[numbers[t].levels], &n) == 1; at += n) numbers[t].levels++;
    }
    if (status) fclose(status);
}

static void show_namespaces(int t)
{
    const char *links[] = { "net", "uts", "ipc", "pid", "pid_for_children", "user", "mnt", "cgroup", "time", "time_for_children" };
    char name[64], text[64];
    if (shared->slot[t].id <= 0) return;
    printf("task %d:", t);
    for (int l = 0; l < 10; l++) {
        sprintf(name, "/proc/%d/ns/%s", shared->slot[t].id, links[l]);
        ssize_t n = readlink(name, text, sizeof text - 1);
        text[n < 0 ? 0 : n] = 0;
        printf(" %s", n < 0 ? "-" : text);
    }
    printf("\n");
}

static int run(const int *who, int steps)
{
    struct timespec rest = { 0, 20000000 };
    setvbuf(stdout, NULL, _IOLBF, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    if (private_root()) return 1;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    numbers = mmap(NULL, TASKS * sizeof *numbers, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    begin_first();
    nanosleep(&rest, NULL);
    for (int n = 0; n < steps; n++) {
        struct slot *slot = &shared->slot[who[n]];
        for (int t = 0; t < TASKS; t++) learn(t);
        slot->order = (struct order){ .n = { n, who[n] } };
        slot->turn++;
        wake(&slot->turn);
        nanosleep(&rest, NULL);
        if (slot->done != slot->turn) printf("step %d, task %d: no result\n", n, who[n]);
        else printf("step %d, task %d: %ld%s\n", n, who[n], slot->result > 0 ? 0 : slot->result, slot->result > 0 ? " (positive)" : "");
    }
    for (int t = 0; t < TASKS; t++) show_namespaces(t);
    for (int t = TASKS - 1; t >= 0; t--) if (shared->slot[t].id > 1) kill(shared->slot[t].id, SIGKILL);
    while (waitpid(-1, NULL, WAIT_ALL) > 0) { }
    return 0;
}
