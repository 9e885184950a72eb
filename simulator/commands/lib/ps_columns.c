#define _GNU_SOURCE
#include "ps.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

char ps_forest;

unsigned ps_percent(const struct ps_process *p, unsigned scale)
{
	uint64_t lived = (uint64_t)ps_uptime * ps_hertz > p->start ? (uint64_t)ps_uptime * ps_hertz - p->start : 0;
	return lived ? (p->utime + p->stime) * scale / lived : 0;
}

#define SHOW(name) static void name(const struct ps_process *p, char *out, size_t size)
#define NUMBER(name, format, value) SHOW(name) { snprintf(out, size, format, value); }

NUMBER(show_pid, "%d", p->pid)
NUMBER(show_tid, "%d", p->tid)
NUMBER(show_ppid, "%d", p->ppid)
NUMBER(show_pgrp, "%d", p->pgrp)
NUMBER(show_session, "%d", p->session)
NUMBER(show_tpgid, "%d", p->tpgid)
NUMBER(show_euid, "%u", p->euid)
NUMBER(show_ruid, "%u", p->uid)
NUMBER(show_egid, "%u", p->egid)
NUMBER(show_rgid, "%u", p->gid)
NUMBER(show_vsz, "%lu", p->vsize / 1024)
NUMBER(show_sz, "%lu", p->vsize / 4096)
NUMBER(show_rss, "%ld", p->rss * 4)
NUMBER(show_pri, "%d", 39 - p->priority)
NUMBER(show_bsd_pri, "%d", p->priority)
NUMBER(show_old_pri, "%d", p->priority + 60)
NUMBER(show_threads, "%d", p->threads)
NUMBER(show_processor, "%d", p->processor)
NUMBER(show_minor, "%lu", p->minor_faults)
NUMBER(show_major, "%lu", p->major_faults)
NUMBER(show_flags, "%lo", p->flags >> 6 & 7)
NUMBER(show_state, "%c", p->state)
NUMBER(show_c, "%u", ps_percent(p, 100))
SHOW(show_dash) { snprintf(out, size, "%s", p ? "-" : ""); }
SHOW(show_tname) { snprintf(out, size, "%s", ps_tty(p->tty)); }

SHOW(show_nice)
{
	snprintf(out, size, p->state == 'Z' ? "-" : "%d", p->nice);
}

SHOW(show_cpu)
{
	unsigned tenths = ps_percent(p, 1000);
	snprintf(out, size, tenths > 999 ? "%u" : "%u.%u", tenths / 10, tenths % 10);
}

SHOW(show_mem)
{
	unsigned tenths = (uint64_t)p->rss * 4 * 1000 / ps_memory_kb;
	snprintf(out, size, "%u.%u", tenths / 10, tenths % 10);
}

static void user(uid_t uid, char *out, size_t size)
{
	struct passwd *entry = getpwuid(uid);
	if (entry)
		snprintf(out, size, "%s", entry->pw_name);
	else
		snprintf(out, size, "%u", uid);
}

static void group(gid_t gid, char *out, size_t size)
{
	struct group *entry = getgrgid(gid);
	if (entry)
		snprintf(out, size, "%s", entry->gr_name);
	else
		snprintf(out, size, "%u", gid);
}

SHOW(show_euser) { user(p->euid, out, size); }
SHOW(show_ruser) { user(p->uid, out, size); }
SHOW(show_egroup) { group(p->egid, out, size); }
SHOW(show_rgroup) { group(p->gid, out, size); }

SHOW(show_stat)
{
	char *at = out;
	(void)size;
	*at++ = p->state;
	if (p->nice < 0)
		*at++ = '<';
	if (p->nice > 0)
		*at++ = 'N';
	if (p->session == p->pid)
		*at++ = 's';
	if (p->threads > 1)
		*at++ = 'l';
	if (p->pgrp == p->tpgid)
		*at++ = '+';
	*at = 0;
}

SHOW(show_time)
{
	uint64_t s = (p->utime + p->stime) / ps_hertz;
	if (s >= 86400)
		snprintf(out, size, "%lu-%02lu:%02lu:%02lu", s / 86400, s / 3600 % 24, s / 60 % 60, s % 60);
	else
		snprintf(out, size, "%02lu:%02lu:%02lu", s / 3600, s / 60 % 60, s % 60);
}

SHOW(show_bsd_time)
{
	uint64_t s = (p->utime + p->stime) / ps_hertz;
	snprintf(out, size, "%3lu:%02lu", s / 60, s % 60);
}

static uint64_t lived(const struct ps_process *p)
{
	uint64_t began = p->start / ps_hertz;
	return (uint64_t)ps_uptime > began ? ps_uptime - began : 0;
}

