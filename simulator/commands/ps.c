/* ps(1) of procps: processes, as /proc tells of them. */
#define _GNU_SOURCE
#include "lib/ps.h"

#include <ctype.h>
#include <dirent.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

struct cell { const struct ps_column *column; char heading[64]; int width; };
static struct cell cells[64];
static size_t n_cells;

enum by { BY_PID, BY_PPID, BY_SESSION, BY_TTY, BY_EUID, BY_RUID, BY_EGID, BY_RGID, BY_COMM };
struct selector { enum by by; unsigned number; const char *text; };
static struct selector *selectors;
static size_t n_selectors;

static bool everything, negate, bsd_all, bsd_x, with_tty, no_leaders, headings = true, threads, custom, running_only;
static char format;
static bool bsd_format, spids, extra_y;
static struct { const struct ps_column *column; bool down; } keys[8];
static size_t n_keys;
static struct ps_process *list;
static size_t n_list;
static struct ps_process self;
/* Digits of the largest pid. */
static int pid_width = 5;

static void usage(const char *message) __attribute__((noreturn));
static void usage(const char *message)
{
	if (message)
		fprintf(stderr, "error: %s\n", message);
	fprintf(stderr, "\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n");
	exit(EXIT_FAILURE);
}

static void add_cell(const char *name, const char *heading, int width)
{
	const struct ps_column *column = ps_find_column(name);
	char message[128];
	if (!column) {
		snprintf(message, sizeof message, "unknown user-defined format specifier \"%s\"", name);
		usage(message);
	}
	if (n_cells >= sizeof cells / sizeof *cells)
		return;
	cells[n_cells].column = column;
	snprintf(cells[n_cells].heading, sizeof cells->heading, "%s", heading ? heading : column->heading);
	cells[n_cells].width = width ? width : column->width == PS_PID_WIDTH ? pid_width : column->width;
	int needed = heading ? strlen(heading) : 0;
	/* a heading of one's own makes room for itself */
	if (!width && needed > cells[n_cells].width)
		cells[n_cells].width = needed;
	n_cells++;
}

/* `pid,comm=NAME,args:20`. A heading of one's own takes the rest of the word. */
static void add_format(const char *text)
{
	char *copy = strdup(text), *rest = copy;
	custom = true;
	if (!*text)
		usage("improper format list");
	while (rest && *rest) {
		char *word = rest, *heading = NULL;
		int width = 0;
		size_t length = strcspn(rest, ", =");
		if (rest[length] == '=') {
			rest[length] = 0;
			heading = rest + length + 1;
			rest = NULL;
		} else {
			rest = rest[length] ? (rest[length] = 0, rest + length + 1) : NULL;
		}
		char *colon = strchr(word, ':');
		if (colon) {
			*colon = 0;
			width = atoi(colon + 1);
			if (width <= 0)
				usage("improper format list");
		}
		if (*word)
			add_cell(word, heading, width);
	}
	free(copy);
}

static bool number_of(const char *text, unsigned *number)
{
	char *end;
	*number = strtoul(text, &end, 10);
	return isdigit((unsigned char)*text) && !*end;
}

static void select_one(enum by by, const char *word)
{
	struct selector one = { by, 0, NULL };
	struct passwd *user;
	struct group *group;
	switch (by) {
	case BY_PID: case BY_PPID: case BY_SESSION:
		if (!number_of(word, &one.number))
			usage("process ID list syntax error");
		if (one.number == 0)
			usage("process ID out of range");
		break;
	case BY_TTY:
		if (!ps_tty_number(word, &one.number))
			usage("TTY could not be found");
		break;
	case BY_EUID: case BY_RUID:
		user = getpwnam(word);
		if (user)
			one.number = user->pw_uid;
		else if (!number_of(word, &one.number))
			usage("user name does not exist");
		break;
	case BY_EGID: case BY_RGID:
		group = getgrnam(word);
		if (group)
			one.number = group->gr_gid;
		else if (!number_of(word, &one.number))
			usage("group name does not exist");
		break;
	case BY_COMM: one.text = strdup(word); break;
	}
	selectors = realloc(selectors, (n_selectors + 1) * sizeof *selectors);
	selectors[n_selectors++] = one;
}

