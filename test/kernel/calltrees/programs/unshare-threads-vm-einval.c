/* unshare-threads-vm-einval: made by record.ts from scenarios/; change it there */
#include "../scenario.h"

static void task_B(void)
{
    mark("start", 0, "B");
    step(2, "B"); pass(); done(2, CALL(__NR_exit, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_A(void)
{
    mark("start", 0, "A");
    step(0, "A"); done(0, do_clone(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, 0, 1, task_B), 0);
    step(1, "A"); done(1, CALL(__NR_unshare, CLONE_VM, 0, 0, 0), 0);
    step(3, "A"); pass(); done(3, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_after_exec(const char *name)
{
    (void)name;
}
