/* unshare-newtime-exec: made by record.ts from scenarios/; change it there */
#include "../scenario.h"

static void task_A_after_exec(void)
{
    step(2, "A"); done(2, CALL(__NR_unshare, CLONE_NEWUTS, 0, 0, 0), 0);
    step(3, "A"); pass(); done(3, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_A(void)
{
    mark("start", 0, "A");
    step(0, "A"); done(0, CALL(__NR_unshare, CLONE_NEWTIME, 0, 0, 0), 0);
    step(1, "A"); pass(); done(1, do_exec("A"), 1);
    await_turn(-1);
}

static void task_after_exec(const char *name)
{
    (void)name;
    if (name[0] == 'A') task_A_after_exec();
}
