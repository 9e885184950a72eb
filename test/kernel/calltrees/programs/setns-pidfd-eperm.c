/* setns-pidfd-eperm: made by record.ts from scenarios/; change it there */
#include "../scenario.h"

static void task_B(void)
{
    mark("start", 0, "B");
    step(2, "B"); done(2, CALL(__NR_setresgid, 1000, 1000, 1000, 0), 0);
    step(3, "B"); done(3, CALL(__NR_setresuid, 1000, 1000, 1000, 0), 0);
    step(4, "B"); done(4, do_pidfd(1, 1), 0);
    step(5, "B"); done(5, CALL(__NR_setns, shared->fd[1], CLONE_NEWUTS | CLONE_NEWNET, 0, 0), 0);
    step(6, "B"); pass(); done(6, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_A(void)
{
    mark("start", 0, "A");
    step(0, "A"); done(0, do_pidfd(0, 0), 0);
    step(1, "A"); done(1, do_clone(0, SIGCHLD, 1, task_B), 0);
    step(7, "A"); done(7, CALL(__NR_wait4, shared->pid[1], 0, 0x40000000 /* __WALL */, 0), 0);
    step(8, "A"); pass(); done(8, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_after_exec(const char *name)
{
    (void)name;
}
