#ifndef _SCHED_H
#define _SCHED_H
#include <bits/types.h>
#include <bits/time.h>
#define SCHED_OTHER 0
#define SCHED_FIFO 1
#define SCHED_RR 2
#ifdef __USE_GNU
#include <bits/sched.h>
#define SCHED_BATCH 3
#define SCHED_ISO 4
#define SCHED_IDLE 5
#define SCHED_DEADLINE 6
#define SCHED_RESET_ON_FORK 0x40000000
#endif
struct sched_param { int sched_priority; };
#define CPU_SETSIZE 1024
typedef struct { unsigned long __bits[16]; } cpu_set_t;
int sched_yield(void);
int sched_getparam(pid_t, struct sched_param *);
int sched_setparam(pid_t, const struct sched_param *);
int sched_getscheduler(pid_t);
int sched_setscheduler(pid_t, int, const struct sched_param *);
int sched_get_priority_max(int);
int sched_get_priority_min(int);
int sched_rr_get_interval(pid_t, struct timespec *);
#ifdef __USE_GNU
int clone(int (*)(void *), void *, int, void *, ...);
int unshare(int);
int setns(int, int);
int getcpu(unsigned *, unsigned *);
int sched_getcpu(void);
int sched_setaffinity(pid_t, size_t, const cpu_set_t *);
int sched_getaffinity(pid_t, size_t, cpu_set_t *);
int __cpu_count(size_t, const cpu_set_t *);
#define sched_priority sched_priority
#define CPU_ZERO(set) do { for (int __i = 0; __i < 16; __i++) (set)->__bits[__i] = 0; } while (0)
#define CPU_SET(cpu, set) ((void)((size_t)(cpu) < CPU_SETSIZE ? (set)->__bits[(cpu) / 64] |= 1UL << ((cpu) % 64) : 0))
#define CPU_CLR(cpu, set) ((void)((size_t)(cpu) < CPU_SETSIZE ? (set)->__bits[(cpu) / 64] &= ~(1UL << ((cpu) % 64)) : 0))
#define CPU_ISSET(cpu, set) ((size_t)(cpu) < CPU_SETSIZE ? ((set)->__bits[(cpu) / 64] >> ((cpu) % 64) & 1) != 0 : 0)
#define CPU_COUNT(set) __cpu_count(sizeof(cpu_set_t), set)
#endif
#endif
