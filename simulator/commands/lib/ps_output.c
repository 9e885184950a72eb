/* ps: columns and rows. */
#define _GNU_SOURCE
#include "ps_wanted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cell { const struct ps_column *column; char heading[64]; int width; };
static struct cell cells[64];
static size_t n_cells;
int ps_pid_width = 5;

static void add_cell(const char *name, const char *heading, int width)
{
	const struct ps_column *column = ps_find_column(name);
	char message[128];
	if (!column) {
		snprintf(message, sizeof message, "unknown user-defined format specifier \"%s\"", name);
		ps_usage(message);
	}
	if (n_cells >= sizeof cells / sizeof *cells)
		return;
	cells[n_cells].column = column;
	snprintf(cells[n_cells].heading, sizeof cells->heading, "%s", heading ? heading : column->heading);
	cells[n_cells].width = width ? width : column->width == PS_PID_WIDTH ? ps_pid_width : column->width;
	int needed = heading ? strlen(heading) : 0;
	/* a heading of one's own makes room for itself */
	if (!width && needed > cells[n_cells].width)
		cells[n_cells].width = needed;
	n_cells++;
}

void ps_add_format(const char *text)
{
	char *copy = strdup(text), *rest = copy;
	ps_wanted.custom = true;
	if (!*text)
		ps_usage("improper format list");
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
				ps_usage("improper format list");
		}
		if (*word)
			add_cell(word, heading, width);
	}
	free(copy);
}

void ps_usual_columns(void)
{
	if (ps_wanted.custom)
		return;
	const char *text;
	if (ps_wanted.bsd_format || (ps_wanted.bsd_x && !ps_wanted.format))
		text = ps_wanted.format == 'u' ? "user,pid,pcpu,pmem,vsz,rss,tname,stat,bsdstart,bsdtime,args" : ps_wanted.format == 'l' ? "f,uid,pid,ppid,bsdpri,ni,vsz,rss,wchan,stat,tname,bsdtime,args"
			: ps_wanted.format == 'j' ? "ppid,pid,pgid,sid,tname,tpgid,stat,uid,bsdtime,args" : ps_wanted.threads ? "pid,lwp,tname,stat,bsdtime,args" : "pid,tname,stat,bsdtime,args";
	else if (ps_wanted.format == 'f')
		text = ps_wanted.threads ? "user=UID\tpid,ppid,lwp,c,nlwp,stime,tname,time,cmd" : "user=UID\tpid,ppid,c,stime,tname,time,cmd";
	else if (ps_wanted.format == 'F')
		text = "user=UID\tpid,ppid,c,sz,rss,psr,stime,tname,time,cmd";
	else if (ps_wanted.format == 'l')
		text = ps_wanted.extra_y ? "s,uid,pid,ppid,c,opri,ni,rss,sz,wchan,tname,time,ucmd" : ps_wanted.threads ? "f,s,uid,pid,ppid,lwp,c,opri,ni,addr,sz,wchan,tname,time,ucmd" : "f,s,uid,pid,ppid,c,opri,ni,addr,sz,wchan,tname,time,ucmd";
	else if (ps_wanted.format == 'j')
		text = "pid,pgid,sid,tname,time,ucmd";
	else
		text = ps_wanted.spids ? "pid,spid,tname,time,ucmd" : ps_wanted.threads ? "pid,lwp,tname,time,ucmd" : "pid,tname,time,ucmd";
	if (!strncmp(text, "user=UID\t", 9)) {
		add_cell("user", "UID", 8);
		text += 9;
	}
	ps_add_format(text);
	/* the long formats leave `ADDR` no width of its own */
	for (size_t i = 0; i < n_cells; i++) {
		if (!strcmp(cells[i].column->name, "addr"))
			cells[i].width = 1;
		if (!strcmp(cells[i].column->name, "sz") && ps_wanted.format == 'l' && !ps_wanted.extra_y)
			cells[i].width = 5;
	}
}

bool ps_any_heading(void)
{
	bool any = false;
	for (size_t i = 0; i < n_cells; i++)
		any |= cells[i].heading[0] != 0;
	return any;
}

void ps_print_row(const struct ps_process *p, int columns)
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
