/* exit-pid-init-with-two-levels: made by record.ts from scenarios/; change it there */
#include "../scenario.h"

static void task_D(void)
{
    mark("start", 0, "D");
    await_turn(-1);
}

static void task_C(void)
{
    mark("start", 0, "C");
    step(2, "C"); done(2, do_clone(CLONE_NEWUTS, SIGCHLD, 3, task_D), 0);
    await_turn(-1);
}

static void task_B(void)
{
    mark("start", 0, "B");
    step(1, "B"); done(1, do_clone(CLONE_NEWPID, SIGCHLD, 2, task_C), 0);
    step(3, "B"); pass(); done(3, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_A(void)
{
    mark("start", 0, "A");
    step(0, "A"); done(0, do_clone(CLONE_NEWPID, SIGCHLD, 1, task_B), 0);
    step(4, "A"); done(4, CALL(__NR_wait4, shared->pid[1], 0, 0x40000000 /* __WALL */, 0), 0);
    step(5, "A"); pass(); done(5, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_after_exec(const char *name)
{
    (void)name;
}