static void select_list(enum by by, const char *text)
{
	char *copy = strdup(text), *rest = copy, *word;
	if (!*text)
		usage("list member expected");
	while ((word = strsep(&rest, ", ")))
		if (*word)
			select_one(by, word);
	free(copy);
}

static void add_keys(const char *text)
{
	char *copy = strdup(text), *rest = copy, *word;
	while ((word = strsep(&rest, ",")) && n_keys < 8) {
		bool down = *word == '-';
		if (*word == '-' || *word == '+')
			word++;
		keys[n_keys].column = ps_find_column(word);
		if (!keys[n_keys].column)
			usage("unknown sort specifier");
		keys[n_keys++].down = down;
	}
	free(copy);
}

static void set_format(char letter, bool bsd)
{
	if (format && (format != letter || bsd_format != bsd) && !(bsd && strchr("ulvjs", format)))
		usage("conflicting format options");
	format = letter;
	bsd_format = bsd;
}

/* The argument of an option: what follows in the same word, or the next one. */
static const char *argument(const char **at, char *argv[], int *i, const char *message)
{
	const char *text = *at + 1;
	if (!*text) {
		text = argv[++*i];
		if (!text)
			usage(message);
	}
	*at = NULL;
	return text;
}

static void unix_options(char *argv[], int *i)
{
	for (const char *at = argv[*i] + 1; at && *at; at = at ? at + 1 : NULL) {
		switch (*at) {
		case 'e': case 'A': everything = true; break;
		case 'a': with_tty = no_leaders = true; break;
		case 'd': no_leaders = true; break;
		case 'N': negate = true; break;
		case 'f': case 'l': case 'j': case 'F': set_format(*at, false); break;
		case 'H': ps_forest = 'H'; break;
		case 'L': threads = true; break;
		case 'T': threads = spids = true; break;
		case 'y': extra_y = true; break;
		case 'w': case 'c': case 'm': case 'M': break;
		case 'o': case 'O': add_format(argument(&at, argv, i, "format specification must follow -o")); break;
		case 'p': select_list(BY_PID, argument(&at, argv, i, "list of process IDs must follow -p")); break;
		case 'q': select_list(BY_PID, argument(&at, argv, i, "list of process IDs must follow -q")); break;
		case 'C': select_list(BY_COMM, argument(&at, argv, i, "list of command names must follow -C")); break;
		case 'u': select_list(BY_EUID, argument(&at, argv, i, "list of users must follow -u")); break;
		case 'U': select_list(BY_RUID, argument(&at, argv, i, "list of real users must follow -U")); break;
		case 'g': select_list(BY_SESSION, argument(&at, argv, i, "list of session leaders OR effective group names must follow -g")); break;
		case 'G': select_list(BY_RGID, argument(&at, argv, i, "list of real groups must follow -G")); break;
		case 's': select_list(BY_SESSION, argument(&at, argv, i, "list of session IDs must follow -s")); break;
		case 't': select_list(BY_TTY, argument(&at, argv, i, "list of terminals (pty, tty...) must follow -t")); break;
		case 'V': printf("ps from procps-ng 4.0.2\n"); exit(EXIT_SUCCESS);
		default:
			if (isdigit((unsigned char)*at)) {
				select_list(BY_PID, at);
				set_format('x', true);
				return;
			}
			usage("unsupported SysV option");
		}
	}
}

static void bsd_options(char *argv[], int *i)
{
	if (isdigit((unsigned char)argv[*i][0])) {
		select_list(BY_PID, argv[*i]);
		bsd_format = true;
		return;
	}
	for (const char *at = argv[*i]; at && *at; at = at ? at + 1 : NULL) {
		bsd_format |= !format;
		switch (*at) {
		case 'a': bsd_all = true; break;
		case 'x': bsd_x = true; break;
		case 'u': case 'l': case 'j': set_format(*at, true); break;
		case 'f': ps_forest = 'f'; break;
		case 'h': headings = false; break;
		case 'H': threads = true; break;
		case 'r': running_only = true; break;
		case 'T': select_list(BY_TTY, ps_tty(self.tty)); break;
		case 'e': case 'w': case 'c': case 'n': case 'm': case 'S': case 'g': break;
		case 'o': add_format(argument(&at, argv, i, "format specification must follow o")); break;
		case 'p': select_list(BY_PID, argument(&at, argv, i, "list of process IDs must follow p")); break;
		case 't': select_list(BY_TTY, argument(&at, argv, i, "list of terminals must follow t")); break;
		case 'U': select_list(BY_EUID, argument(&at, argv, i, "list of users must follow U")); break;
		case 'k': add_keys(argument(&at, argv, i, "sort specification must follow k")); break;
		case 'V': printf("ps from procps-ng 4.0.2\n"); exit(EXIT_SUCCESS);
		default: usage("unsupported option (BSD syntax)");
		}
	}
}

