/* limit-pid-enospc: made by record.ts from scenarios/; change it there */
#include "../scenario.h"

static void task_A(void)
{
    mark("start", 0, "A");
    step(0, "A"); done(0, write_path("/proc/sys/user/max_pid_namespaces", "0"), 0);
    step(1, "A"); done(1, CALL(__NR_unshare, CLONE_NEWPID | CLONE_NEWUTS, 0, 0, 0), 0);
    step(2, "A"); pass(); done(2, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_after_exec(const char *name)
{
    (void)name;
}
