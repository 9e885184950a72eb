/* sed: lines in and out, what is appended behind a line, files that are edited in place. */
#define _GNU_SOURCE
#include "core.h"
#include "sed_io.h"
#include "sed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct sed_space sed_pattern;
int sed_in_place, sed_status, sed_unbuffered, sed_delimiter = '\n', sed_file_count, sed_file_at, sed_no_newline;
const char *sed_suffix;
char **sed_files, *sed_ahead;
FILE *sed_input, *sed_out;
long sed_line_number;
size_t sed_ahead_room;
ssize_t sed_ahead_length = -2;
static char *out_name;
struct appended { struct appended *next; char *text; int is_file; };
static struct appended *queue, **queue_end = &queue;

static void reserve(struct sed_space *space, size_t length)
{
	if (space->room < length + 1)
		space->text = core_realloc(space->text, space->room = (length + 1) * 2);
}

void sed_put(struct sed_space *space, const char *text, size_t length)
{
	reserve(space, space->length + length);
	memcpy(space->text + space->length, text, length);
	space->length += length;
	space->text[space->length] = '\0';
}

void sed_close_output(void)
{
	if (!sed_in_place || !sed_out || sed_out == stdout)
		return;
	fclose(sed_out);
	if (sed_suffix) {
		char *backup = core_malloc(strlen(sed_files[sed_file_at - 1]) + strlen(sed_suffix) + 1);

		sprintf(backup, "%s%s", sed_files[sed_file_at - 1], sed_suffix);
		rename(sed_files[sed_file_at - 1], backup);
	}
	rename(out_name, sed_files[sed_file_at - 1]);
	sed_out = stdout;
}

static int open_next(void)
{
	if (sed_input) {
		if (sed_input != stdin)
			fclose(sed_input);
		sed_input = NULL;
		sed_close_output();
	}
	while (sed_file_at < sed_file_count) {
		const char *name = sed_files[sed_file_at++];
		struct stat st;

		if (strcmp(name, "-") == 0 && !sed_in_place) {
			sed_input = stdin;
			return 1;
		}
		if (stat(name, &st) == 0 && S_ISDIR(st.st_mode)) {
			if (sed_in_place)
				core_error(0, 0, "couldn't edit %s: not a regular file", name);
			else
				core_error(0, 0, "read error on %s: Is a directory", name);
			sed_status = 4;
			continue;
		}
		sed_input = fopen(name, "r");
		if (!sed_input) {
			core_error(0, 0, "can't read %s: %s", name, strerror(errno));
			sed_status = 2;
			continue;
		}
		if (sed_in_place) {
			out_name = core_malloc(strlen(name) + 12);
			sprintf(out_name, "%s.sedXXXXXX", name);
			close(mkstemp(out_name));
			chmod(out_name, st.st_mode & 07777);
			sed_out = fopen(out_name, "w");
			sed_line_number = 0;
		} else if (sed_separate) {
			sed_line_number = 0;
		}
		return 1;
	}
	return 0;
}

static void look_ahead(void)
{
	while (sed_ahead_length == -2) {
		if (!sed_input && !open_next()) {
			sed_ahead_length = -1;
			return;
		}
		sed_ahead_length = core_line(sed_input, &sed_ahead, &sed_ahead_room, sed_delimiter);
		if (sed_ahead_length > 0)
			return;
		sed_ahead_length = -2;
		if (sed_separate)
			return;
		if (!open_next())
			sed_ahead_length = -1;
	}
}

int sed_is_last(void)
{
	look_ahead();
	if (sed_ahead_length == -1)
		return 1;
	return sed_separate && sed_ahead_length == -2;
}

/* The next line into the pattern space (behind what is there, with append). */
int sed_read_line(int append)
{
	if (sed_ahead_length == -2) {
		look_ahead();
		if (sed_ahead_length == -2) {   /* the next of separate files */
			if (!open_next())
				return 0;
			return sed_read_line(append);
		}
	}
	if (sed_ahead_length == -1)
		return 0;
	if (!append)
		sed_pattern.length = 0;
	sed_no_newline = sed_ahead[sed_ahead_length - 1] != sed_delimiter;
	sed_put(&sed_pattern, sed_ahead, (size_t)sed_ahead_length - !sed_no_newline);
	sed_line_number++;
	sed_ahead_length = -2;
	return 1;
}

/* A last line without a newline gets one when something follows. */
static FILE *unended;

void sed_end_line(FILE *to)
{
	if (unended == to && to) {
		putc(sed_delimiter, to);
		unended = NULL;
	}
}

void sed_write_line(FILE *to, const char *text, size_t length)
{
	sed_end_line(to);
	fwrite(text, 1, length, to);
	if (!(sed_no_newline && sed_is_last()))
		putc(sed_delimiter, to);
	else
		unended = to;
	if (to != sed_out || sed_unbuffered)
		fflush(to);
}

void sed_flush_queue(void)
{
	while (queue) {
		struct appended *item = queue;

		sed_end_line(sed_out);
		if (item->is_file) {
			FILE *file = fopen(item->text, "r");
			int c;

			while (file && (c = getc(file)) != EOF)
				putc(c, sed_out);
			if (file)
				fclose(file);
		} else {
			fputs(item->text, sed_out);
		}
		queue = item->next;
		free(item);
	}
	queue_end = &queue;
}

void sed_append(char *text, int is_file)
{
	struct appended *item = core_malloc(sizeof *item);

	item->next = NULL;
	item->text = text;
	item->is_file = is_file;
	*queue_end = item;
	queue_end = &item->next;
}
