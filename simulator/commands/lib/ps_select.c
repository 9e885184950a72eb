/* ps: which processes. */
#define _GNU_SOURCE
#include "ps_wanted.h"

#include <ctype.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

struct selector { enum ps_by by; unsigned number; const char *text; };
static struct selector *selectors;
static size_t n_selectors;

static bool number_of(const char *text, unsigned *number)
{
	char *end;
	*number = strtoul(text, &end, 10);
	return isdigit((unsigned char)*text) && !*end;
}

static void select_one(enum ps_by by, const char *word)
{
	struct selector one = { by, 0, NULL };
	struct passwd *user;
	struct group *group;
	switch (by) {
	case PS_BY_PID: case PS_BY_PPID: case PS_BY_SESSION:
		if (!number_of(word, &one.number))
			ps_usage("process ID list syntax error");
		if (one.number == 0)
			ps_usage("process ID out of range");
		break;
	case PS_BY_TTY:
		if (!ps_tty_number(word, &one.number))
			ps_usage("TTY could not be found");
		break;
	case PS_BY_EUID: case PS_BY_RUID:
		user = getpwnam(word);
		if (user)
			one.number = user->pw_uid;
		else if (!number_of(word, &one.number))
			ps_usage("user name does not exist");
		break;
	case PS_BY_EGID: case PS_BY_RGID:
		group = getgrnam(word);
		if (group)
			one.number = group->gr_gid;
		else if (!number_of(word, &one.number))
			ps_usage("group name does not exist");
		break;
	case PS_BY_COMM: one.text = strdup(word); break;
	}
	selectors = realloc(selectors, (n_selectors + 1) * sizeof *selectors);
	selectors[n_selectors++] = one;
}

void ps_select(enum ps_by by, const char *text)
{
	char *copy = strdup(text), *rest = copy, *word;
	if (!*text)
		ps_usage("list member expected");
	while ((word = strsep(&rest, ", ")))
		if (*word)
			select_one(by, word);
	free(copy);
}

bool ps_chosen(const struct ps_process *p)
{
	bool found = false;
	if (ps_wanted.running_only && p->state != 'R')
		return false;
	for (size_t i = 0; i < n_selectors && !found; i++) {
		const struct selector *s = &selectors[i];
		switch (s->by) {
		case PS_BY_PID: found = p->pid == (pid_t)s->number; break;
		case PS_BY_PPID: found = p->ppid == (pid_t)s->number; break;
		case PS_BY_SESSION: found = p->session == (pid_t)s->number; break;
		case PS_BY_TTY: found = p->tty == s->number; break;
		case PS_BY_EUID: found = p->euid == s->number; break;
		case PS_BY_RUID: found = p->uid == s->number; break;
		case PS_BY_EGID: found = p->egid == s->number; break;
		case PS_BY_RGID: found = p->gid == s->number; break;
		case PS_BY_COMM: found = !strncmp(p->comm, s->text, 15); break;
		}
	}
	if (ps_wanted.everything || (ps_wanted.bsd_all && ps_wanted.bsd_x))
		found = true;
	else if (ps_wanted.bsd_all)
		found |= p->tty != 0;
	else if (ps_wanted.bsd_x)
		found |= p->euid == ps_self.euid;
	else if (ps_wanted.no_leaders)
		found |= p->session != p->pid && (!ps_wanted.with_tty || p->tty != 0);
	else if (n_selectors == 0)
		found = p->euid == ps_self.euid && p->tty == ps_self.tty && (!ps_wanted.bsd_format || p->tty != 0);
	return found != ps_wanted.negate;
}