static void long_option(char *argv[], int *i)
{
	static const struct { const char *name; enum by by; const char *message; } LISTS[] = {
		{ "pid", BY_PID, "list of process IDs must follow --pid" }, { "quick-pid", BY_PID, "list of process IDs must follow --quick-pid" }, { "ppid", BY_PPID, "list of process IDs must follow --ppid" },
		{ "sid", BY_SESSION, "list of session IDs must follow --sid" }, { "tty", BY_TTY, "list of ttys must follow --tty" }, { "user", BY_EUID, "list of effective users must follow --user" },
		{ "User", BY_RUID, "list of real users must follow --User" }, { "group", BY_EGID, "list of effective groups must follow --group" }, { "Group", BY_RGID, "list of real groups must follow --Group" },
	};
	const char *name = argv[*i] + 2, *value = strchr(name, '=');
	size_t length = value ? (size_t)(value - name) : strlen(name);
#define IS(text) (length == strlen(text) && !strncmp(name, text, length))
	for (size_t k = 0; k < sizeof LISTS / sizeof *LISTS; k++)
		if (IS(LISTS[k].name)) {
			const char *text = value ? value + 1 : argv[++*i];
			if (!text)
				usage(LISTS[k].message);
			select_list(LISTS[k].by, text);
			return;
		}
	if (IS("forest"))
		ps_forest = 'f';
	else if (IS("no-headers") || IS("no-headings") || IS("no-header") || IS("no-heading") || IS("noheaders") || IS("noheading") || IS("noheadings") || IS("noheader"))
		headings = false;
	else if (IS("headers") || IS("heading") || IS("deselect") || IS("cumulative") || IS("cols") || IS("width") || IS("columns") || IS("rows") || IS("lines"))
		negate |= IS("deselect");
	else if (IS("sort")) {
		const char *text = value ? value + 1 : argv[++*i];
		if (!text)
			usage("long sort specification must follow --sort");
		add_keys(text);
	} else if (IS("format")) {
		const char *text = value ? value + 1 : argv[++*i];
		if (!text)
			usage("format specification must follow --format");
		add_format(text);
	} else if (IS("version")) {
		printf("ps from procps-ng 4.0.2\n");
		exit(EXIT_SUCCESS);
	} else if (IS("help")) {
		printf("\nUsage:\n ps [options]\n\nSelection: -e -a -p -C -u -U -G -t --ppid; a x. Output: -f -F -l -j -o; u l j. See ps(1).\n");
		exit(EXIT_SUCCESS);
	} else
		usage("unknown gnu long option");
#undef IS
}

/* The columns of the chosen format, when there are no own ones. */
static void usual_columns(void)
{
	if (custom)
		return;
	const char *text;
	if (bsd_format || (bsd_x && !format))
		text = format == 'u' ? "user,pid,pcpu,pmem,vsz,rss,tname,stat,bsdstart,bsdtime,args" : format == 'l' ? "f,uid,pid,ppid,bsdpri,ni,vsz,rss,wchan,stat,tname,bsdtime,args"
			: format == 'j' ? "ppid,pid,pgid,sid,tname,tpgid,stat,uid,bsdtime,args" : threads ? "pid,lwp,tname,stat,bsdtime,args" : "pid,tname,stat,bsdtime,args";
	else if (format == 'f')
		text = threads ? "user=UID\tpid,ppid,lwp,c,nlwp,stime,tname,time,cmd" : "user=UID\tpid,ppid,c,stime,tname,time,cmd";
	else if (format == 'F')
		text = "user=UID\tpid,ppid,c,sz,rss,psr,stime,tname,time,cmd";
	else if (format == 'l')
		text = extra_y ? "s,uid,pid,ppid,c,opri,ni,rss,sz,wchan,tname,time,ucmd" : threads ? "f,s,uid,pid,ppid,lwp,c,opri,ni,addr,sz,wchan,tname,time,ucmd" : "f,s,uid,pid,ppid,c,opri,ni,addr,sz,wchan,tname,time,ucmd";
	else if (format == 'j')
		text = "pid,pgid,sid,tname,time,ucmd";
	else
		text = spids ? "pid,spid,tname,time,ucmd" : threads ? "pid,lwp,tname,time,ucmd" : "pid,tname,time,ucmd";
	if (!strncmp(text, "user=UID\t", 9)) {
		add_cell("user", "UID", 8);
		text += 9;
	}
	add_format(text);
	/* the long formats leave `ADDR` no width of its own */
	for (size_t i = 0; i < n_cells; i++) {
		if (!strcmp(cells[i].column->name, "addr"))
			cells[i].width = 1;
		if (!strcmp(cells[i].column->name, "sz") && format == 'l' && !extra_y)
			cells[i].width = 5;
	}
}

