/* ls: one name a line, columns, commas, and the long form. */
#define _GNU_SOURCE
#include "ls.h"
#include "core.h"

#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <time.h>

static int inode_width, blocks_width;

unsigned long long ls_blocks(const struct ls_file *file)
{
	return file->has_stat ? (unsigned long long)file->st.st_blocks : 0;
}

static void blocks_text(unsigned long long blocks, char text[24])
{
	if (ls.human)
		core_human(blocks * 512, ls.human, text);
	else
		snprintf(text, 24, "%llu", (blocks + 1) / 2);
}

static void measure(struct ls_file *files, int count)
{
	char text[24];
	int i;

	inode_width = blocks_width = 0;
	for (i = 0; i < count; i++) {
		int width = files[i].has_stat ? snprintf(NULL, 0, "%llu", (unsigned long long)files[i].st.st_ino) : 1;

		if (width > inode_width)
			inode_width = width;
		blocks_text(ls_blocks(&files[i]), text);
		if ((int)strlen(text) > blocks_width)
			blocks_width = (int)strlen(text);
	}
}

static void front(const struct ls_file *file)
{
	char text[24];

	if (ls.inode) {
		if (file->has_stat)
			printf("%*llu ", ls.format == LS_COMMAS ? 0 : inode_width, (unsigned long long)file->st.st_ino);
		else
			printf("%*s ", inode_width, "?");
	}
	if (ls.blocks) {
		blocks_text(ls_blocks(file), text);
		printf("%*s ", ls.format == LS_COMMAS ? 0 : blocks_width, file->has_stat ? text : "?");
	}
}

static void name_and_mark(const struct ls_file *file)
{
	char mark = ls.classify || ls.slashes ? ls_mark(file->st.st_mode, file->has_stat) : 0;

	ls_put_name(file, 0);
	if (mark)
		putchar(mark);
}

static int columns_of(const struct ls_file *file)
{
	int width = ls_name_columns(file);

	if (ls.inode)
		width += inode_width + 1;
	if (ls.blocks)
		width += blocks_width + 1;
	return width;
}

/* busybox: all columns as wide as the widest name and two blanks. */
static void many_even(struct ls_file *files, int count, int across)
{
	int i, width = 0, columns, rows, row, column;

	for (i = 0; i < count; i++)
		if (columns_of(&files[i]) + 2 > width)
			width = columns_of(&files[i]) + 2;
	columns = ls.width / (width ? width : 1) > 1 ? ls.width / width : 1;
	rows = (count + columns - 1) / columns;
	for (row = 0; row < rows; row++) {
		for (column = 0; column < columns; column++) {
			int index = across ? row * columns + column : column * rows + row;

			if (index >= count)
				break;
			if (column > 0) {
				int before = across ? index - 1 : index - rows;

				printf("%*s", width - columns_of(&files[before]), "");
			}
			front(&files[index]);
			name_and_mark(&files[index]);
		}
		putchar('\n');
	}
}

/* How many columns fit: each is as wide as its widest name and two blanks. */
static void many(struct ls_file *files, int count, int across, int some_quoted)
{
	int *length = core_malloc((size_t)count * sizeof *length), *widths = core_malloc((size_t)count * sizeof *widths);
	int columns, rows, i, row, column;

	for (i = 0; i < count; i++)
		length[i] = columns_of(&files[i]) + (some_quoted && !files[i].quoted);
	for (columns = count < ls.width / 3 ? count : ls.width / 3 ? ls.width / 3 : 1; columns > 1; columns--) {
		int total = 0, used = 0;

		rows = (count + columns - 1) / columns;
		for (column = 0; column < columns; column++)
			widths[column] = 0;
		for (i = 0; i < count; i++) {
			column = across ? i % columns : i / rows;
			if (column > used)
				used = column;
			if (length[i] + (column == columns - 1 ? 0 : 2) > widths[column])
				widths[column] = length[i] + (column == columns - 1 ? 0 : 2);
		}
		for (column = 0; column < columns; column++)
			total += widths[column] > 3 ? widths[column] : 3;
		if (total < ls.width)
			break;
	}
	if (columns <= 1) {
		columns = 1;
		widths[0] = 0;
	}
	rows = (count + columns - 1) / columns;
	for (column = 0; column < columns; column++)
		widths[column] = 0;
	for (i = 0; i < count; i++) {
		column = across ? i % columns : i / rows;
		if (length[i] + 2 > widths[column])
			widths[column] = length[i] + 2;
	}
	for (row = 0; row < rows; row++) {
		int at = 0;

		for (column = 0; column < columns; column++) {
			int index = across ? row * columns + column : column * rows + row, next = across ? index + 1 : index + rows;
			int target;

			if (index >= count)
				break;
			front(&files[index]);
			if (some_quoted && !files[index].quoted)
				putchar(' ');
			name_and_mark(&files[index]);
			if (next >= count || column == columns - 1)
				break;
			/* Blanks as tabs where a tab stop lies on the way. */
			target = at + widths[column];
			at += length[index];
			while (at < target) {
				if (target / 8 > (at + 1) / 8) {
					putchar('\t');
					at += 8 - at % 8;
				} else {
					putchar(' ');
					at++;
				}
			}
		}
		putchar('\n');
	}
	free(length);
	free(widths);
}

static void commas(struct ls_file *files, int count)
{
	int i, at = 0;

	for (i = 0; i < count; i++) {
		int length = columns_of(&files[i]);

		if (i > 0) {
			if (at + length + 2 < ls.width) {
				fputs(", ", stdout);
				at += 2;
			} else {
				fputs(",\n", stdout);
				at = 0;
			}
		}
		front(&files[i]);
		name_and_mark(&files[i]);
		at += length;
	}
	putchar('\n');
}

