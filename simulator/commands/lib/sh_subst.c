/* $( … ) and <( … ): a child whose output (or input) is a pipe. */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* $(<file): the shell reads the file itself. */
static int only_input(const char *text)
{
	text += strspn(text, " \t\n");
	if (*text != '<' || text[1] == '<' || text[1] == '(' || text[1] == '&')
		return 0;
	text += 1 + strspn(text + 1, " \t");
	text += strcspn(text, " \t\n;&|<>()");
	return text[strspn(text, " \t\n")] == '\0';
}

static void child(const char *text)
{
	if (!sh_dash && only_input(text)) {
		char *name = sh_copy(strchr(text, '<') + 1), buf[4096], *target;
		ssize_t got;
		int fd;

		name += strspn(name, " \t");
		name[strcspn(name, " \t\n")] = '\0';
		target = sh_expand_string(name, X_TILDE);
		fd = target ? open(target, O_RDONLY) : -1;
		if (fd < 0) {
			sh_error("%s: %s", target, strerror(errno));
			_exit(1);
		}
		while ((got = read(fd, buf, sizeof buf)) > 0)
			if (write(1, buf, (size_t)got) < 0)
				break;
		_exit(0);
	}
	sh_trace_depth++;
	sh_status = sh_run_string(text, sh_line, sh_dash ? E_LAST | E_ANY_REDIR : E_LAST);
	sh_exit(sh_status);
}

char *sh_command_subst(const char *text)
{
	struct sh_buf out = { 0 };
	struct sh_job *job;
	char buf[512];
	int ends[2];
	ssize_t got;

	fflush(stdout);
	if (text[strspn(text, " \t\n")] == '\0')
		return (char *)"";
	if (pipe(ends) < 0) {
		sh_error("cannot make pipe for command substitution: %s", strerror(errno));
		return (char *)"";
	}
	job = sh_new_job();
	if (sh_fork(job, NULL, 2, NULL) == 0) {
		close(ends[0]);
		if (ends[1] != 1) {
			dup2(ends[1], 1);
			close(ends[1]);
		}
		child(text);
	}
	close(ends[1]);
	for (;;) {
		got = read(ends[0], buf, sizeof buf);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		for (ssize_t i = 0; i < got; i++)
			if (buf[i])
				sh_put(&out, buf[i]);
	}
	close(ends[0]);
	if (job->count) {
		sh_status = sh_wait_job(job);
		sh_delete_job(job);
	} else {
		sh_status = 1;
	}
	sh_had_subst = 1;
	while (out.length && out.text[out.length - 1] == '\n')
		out.length--;
	return sh_text(&out);
}

static struct { int fd; pid_t pid; } open_substs[16];
static int open_count;

char *sh_process_subst(const char *text, int output)
{
	struct sh_job *job = sh_new_job();
	struct sh_buf name = { 0 };
	int ends[2], mine = 63;

	fflush(stdout);
	if (open_count == 16 || pipe(ends) < 0) {
		sh_error("cannot make pipe for process substitution: %s", strerror(errno));
		return (char *)"";
	}
	if (sh_fork(job, NULL, 2, NULL) == 0) {
		int side = output ? 0 : 1;

		close(ends[!side]);
		dup2(ends[side], side);
		close(ends[side]);
		sh_status = sh_run_string(text, sh_line, E_LAST);
		sh_exit(sh_status);
	}
	close(ends[output ? 0 : 1]);
	while (fcntl(mine, F_GETFD) >= 0)
		mine--;
	dup2(ends[output ? 1 : 0], mine);
	close(ends[output ? 1 : 0]);
	open_substs[open_count].fd = mine;
	open_substs[open_count++].pid = job->count ? job->process[0].pid : 0;
	if (job->count)
		sh_last_bg = job->process[0].pid;
	job->notified = 2;
	sh_putf(&name, "/dev/fd/%d", mine);
	return sh_text(&name);
}

/* When the command that was given the names is over. */
void sh_close_process_substs(void)
{
	while (open_count > 0)
		close(open_substs[--open_count].fd);
}
