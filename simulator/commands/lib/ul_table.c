#define _GNU_SOURCE
#include "ul_table.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Characters, not bytes: the branches of a tree are longer in bytes. */
static int columns_of(const char *text)
{
	int n = 0;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static bool last_child(const struct ul_table *t, size_t row)
{
	for (size_t i = row + 1; i < t->n_rows; i++)
		if (t->rows[i].parent == t->rows[row].parent)
			return false;
	return true;
}

/* The branches before a cell, from the root on. */
static void branches(const struct ul_table *t, size_t row, char out[500])
{
	int parent = t->rows[row].parent;
	if (parent < 0) {
		*out = 0;
		return;
	}
	char above[500];
	branches(t, parent, above);
	if (t->rows[parent].parent >= 0) {
		/* the parent's own branch becomes a line that goes on, or a gap */
		above[strlen(above) - strlen("├─")] = 0;
		strcat(above, last_child(t, parent) ? "  " : "│ ");
	}
	snprintf(out, 500, "%.480s%s", above, last_child(t, row) ? "└─" : "├─");
}

static char *cell(const struct ul_table *t, size_t row, size_t column)
{
	const char *text = t->rows[row].cells[column];
	char before[500] = "", *all;
	if (t->columns[column].tree && !t->json)
		branches(t, row, before);
	if (asprintf(&all, "%s%s", before, text ? text : "") < 0)
		abort();
	return all;
}

static int widest_cell(const struct ul_table *t, size_t column)
{
	int widest = 0;
	for (size_t i = 0; i < t->n_rows; i++) {
		int width = t->rows[i].cells[column] ? columns_of(t->rows[i].cells[column]) : 0;
		if (width > widest)
			widest = width;
	}
	return widest;
}

static void raw(const char *text)
{
	for (; *text; text++) {
		if (isspace((unsigned char)*text) || *text == '\\' || !isprint((unsigned char)*text))
			printf("\\x%02x", (unsigned char)*text);
		else
			putchar(*text);
	}
}

static void quoted(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if ((unsigned char)*text < 32)
			printf("\\u%04x", *text);
		else
			putchar(*text);
	}
	putchar('"');
}

static void json_row(const struct ul_table *t, size_t row, int indent);

static void json_rows(const struct ul_table *t, int parent, int indent)
{
	bool any = false;
	for (size_t i = 0; i < t->n_rows; i++) {
		if (t->rows[i].parent != parent)
			continue;
		if (!any)
			printf("\n%*s", indent, "");
		else
			putchar(',');
		json_row(t, i, indent);
		any = true;
	}
	printf("\n");
}

static void json_row(const struct ul_table *t, size_t row, int indent)
{
	printf("{\n");
	for (size_t c = 0; c < t->n_columns; c++) {
		const char *text = t->rows[row].cells[c];
		printf(c ? ",\n%*s\"" : "%*s\"", indent + 3, "");
		for (const char *name = t->columns[c].name; *name; name++)
			putchar(tolower((unsigned char)*name));
		printf("\": ");
		if (!text || !*text)
			printf("null");
		else if (t->columns[c].number)
			printf("%s", text);
		else
			quoted(text);
	}
	for (size_t i = 0; i < t->n_rows; i++) {
		if (t->rows[i].parent != (int)row)
			continue;
		printf(",\n%*s\"children\": [", indent + 3, "");
		json_rows(t, row, indent + 6);
		printf("%*s]", indent + 3, "");
		break;
	}
	printf("\n%*s}", indent, "");
}

static void print_line(const struct ul_table *t, char *const *cells, const int *widths)
{
	char line[8192] = "";
	size_t at = 0;
	for (size_t c = 0; c < t->n_columns; c++) {
		bool last = c + 1 == t->n_columns;
		int pad = widths[c] - columns_of(cells[c]);
		if (last && !t->columns[c].right)
			pad = 0;
		at += snprintf(line + at, at < sizeof line ? sizeof line - at : 0, "%s%*s%s%*s", c ? " " : "", t->columns[c].right && pad > 0 ? pad : 0, "", cells[c],
			!t->columns[c].right && pad > 0 ? pad : 0, "");
		if (at >= sizeof line)
			at = sizeof line - 1;
	}
	if (t->width && columns_of(line) > t->width) {
		size_t end = 0;
		for (int n = 0; line[end] && (n < t->width || ((unsigned char)line[end] & 0xc0) == 0x80); end++)
			n += ((unsigned char)line[end] & 0xc0) != 0x80;
		line[end] = 0;
	}
	puts(line);
}

/* Rows in the order in which a tree shows them: each before its children. */
static size_t order(const struct ul_table *t, int parent, size_t *out, size_t n)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].parent == parent) {
			out[n++] = i;
			n = order(t, i, out, n);
		}
	return n;
}

void ul_table_print(const struct ul_table *t)
{
	if (t->json) {
		printf("{\n   \"%s\": [", t->json_name);
		json_rows(t, -1, 6);
		printf("   ]\n}\n");
		return;
	}
	if (t->n_rows == 0)
		return;
	size_t *rows = calloc(t->n_rows, sizeof *rows), n = order(t, -1, rows, 0);
	int widths[32] = { 0 };
	char *cells[32];
	for (size_t c = 0; c < t->n_columns; c++) {
		widths[c] = columns_of(t->columns[c].name);
		for (size_t i = 0; i < n; i++) {
			char *text = cell(t, rows[i], c);
			if (columns_of(text) > widths[c])
				widths[c] = columns_of(text);
			free(text);
		}
		if (widths[c] == columns_of(t->columns[c].name) && widths[c] < t->columns[c].hint && widest_cell(t, c) == widths[c])
			widths[c] = t->columns[c].hint;
	}
	if (t->headings) {
		for (size_t c = 0; c < t->n_columns; c++)
			cells[c] = (char *)t->columns[c].name;
		if (t->raw)
			for (size_t c = 0; c < t->n_columns; c++)
				printf("%s%s", cells[c], c + 1 < t->n_columns ? " " : "\n");
		else
			print_line(t, cells, widths);
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t c = 0; c < t->n_columns; c++)
			cells[c] = cell(t, rows[i], c);
		if (t->raw) {
			for (size_t c = 0; c < t->n_columns; c++) {
				raw(cells[c]);
				putchar(c + 1 < t->n_columns ? ' ' : '\n');
			}
		} else {
			print_line(t, cells, widths);
		}
	}
	free(rows);
}
