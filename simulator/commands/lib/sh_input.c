/* Where the shell's text comes from: a stack of strings and descriptors, one character at a time. */
#include "sh.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct sh_input *sh_in;
/* While above 0, every character that is read is also kept in sh_captured. */
int sh_capturing;
struct sh_buf sh_captured;

void sh_push_string(struct sh_input *in, const char *text, int line)
{
	memset(in, 0, sizeof *in);
	in->up = sh_in;
	in->text = in->line_start = text;
	in->length = strlen(text);
	in->fd = -1;
	in->line = line;
	sh_in = in;
}

void sh_push_fd(struct sh_input *in, int fd, int interactive)
{
	memset(in, 0, sizeof *in);
	in->up = sh_in;
	in->text = in->line_start = "";
	in->fd = fd;
	in->interactive = interactive;
	in->line = 1;
	sh_in = in;
}

void sh_pop_input(void)
{
	if (sh_in->fd >= 0) {
		free((char *)sh_in->buf.text);
		free(sh_in->block);
	}
	sh_in = sh_in->up;
}

static int read_byte(struct sh_input *in)
{
	unsigned char c;
	ssize_t got;

	if (in->fd > 9 && !in->interactive) {   /* a script: nobody else reads it */
		if (in->block_pos >= in->block_length) {
			if (!in->block)
				in->block = sh_xmalloc(4096);
			do
				got = read(in->fd, in->block, 4096);
			while (got < 0 && errno == EINTR);
			if (got <= 0)
				return -1;
			in->block_pos = 0;
			in->block_length = (size_t)got;
		}
		return (unsigned char)in->block[in->block_pos++];
	}
	for (;;) {
		got = read(in->fd, &c, 1);
		if (got == 1)
			return c;
		if (got == 0 || errno != EINTR)
			return -1;
		if (sh_interrupted) {
			return -2;
		}
		sh_run_traps();
	}
}

/* The next line of a descriptor; commands that are run read on behind it. */
static int fill(struct sh_input *in)
{
	char *line = (char *)in->buf.text;
	size_t length = 0, room = in->buf.room;
	int c = 0;

	if (in->ended)
		return 0;
	if (in->interactive)
		sh_prompt(sh_continued);
	while (c != '\n') {
		if (length + 2 > room) {
			room = room ? room * 2 : 128;
			line = realloc(line, room);
			if (!line)
				exit(2);
		}
		c = read_byte(in);
		if (c == -2) {   /* Ctrl+C: the line is dropped */
			sh_interrupted = 0;
			fputc('\n', stderr);
			sh_status = 130;
			length = 0;
			sh_syntax_error = 2;
			line[length++] = '\n';
			break;
		}
		if (c < 0) {
			if (length > 0 && !sh_dash)
				line[length++] = '\n';
			break;
		}
		if (c == 0)
			continue;
		line[length++] = (char)c;
	}
	line[length] = '\0';
	in->buf.text = line;
	in->buf.room = room;
	in->text = in->line_start = line;
	in->length = length;
	in->pos = 0;
	if (length == 0)
		in->ended = 1;
	if (sh_opt_v && length)
		fwrite(line, 1, length, stderr);
	return length > 0;
}

int sh_getc(void)
{
	struct sh_input *in = sh_in;
	char c;

	while (in->pos >= in->length) {
		if (in->alias) {   /* its text is over: on with what was behind the word */
			struct sh_alias *alias = sh_alias(in->alias);

			if (alias)
				alias->busy = 0;
			sh_in = in = in->up;
			continue;
		}
		if (in->fd >= 0 && fill(in))
			continue;
		/* bash ends the last line itself */
		if (!sh_dash && !in->ended && in->fd < 0 && in->length > 0 && in->text[in->length - 1] != '\n') {
			in->ended = 1;
			in->line++;
			if (sh_capturing)
				sh_put(&sh_captured, '\n');
			return '\n';
		}
		return -1;
	}
	c = in->text[in->pos++];
	if (c == '\n') {
		in->line++;
		if (in->fd < 0)
			in->line_start = in->text + in->pos;
	}
	if (sh_capturing)
		sh_put(&sh_captured, c);
	return (unsigned char)c;
}

void sh_ungetc(void)
{
	struct sh_input *in = sh_in;

	if (in->fd < 0 && in->ended) {
		in->ended = 0;
		in->line--;
		if (sh_capturing && sh_captured.length)
			sh_captured.length--;
		return;
	}
	if (in->pos == 0)
		return;
	in->pos--;
	if (in->text[in->pos] == '\n') {
		in->line--;
		if (in->fd < 0) {
			size_t at = in->pos;

			while (at > 0 && in->text[at - 1] != '\n')
				at--;
			in->line_start = in->text + at;
		}
	}
	if (sh_capturing && sh_captured.length)
		sh_captured.length--;
}

int sh_at_end(void)
{
	size_t at;

	if (sh_in->fd >= 0 || sh_in->alias)
		return 0;
	for (at = sh_in->pos; at < sh_in->length; at++)
		if (!strchr(" \t\n", sh_in->text[at]))
			return 0;
	return 1;
}

char *sh_input_line(void)
{
	const char *start = sh_in->line_start;
	size_t length;

	/* Just after a newline the line that ended is meant. */
	if (sh_in->fd < 0 && start == sh_in->text + sh_in->pos && sh_in->pos > 0) {
		const char *end = start - 1;

		while (end > sh_in->text && end[-1] != '\n')
			end--;
		return sh_copyn(end, (size_t)(start - 1 - end));
	}
	length = strcspn(start, "\n");
	return sh_copyn(start, length);
}