static void size_text(const struct ls_file *file, char text[24])
{
	if (ls.human)
		core_human((unsigned long long)file->st.st_size, ls.human, text);
	else
		snprintf(text, 24, "%llu", (unsigned long long)file->st.st_size);
}

static void time_text(const struct ls_file *file, char *text, size_t size)
{
	const struct timespec *when = ls_time(file);
	const char *format = ls.time_format;
	char with_nano[64];
	struct tm tm;
	time_t now = time(NULL);

	localtime_r(&when->tv_sec, &tm);
	if (ls.full_time) {
		snprintf(with_nano, sizeof with_nano, "%%Y-%%m-%%d %%H:%%M:%%S.%09ld %%z", when->tv_nsec);
		format = with_nano;
	} else if (!format) {
		format = when->tv_sec > now - 31556952 / 2 && when->tv_sec <= now ? "%b %e %H:%M" : "%b %e  %Y";
	}
	strftime(text, size, format, &tm);
}

static void widest(int *width, int have)
{
	if (have > *width)
		*width = have;
}

void ls_long(struct ls_file *files, int count)
{
	int links = 0, owner = 0, group = 0, size = 0, major_width = 0, minor_width = 0, when = 0, i, some_quoted = 0;
	char room[24], text[64];

	for (i = 0; i < count; i++) {
		const struct stat *st = &files[i].st;

		some_quoted |= files[i].quoted;
		if (!files[i].has_stat) {
			widest(&links, 1), widest(&owner, 1), widest(&group, 1), widest(&size, 1), widest(&when, 1);
			continue;
		}
		widest(&links, snprintf(NULL, 0, "%lu", (unsigned long)st->st_nlink));
		widest(&owner, ls.numeric ? snprintf(NULL, 0, "%u", st->st_uid) : ls_display_width(core_user(st->st_uid, room)));
		widest(&group, ls.numeric ? snprintf(NULL, 0, "%u", st->st_gid) : ls_display_width(core_group(st->st_gid, room)));
		if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
			widest(&major_width, snprintf(NULL, 0, "%u", major(st->st_rdev)));
			widest(&minor_width, snprintf(NULL, 0, "%u", minor(st->st_rdev)));
		} else {
			size_text(&files[i], room);
			widest(&size, (int)strlen(room));
		}
		time_text(&files[i], text, sizeof text);
		widest(&when, (int)strlen(text));
	}
	if (major_width)
		widest(&size, major_width + 2 + minor_width);
	for (i = 0; i < count; i++) {
		const struct stat *st = &files[i].st;
		char mode[11] = "?????????";

		front(&files[i]);
		if (!files[i].has_stat) {
			printf("%c????????? %*s", '-', links, "?");
			if (!ls.no_owner)
				printf(" %-*s", owner, "?");
			if (!ls.no_group)
				printf(" %-*s", group, "?");
			printf(" %*s %*s ", size, "?", when, "?");
			if (some_quoted && !files[i].quoted)
				putchar(' ');
			ls_put_name(&files[i], 0);
			putchar('\n');
			continue;
		}
		core_mode_text(st->st_mode, mode);
		printf("%s %*lu", mode, links, (unsigned long)st->st_nlink);
		if (!ls.no_owner) {
			if (ls.numeric)
				printf(" %*u", owner, st->st_uid);
			else
				printf(" %-*s", owner, core_user(st->st_uid, room));
		}
		if (!ls.no_group) {
			if (ls.numeric)
				printf(" %*u", group, st->st_gid);
			else
				printf(" %-*s", group, core_group(st->st_gid, room));
		}
		if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
			printf(" %*u, %*u", size - 2 - minor_width, major(st->st_rdev), minor_width, minor(st->st_rdev));
		} else {
			size_text(&files[i], room);
			printf(" %*s", size, room);
		}
		time_text(&files[i], text, sizeof text);
		printf(" %*s ", when, text);
		if (some_quoted && !files[i].quoted)
			putchar(' ');
		ls_put_name(&files[i], 0);
		if (files[i].link) {
			char mark = (ls.classify || ls.slashes) && files[i].has_target ? ls_mark(files[i].target.st_mode, 1) : 0;

			fputs(" -> ", stdout);
			ls_put_name(&files[i], 1);
			if (mark)
				putchar(mark);
		} else {
			char mark = ls.classify || ls.slashes ? ls_mark(st->st_mode, 1) : 0;

			if (mark)
				putchar(mark);
		}
		putchar('\n');
	}
}

void ls_print(struct ls_file *files, int count, int in_directory)
{
	int i, some_quoted = 0;

	measure(files, count);
	if (in_directory && (ls.format == LS_LONG || ls.blocks)) {
		unsigned long long total = 0;
		char text[24];

		for (i = 0; i < count; i++)
			total += ls_blocks(&files[i]);
		blocks_text(total, text);
		printf("total %s\n", text);
	}
	for (i = 0; i < count; i++)
		some_quoted |= files[i].quoted = ls_name_is_quoted(files[i].name);
	if (count == 0)
		return;
	switch (ls.format) {
	case LS_LONG: ls_long(files, count); break;
	case LS_COLUMNS: ls.busybox ? many_even(files, count, 0) : many(files, count, 0, some_quoted); break;
	case LS_ACROSS: ls.busybox ? many_even(files, count, 1) : many(files, count, 1, some_quoted); break;
	case LS_COMMAS: commas(files, count); break;
	default:
		for (i = 0; i < count; i++) {
			front(&files[i]);
			name_and_mark(&files[i]);
			putchar('\n');
		}
	}
}