static bool chosen(const struct ps_process *p)
{
	bool found = false;
	if (running_only && p->state != 'R')
		return false;
	for (size_t i = 0; i < n_selectors && !found; i++) {
		const struct selector *s = &selectors[i];
		switch (s->by) {
		case BY_PID: found = p->pid == (pid_t)s->number; break;
		case BY_PPID: found = p->ppid == (pid_t)s->number; break;
		case BY_SESSION: found = p->session == (pid_t)s->number; break;
		case BY_TTY: found = p->tty == s->number; break;
		case BY_EUID: found = p->euid == s->number; break;
		case BY_RUID: found = p->uid == s->number; break;
		case BY_EGID: found = p->egid == s->number; break;
		case BY_RGID: found = p->gid == s->number; break;
		case BY_COMM: found = !strncmp(p->comm, s->text, 15); break;
		}
	}
	if (everything || (bsd_all && bsd_x))
		found = true;
	else if (bsd_all)
		found |= p->tty != 0;
	else if (bsd_x)
		found |= p->euid == self.euid;
	else if (no_leaders)
		found |= p->session != p->pid && (!with_tty || p->tty != 0);
	else if (n_selectors == 0)
		found = p->euid == self.euid && p->tty == self.tty && (!bsd_format || p->tty != 0);
	return found != negate;
}

static void add_process(pid_t pid, pid_t tid)
{
	struct ps_process one;
	if (!ps_read(pid, tid, &one))
		return;
	list = realloc(list, (n_list + 1) * sizeof *list);
	list[n_list++] = one;
}

static int by_number(const void *a, const void *b)
{
	const struct ps_process *x = a, *y = b;
	return x->pid != y->pid ? x->pid - y->pid : x->tid - y->tid;
}

