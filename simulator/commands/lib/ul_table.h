/* A table as util-linux prints it: columns as wide as their widest cell, the last one open. */
#ifndef UL_TABLE_H
#define UL_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct ul_column {
	const char *name;
	bool right;
	/* Branches of the tree are drawn in this column. */
	bool tree;
	/* JSON: a number, without quotes. */
	bool number;
	/* As libsmartcols has it: a column whose cells just fill its heading is at least so wide. */
	int hint;
};

struct ul_row {
	/* One text for each column; NULL: empty. */
	char **cells;
	/* Index of the row below which it hangs; −1: none. */
	int parent;
};

struct ul_table {
	const struct ul_column *columns;
	size_t n_columns;
	struct ul_row *rows;
	size_t n_rows;
	bool headings, raw, json;
	/* The name of the list in JSON. */
	const char *json_name;
	/* Columns of the terminal; 0: never cut anything. */
	int width;
};

void ul_table_print(const struct ul_table *table);

#endif
