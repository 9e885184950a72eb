/* unshare-newtime-vfork: made by record.ts from scenarios/; change it there */
#include "../scenario.h"

static void task_B(void)
{
    mark("start", 0, "B");
    step(2, "B"); pass(); done(2, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_A(void)
{
    mark("start", 0, "A");
    step(0, "A"); done(0, CALL(__NR_unshare, CLONE_NEWTIME, 0, 0, 0), 0);
    step(1, "A"); pass(); done(1, do_clone(CLONE_VM | CLONE_VFORK, SIGCHLD, 1, task_B), 1);
    step(3, "A"); done(3, CALL(__NR_wait4, shared->pid[1], 0, 0x40000000 /* __WALL */, 0), 0);
    step(4, "A"); pass(); done(4, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_after_exec(const char *name)
{
    (void)name;
}
