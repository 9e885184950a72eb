/* setns-user-thread-einval: made by record.ts from scenarios/; change it there */
#include "../scenario.h"

static void task_C(void)
{
    mark("start", 0, "C");
    step(6, "C"); pass(); done(6, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_B(void)
{
    mark("start", 0, "B");
    step(5, "B"); pass(); done(5, CALL(__NR_exit, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_A(void)
{
    mark("start", 0, "A");
    step(0, "A"); done(0, do_clone(CLONE_NEWUSER, SIGCHLD, 2, task_C), 0);
    step(1, "A"); done(1, do_clone(CLONE_VM | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, 0, 1, task_B), 0);
    step(2, "A"); done(2, open_path(0, proc_path((char[64]){ 0 }, 2, "ns/user")), 0);
    step(3, "A"); done(3, CALL(__NR_setns, shared->fd[0], 0, 0, 0), 0);
    step(4, "A"); done(4, CALL(__NR_close, shared->fd[0], 0, 0, 0), 0);
    step(7, "A"); done(7, CALL(__NR_wait4, shared->pid[2], 0, 0x40000000 /* __WALL */, 0), 0);
    step(8, "A"); pass(); done(8, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_after_exec(const char *name)
{
    (void)name;
}