SHOW(show_elapsed)
{
	uint64_t s = lived(p);
	if (s >= 86400)
		snprintf(out, size, "%lu-%02lu:%02lu:%02lu", s / 86400, s / 3600 % 24, s / 60 % 60, s % 60);
	else if (s >= 3600)
		snprintf(out, size, "%02lu:%02lu:%02lu", s / 3600, s / 60 % 60, s % 60);
	else
		snprintf(out, size, "%02lu:%02lu", s / 60, s % 60);
}

NUMBER(show_seconds, "%lu", lived(p))

static void started(const struct ps_process *p, char *out, size_t size, const char *today, const char *year, const char *older)
{
	time_t at = ps_boot + p->start / ps_hertz, now = time(NULL);
	struct tm then, current;
	localtime_r(&at, &then);
	localtime_r(&now, &current);
	const char *format = then.tm_year != current.tm_year ? older : then.tm_yday != current.tm_yday ? year : today;
	strftime(out, size, format, &then);
}

SHOW(show_start_time) { started(p, out, size, "%H:%M", "%b%d", "%Y"); }
SHOW(show_start) { started(p, out, size, "%H:%M:%S", "  %b %d", "  %b %d"); }
SHOW(show_lstart) { started(p, out, size, "%a %b %e %H:%M:%S %Y", "%a %b %e %H:%M:%S %Y", "%a %b %e %H:%M:%S %Y"); }

