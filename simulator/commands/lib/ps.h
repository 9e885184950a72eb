/* ps: what is known of a process, and how it is shown. */
#ifndef PS_H
#define PS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct ps_process {
	pid_t pid, ppid, pgrp, session, tgid, tpgid;
	/* Of a thread: its own number; else that of the process. */
	pid_t tid;
	uid_t uid, euid, suid, fsuid;
	gid_t gid, egid;
	unsigned tty;
	unsigned long flags, minor_faults, major_faults;
	/* In clock ticks; `start` since boot. */
	uint64_t utime, stime, start;
	int priority, nice, threads, processor;
	/* Bytes, pages. */
	uint64_t vsize;
	long rss;
	char state, comm[64];
	/* Command line; the name in brackets when there is none. */
	char *args;
	/* Depth in the forest; which ancestors have a later sibling. */
	int level;
	bool more[64];
	bool shown;
};

/* Of the machine: seconds since the epoch at boot, seconds since boot, ticks a second. */
extern long ps_boot, ps_uptime, ps_hertz;
extern uint64_t ps_memory_kb;

/* Reads one process or, with `tid`, one of its threads. False: it is gone. */
bool ps_read(pid_t pid, pid_t tid, struct ps_process *out);
/* Name of a terminal as in /dev: `pts/0`; `?` for none. */
const char *ps_tty(unsigned device);
/* Its number, from `pts/0`, `/dev/pts/0`; false: no such. */
bool ps_tty_number(const char *name, unsigned *device);

/* The width of a column that holds a pid: as many digits as a pid can have. */
#define PS_PID_WIDTH (-1)

struct ps_column {
	const char *name, *heading;
	int width;
	bool right;
	/* Writes the cell; the last column may be of any length. */
	void (*show)(const struct ps_process *, char *out, size_t size);
};

/* NULL: no such column. */
const struct ps_column *ps_find_column(const char *name);
/* `c`: whole percents of processor time since it began. */
unsigned ps_percent(const struct ps_process *p, unsigned scale);
/* How the forest is drawn before a command: 'H' by blanks, 'f' by branches, 0 not at all. */
extern char ps_forest;

#endif
