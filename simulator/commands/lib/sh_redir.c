/* Redirections: made for one command and undone after it, or for good (exec, and in a child). */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAVE_FROM = 10, MOST = 256, PIPE_HOLDS = 4096 };
static struct { int fd, copy; } saved[MOST];
static int depth;

static int open_error(const struct sh_redir *redir, const char *name)
{
	int reading = redir->kind == R_IN, error = errno;

	if (sh_dash)
		sh_error("cannot %s %s: %s", reading ? "open" : "create", name,
			 error == ENOENT ? reading ? "No such file" : "Directory nonexistent" : strerror(error));
	else
		sh_error("%s: %s", name, strerror(error));
	return -1;
}

static int open_output(const struct sh_redir *redir, const char *name)
{
	struct stat st;
	int fd;

	if (!sh_opt_C || redir->kind != R_OUT)
		return open(name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (stat(name, &st) == 0) {
		if (!S_ISREG(st.st_mode))
			return open(name, O_WRONLY | O_TRUNC, 0666);
		errno = EEXIST;
		if (!sh_dash) {
			sh_error("%s: cannot overwrite existing file", name);
			return -2;
		}
		return -1;
	}
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0666);
	return fd;
}

/* The text of a here-document can be read from the descriptor that is returned. */
static int here_fd(const char *text)
{
	size_t length = strlen(text);
	char name[] = "/tmp/sh-thd.XXXXXX";
	int ends[2], fd, reader;

	if (length <= PIPE_HOLDS) {
		if (pipe(ends) < 0)
			return -1;
		if (length && write(ends[1], text, length) < 0)
			return -1;
		close(ends[1]);
		return ends[0];
	}
	fd = mkstemp(name);
	if (fd < 0) {
		sh_error("cannot create temp file for here-document: %s", strerror(errno));
		return -1;
	}
	while (length > 0) {
		ssize_t wrote = write(fd, text, length);

		if (wrote < 0)
			break;
		text += wrote;
		length -= (size_t)wrote;
	}
	reader = open(name, O_RDONLY);
	close(fd);
	unlink(name);
	return reader;
}

/* The target, expanded: NULL after a message. */
static char *target(struct sh_redir *redir)
{
	struct sh_list fields = { 0 };

	if (redir->ready)
		return redir->ready;
	if (redir->kind == R_HERE)
		return redir->literal || !strpbrk(redir->body, "$`\\") ? redir->body : sh_expand_quoted(redir->body, 1);
	if (redir->kind == R_HERE_STRING) {
		char *text = sh_expand_string(redir->word, X_TILDE);
		struct sh_buf line = { 0 };

		if (!text)
			return NULL;
		sh_puts(&line, text);
		sh_put(&line, '\n');
		return sh_text(&line);
	}
	if (sh_dash)
		return sh_expand_string(redir->word, X_TILDE);
	if (!sh_expand_words(&redir->word, 1, &fields))
		return NULL;
	if (fields.count != 1) {
		sh_error("%s: ambiguous redirect", redir->word);
		return NULL;
	}
	return fields.item[0];
}

int sh_expand_redirs(struct sh_redir *list)
{
	for (; list; list = list->next) {
		list->ready = NULL;
		list->ready = target(list);
		if (!list->ready || sh_skip)
			return 0;
	}
	return 1;
}

static void save(int fd, int permanent)
{
	if (permanent || depth >= MOST)
		return;
	saved[depth].fd = fd;
	saved[depth++].copy = fcntl(fd, F_DUPFD_CLOEXEC, SAVE_FROM);
}

static int move_to(int from, int to)
{
	if (from == to)
		return 1;
	dup2(from, to);
	close(from);
	return 1;
}

static int duplicate(struct sh_redir *redir, const char *text, int fd, int permanent)
{
	int from, closing = 0;
	size_t length = strspn(text, "0123456789");

	if (strcmp(text, "-") == 0) {
		save(fd, permanent);
		close(fd);
		return 1;
	}
	if (length && text[length] == '-' && !text[length + 1])
		closing = 1;
	else if (!length || text[length]) {
		if (redir->kind == R_DUP_OUT && redir->fd < 0 && !sh_dash)
			return 2;   /* >&file */
		sh_error(sh_dash ? "Syntax error: Bad fd number" : "%s: ambiguous redirect", redir->word);
		return 0;
	}
	from = atoi(text);
	if (fcntl(from, F_GETFD) < 0) {
		sh_error("%d: %s", from, strerror(errno));
		return 0;
	}
	save(fd, permanent);
	if (from != fd && dup2(from, fd) < 0) {
		sh_error("%s: %s", text, strerror(errno));
		return 0;
	}
	if (closing && from != fd)
		close(from);
	return 1;
}

static int one(struct sh_redir *redir, int permanent)
{
	char *text = target(redir);
	int fd = redir->fd, made = -1, both = redir->kind == R_BOTH || redir->kind == R_BOTH_APPEND;

	redir->ready = NULL;
	if (!text || sh_skip)
		return 0;
	if (redir->variable) {
		struct sh_buf digits = { 0 };

		if (strcmp(text, "-") == 0) {
			const char *value = sh_get(redir->variable);

			if (value)
				close(atoi(value));
			return 1;
		}
		fd = fcntl(0, F_DUPFD, SAVE_FROM);
		if (fd < 0)
			return 0;
		close(fd);
		sh_putf(&digits, "%d", fd);
		sh_set(redir->variable, sh_text(&digits));
		permanent = 1;
	} else if (fd < 0) {
		fd = redir->kind == R_IN || redir->kind == R_RDWR || redir->kind == R_DUP_IN || redir->kind == R_HERE || redir->kind == R_HERE_STRING ? 0 : 1;
	}
	switch (redir->kind) {
	case R_IN: made = open(text, O_RDONLY); break;
	case R_RDWR: made = open(text, O_RDWR | O_CREAT, 0666); break;
	case R_APPEND: case R_BOTH_APPEND: made = open(text, O_WRONLY | O_CREAT | O_APPEND, 0666); break;
	case R_OUT: case R_CLOBBER: case R_BOTH: made = open_output(redir, text); break;
	case R_HERE: case R_HERE_STRING: made = here_fd(text); break;
	case R_DUP_IN: case R_DUP_OUT:
		made = duplicate(redir, text, fd, permanent);
		if (made != 2)
			return made;
		both = 1;
		made = open_output(redir, text);
		break;
	}
	if (made == -2)
		return 0;
	if (made < 0)
		return open_error(redir, text), 0;
	save(fd, permanent);
	move_to(made, fd);
	if (both) {
		save(2, permanent);
		dup2(1, 2);
	}
	return 1;
}

int sh_redirect(struct sh_redir *list, int permanent)
{
	if (list)
		fflush(stdout);
	for (; list; list = list->next)
		if (!one(list, permanent))
			return 0;
	return 1;
}

int sh_redir_depth(void)
{
	return depth;
}

void sh_restore_redirs(int to)
{
	if (depth > to)
		fflush(stdout);
	while (depth > to) {
		depth--;
		if (saved[depth].copy < 0) {
			close(saved[depth].fd);
		} else {
			dup2(saved[depth].copy, saved[depth].fd);
			close(saved[depth].copy);
		}
	}
}

/* exec: what was redirected stays so. */
void sh_forget_redirs(void)
{
	while (depth > 0)
		if (saved[--depth].copy >= 0)
			close(saved[depth].copy);
}