SHOW(show_wchan)
{
	char path[64], text[64] = "";
	snprintf(path, sizeof path, "/proc/%d/wchan", (int)p->pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
	if (fd >= 0)
		close(fd);
	snprintf(out, size, "%.6s", n <= 0 || !strcmp(text, "0") ? "-" : text + strspn(text, "_"));
}

static void namespace(const struct ps_process *p, const char *name, char *out, size_t size)
{
	char path[64];
	struct stat st;
	snprintf(path, sizeof path, "/proc/%d/ns/%s", (int)p->pid, name);
	if (stat(path, &st) == 0)
		snprintf(out, size, "%lu", (unsigned long)st.st_ino);
	else
		snprintf(out, size, "-");
}

SHOW(show_pidns) { namespace(p, "pid", out, size); }
SHOW(show_netns) { namespace(p, "net", out, size); }
SHOW(show_mntns) { namespace(p, "mnt", out, size); }
SHOW(show_ipcns) { namespace(p, "ipc", out, size); }
SHOW(show_utsns) { namespace(p, "uts", out, size); }
SHOW(show_userns) { namespace(p, "user", out, size); }
SHOW(show_cgroupns) { namespace(p, "cgroup", out, size); }
SHOW(show_timens) { namespace(p, "time", out, size); }

SHOW(show_cgroup)
{
	char path[64], text[512] = "";
	snprintf(path, sizeof path, "/proc/%d/cgroup", (int)p->pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = 0;
	for (char *at = text; *at; at++)
		if (*at == '\n')
			*at = at[1] ? ';' : 0;
	snprintf(out, size, "%s", *text ? text : "-");
}

/* What stands before a command in a forest. */
static size_t branches(const struct ps_process *p, char *out, size_t size)
{
	size_t n = 0;
	*out = 0;
	if (ps_forest == 'H')
		for (int i = 0; i < p->level && n < size; i++)
			n += snprintf(out + n, size - n, "  ");
	if (ps_forest == 'f')
		for (int i = 1; i <= p->level && n < size; i++)
			n += snprintf(out + n, size - n, i == p->level ? " \\_ " : p->more[i] ? " |  " : "    ");
	return n < size ? n : size - 1;
}

SHOW(show_args)
{
	size_t n = branches(p, out, size);
	snprintf(out + n, size - n, "%s", p->args);
}

SHOW(show_comm)
{
	size_t n = branches(p, out, size);
	snprintf(out + n, size - n, "%s", p->comm);
}

static const struct ps_column COLUMNS[] = {
	{ "pid", "PID", PS_PID_WIDTH, true, show_pid }, { "tgid", "TGID", PS_PID_WIDTH, true, show_pid }, { "ppid", "PPID", PS_PID_WIDTH, true, show_ppid }, { "pgid", "PGID", PS_PID_WIDTH, true, show_pgrp },
	{ "pgrp", "PGRP", PS_PID_WIDTH, true, show_pgrp }, { "sid", "SID", PS_PID_WIDTH, true, show_session }, { "sess", "SESS", PS_PID_WIDTH, true, show_session }, { "session", "SESS", PS_PID_WIDTH, true, show_session },
	{ "tpgid", "TPGID", PS_PID_WIDTH, true, show_tpgid }, { "lwp", "LWP", PS_PID_WIDTH, true, show_tid }, { "tid", "TID", PS_PID_WIDTH, true, show_tid }, { "spid", "SPID", PS_PID_WIDTH, true, show_tid },
	{ "user", "USER", 8, false, show_euser }, { "euser", "EUSER", 8, false, show_euser }, { "uname", "USER", 8, false, show_euser }, { "ruser", "RUSER", 8, false, show_ruser },
	{ "group", "GROUP", 8, false, show_egroup }, { "egroup", "EGROUP", 8, false, show_egroup }, { "rgroup", "RGROUP", 8, false, show_rgroup },
	{ "uid", "UID", 5, true, show_euid }, { "euid", "EUID", 5, true, show_euid }, { "ruid", "RUID", 5, true, show_ruid }, { "gid", "GID", 5, true, show_egid },
	{ "egid", "EGID", 5, true, show_egid }, { "rgid", "RGID", 5, true, show_rgid },
	{ "tty", "TT", 8, false, show_tname }, { "tt", "TT", 8, false, show_tname }, { "tname", "TTY", 8, false, show_tname },
	{ "stat", "STAT", 4, false, show_stat }, { "state", "S", 1, false, show_state }, { "s", "S", 1, false, show_state },
	{ "time", "TIME", 8, true, show_time }, { "cputime", "TIME", 8, true, show_time }, { "bsdtime", "TIME", 6, true, show_bsd_time },
	{ "etime", "ELAPSED", 11, true, show_elapsed }, { "etimes", "ELAPSED", 7, true, show_seconds },
	{ "start", "STARTED", 8, true, show_start }, { "lstart", "STARTED", 24, true, show_lstart }, { "stime", "STIME", 5, false, show_start_time },
	{ "start_time", "START", 5, false, show_start_time }, { "bsdstart", "START", 5, false, show_start_time },
	{ "ni", "NI", 3, true, show_nice }, { "nice", "NI", 3, true, show_nice }, { "pri", "PRI", 3, true, show_pri }, { "bsdpri", "PRI", 3, true, show_bsd_pri },
	{ "opri", "PRI", 3, true, show_old_pri }, { "priority", "PRI", 3, true, show_bsd_pri }, { "psr", "PSR", 3, true, show_processor },
	{ "vsz", "VSZ", 6, true, show_vsz }, { "vsize", "VSZ", 6, true, show_vsz }, { "rss", "RSS", 5, true, show_rss }, { "rssize", "RSS", 5, true, show_rss }, { "sz", "SZ", 5, true, show_sz },
	{ "pcpu", "%CPU", 4, true, show_cpu }, { "%cpu", "%CPU", 4, true, show_cpu }, { "pmem", "%MEM", 4, true, show_mem }, { "%mem", "%MEM", 4, true, show_mem }, { "c", "C", 2, true, show_c },
	{ "cp", "CP", 3, true, show_c }, { "nlwp", "NLWP", 4, true, show_threads }, { "thcount", "THCNT", 5, true, show_threads }, { "f", "F", 1, true, show_flags }, { "flags", "F", 1, true, show_flags },
	{ "minflt", "MINFLT", 6, true, show_minor }, { "majflt", "MAJFLT", 6, true, show_major }, { "wchan", "WCHAN", 6, false, show_wchan }, { "addr", "ADDR", 4, true, show_dash },
	{ "pidns", "PIDNS", 10, true, show_pidns }, { "netns", "NETNS", 10, true, show_netns }, { "mntns", "MNTNS", 10, true, show_mntns }, { "ipcns", "IPCNS", 10, true, show_ipcns },
	{ "utsns", "UTSNS", 10, true, show_utsns }, { "userns", "USERNS", 10, true, show_userns }, { "cgroupns", "CGROUPNS", 10, true, show_cgroupns }, { "timens", "TIMENS", 10, true, show_timens },
	{ "cgroup", "CGROUP", 27, false, show_cgroup },
	{ "cmd", "CMD", 27, false, show_args }, { "args", "COMMAND", 27, false, show_args }, { "command", "COMMAND", 27, false, show_args },
	{ "comm", "COMMAND", 15, false, show_comm }, { "ucmd", "CMD", 15, false, show_comm }, { "ucomm", "COMMAND", 15, false, show_comm },
};

const struct ps_column *ps_find_column(const char *name)
{
	for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++)
		if (!strcasecmp(COLUMNS[i].name, name))
			return &COLUMNS[i];
	return NULL;
}