static void scan(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	while (proc && (entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		pid_t pid = atoi(entry->d_name);
		char path[64];
		snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
		DIR *tasks = threads ? opendir(path) : NULL;
		struct dirent *task;
		if (!tasks)
			add_process(pid, 0);
		while (tasks && (task = readdir(tasks)))
			if (isdigit((unsigned char)task->d_name[0]))
				add_process(pid, atoi(task->d_name));
		if (tasks)
			closedir(tasks);
	}
	if (proc)
		closedir(proc);
	qsort(list, n_list, sizeof *list, by_number);
}

static int by_keys(const void *a, const void *b)
{
	for (size_t i = 0; i < n_keys; i++) {
		char x[4096], y[4096];
		keys[i].column->show(a, x, sizeof x);
		keys[i].column->show(b, y, sizeof y);
		int order = keys[i].column->right && isdigit((unsigned char)*x) ? (atof(x) > atof(y)) - (atof(x) < atof(y)) : strcmp(x, y);
		if (order)
			return keys[i].down ? -order : order;
	}
	return by_number(a, b);
}

static void print_row(const struct ps_process *p, int columns)
{
	char line[16384];
	size_t at = 0;
	int excess = 0;
	for (size_t i = 0; i < n_cells; i++) {
		char text[8192];
		const struct cell *c = &cells[i];
		bool last = i + 1 == n_cells, right = c->column->right;
		if (p)
			c->column->show(p, text, sizeof text);
		else
			snprintf(text, sizeof text, "%s", c->heading);
		int length = strlen(text);
		/* a name that does not fit says so; other words are cut */
		if (p && length > c->width && strstr(c->column->name, "user"))
			text[c->width - 1] = '+';
		if (p && !last && !right && length > c->width)
			text[length = c->width] = 0;
		/* what is too long takes its room from the gap of those that follow */
		int width = last && !right ? 0 : c->width - excess > 0 ? c->width - excess : 0;
		excess = length > width && !last ? length - width : 0;
		at += snprintf(line + at, at < sizeof line ? sizeof line - at : 0, right ? "%s%*s" : "%s%-*s", i ? " " : "", width, text);
		if (at >= sizeof line)
			at = sizeof line - 1;
	}
	if (columns && (int)strlen(line) > columns)
		line[columns] = 0;
	puts(line);
}

static void tree(pid_t parent, int level, const bool *more, int columns)
{
	for (size_t i = 0; i < n_list; i++) {
		struct ps_process *p = &list[i];
		if (p->ppid != parent || p->shown)
			continue;
		p->shown = true;
		/* the children of init stand as if they had no parent, where branches are drawn */
		p->level = ps_forest == 'f' && parent == 1 ? 0 : level < 63 ? level : 63;
		memcpy(p->more, more, sizeof p->more);
		for (size_t k = i + 1; k < n_list; k++)
			if (list[k].ppid == parent && p->level < 64)
				p->more[p->level] = true;
		print_row(p, columns);
		bool below[64];
		memcpy(below, p->more, sizeof below);
		if (p->level + 1 < 64)
			below[p->level + 1] = false;
		tree(p->pid, p->level + 1, below, columns);
	}
}

static bool has_parent(const struct ps_process *p)
{
	for (size_t i = 0; i < n_list; i++)
		if (list[i].pid == p->ppid && &list[i] != p)
			return true;
	return false;
}

static void machine(void)
{
	char line[256];
	double seconds = 0;
	FILE *file = fopen("/proc/uptime", "r");
	if (file && fscanf(file, "%lf", &seconds) == 1)
		ps_uptime = seconds;
	if (file)
		fclose(file);
	file = fopen("/proc/stat", "r");
	while (file && fgets(line, sizeof line, file))
		sscanf(line, "btime %ld", &ps_boot);
	if (file)
		fclose(file);
	file = fopen("/proc/meminfo", "r");
	while (file && fgets(line, sizeof line, file))
		sscanf(line, "MemTotal: %lu", &ps_memory_kb);
	if (file)
		fclose(file);
	file = fopen("/proc/sys/kernel/pid_max", "r");
	if (file && fgets(line, sizeof line, file))
		pid_width = strcspn(line, "\n");
	if (file)
		fclose(file);
	ps_hertz = sysconf(_SC_CLK_TCK);
}

int main(int argc, char *argv[])
{
	struct stat st;
	if (stat("/proc/self/stat", &st) != 0) {
		fprintf(stderr, "Error, do this: mount -t proc proc /proc\n");
		return 47;
	}
	/* by number, as the original asks: a /proc of another pid namespace has somebody else there, or nobody */
	if (!ps_read(getpid(), 0, &self)) {
		fprintf(stderr, "fatal library error, lookup self\n");
		return EXIT_FAILURE;
	}
	machine();
	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], "--", 2))
			long_option(argv, &i);
		else if (argv[i][0] == '-')
			unix_options(argv, &i);
		else
			bsd_options(argv, &i);
	}
	usual_columns();
	scan();
	int columns = 0;
	struct winsize size;
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		columns = size.ws_col;
	size_t kept = 0;
	for (size_t i = 0; i < n_list; i++)
		if (chosen(&list[i]))
			list[kept++] = list[i];
	n_list = kept;
	if (n_keys)
		qsort(list, n_list, sizeof *list, by_keys);
	bool any_heading = false;
	for (size_t i = 0; i < n_cells; i++)
		any_heading |= cells[i].heading[0] != 0;
	if (headings && any_heading)
		print_row(NULL, columns);
	if (ps_forest) {
		bool more[64] = { false };
		for (size_t i = 0; i < n_list; i++) {
			struct ps_process *p = &list[i];
			if (p->shown || has_parent(p))
				continue;
			p->shown = true;
			print_row(p, columns);
			tree(p->pid, 1, more, columns);
		}
	} else {
		for (size_t i = 0; i < n_list; i++)
			print_row(&list[i], columns);
	}
	return n_list ? EXIT_SUCCESS : EXIT_FAILURE;
}
