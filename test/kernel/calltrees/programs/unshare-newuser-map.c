/* unshare-newuser-map: made by record.ts from scenarios/; change it there */
#include "../scenario.h"

static void task_B(void)
{
    mark("start", 0, "B");
    step(1, "B"); done(1, CALL(__NR_unshare, CLONE_NEWUSER, 0, 0, 0), 0);
    step(4, "B"); done(4, CALL(__NR_unshare, CLONE_NEWUSER | CLONE_NEWUTS, 0, 0, 0), 0);
    step(5, "B"); pass(); done(5, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_A(void)
{
    mark("start", 0, "A");
    step(0, "A"); done(0, do_clone(0, SIGCHLD, 1, task_B), 0);
    step(2, "A"); done(2, write_path(proc_path((char[64]){ 0 }, 1, "uid_map"), "0 0 1"), 0);
    step(3, "A"); done(3, write_path(proc_path((char[64]){ 0 }, 1, "gid_map"), "0 0 1"), 0);
    step(6, "A"); done(6, CALL(__NR_wait4, shared->pid[1], 0, 0x40000000 /* __WALL */, 0), 0);
    step(7, "A"); pass(); done(7, CALL(__NR_exit_group, 0, 0, 0, 0), 1);
    await_turn(-1);
}

static void task_after_exec(const char *name)
{
    (void)name;
}
