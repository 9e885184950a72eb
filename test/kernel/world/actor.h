/* What the files of the actor program share. */
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* Descriptors that every actor inherits; those it opens itself come after. */
enum { HOST_PROC = 3, DIRECTORY = 4, LIFE = 5, REPORT = 6 };

extern const char *actor_id;

/* `user,net` → CLONE_NEWUSER | CLONE_NEWNET; `none` → 0. */
unsigned long long flags_of(const char *list);
void answer(const char *seq, const char *format, ...) __attribute__((format(printf, 2, 3)));
void answer_result(const char *seq, int result);
/* `PID/task/TID` on the host and the ten inodes of the calling thread, 0 for one that cannot be read. */
void answer_links(const char *seq);
int map_root(uid_t uid, gid_t gid);
pid_t fork_into(unsigned long long flags);
_Noreturn void act(const char *id);
void obey(char *line);
