/* awk: numbers and texts, arrays, records and fields, files. */
#define _GNU_SOURCE
#include "awk.h"
#include "core.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void awk_fail(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fprintf(stderr, "%s: ", core_name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

struct awk_value awk_of_number(double number)
{
	struct awk_value value = { V_NUM, number, NULL };

	return value;
}

struct awk_value awk_of_text(const char *text)
{
	struct awk_value value = { V_STR, 0, (char *)text };

	return value;
}

static int looks_numeric(const char *text, double *number)
{
	char *end;

	while (isspace((unsigned char)*text))
		text++;
	if (!(isdigit((unsigned char)*text) || strchr("+-.", *text)) || !*text)
		return 0;
	*number = strtod(text, &end);
	if (end == text)
		return 0;
	while (isspace((unsigned char)*end))
		end++;
	return !*end;
}

struct awk_value awk_of_input(const char *text)
{
	struct awk_value value = { V_STR, 0, (char *)text };

	if (looks_numeric(text, &value.number))
		value.flags = V_STR | V_NUM | V_MAYBE;
	return value;
}

double awk_number(const struct awk_value *value)
{
	if (value->flags & V_NUM)
		return value->number;
	return value->text ? strtod(value->text, NULL) : 0;
}

static char *number_text(double number, const char *variable)
{
	struct awk_cell *format = awk_variable(variable);
	char text[64];

	if (number == (double)(long long)number && number <= 2147483647.0 && number > -2147483648.0)
		snprintf(text, sizeof text, "%lld", (long long)number);
	else
		snprintf(text, sizeof text, format->value.text ? format->value.text : "%.6g", number);
	return core_strdup(text);
}

char *awk_text(const struct awk_value *value)
{
	if (value->flags & V_STR)
		return value->text;
	return number_text(value->number, "CONVFMT");
}

int awk_true(const struct awk_value *value)
{
	if (value->flags & V_MAYBE || !(value->flags & V_STR))
		return value->number != 0;
	return value->text && *value->text;
}

struct awk_value *awk_element(struct awk_array *array, const char *key, int make)
{
	unsigned hash = 5381;
	const char *p;
	struct awk_entry *entry;

	for (p = key; *p; p++)
		hash = hash * 33 ^ (unsigned char)*p;
	for (entry = array->bucket[hash % 64]; entry; entry = entry->next)
		if (strcmp(entry->key, key) == 0)
			return &entry->value;
	if (!make)
		return NULL;
	entry = core_malloc(sizeof *entry);
	entry->key = core_strdup(key);
	entry->value.flags = V_NUM | V_STR;
	entry->value.number = 0;
	entry->value.text = (char *)"";
	entry->next = array->bucket[hash % 64];
	array->bucket[hash % 64] = entry;
	array->count++;
	return &entry->value;
}

struct compiled { struct compiled *next; char *text; regex_t regex; };
static struct compiled *compiled;

regex_t *awk_regex(const char *text)
{
	struct compiled *found;
	char message[128];
	int error;

	for (found = compiled; found; found = found->next)
		if (strcmp(found->text, text) == 0)
			return &found->regex;
	found = core_malloc(sizeof *found);
	found->text = core_strdup(text);
	{
		/* \/ and \" and \t are themselves in awk */
		char *clean = core_malloc(strlen(text) + 1), *to = clean;
		const char *p;

		for (p = text; *p; p++) {
			static const char from[] = "/\"tnrfv", with[] = "/\"\t\n\r\f\v";
			const char *known = p[0] == '\\' && p[1] ? strchr(from, p[1]) : NULL;

			if (known) {
				*to++ = with[known - from];
				p++;
			} else {
				if (p[0] == '\\' && p[1])
					*to++ = *p++;
				*to++ = *p;
			}
		}
		*to = '\0';
		error = regcomp(&found->regex, clean, REG_EXTENDED);
	}
	if (error) {
		regerror(error, NULL, message, sizeof message);
		awk_fail("regular expression compile failed (%s)\n%s", message, text);
	}
	found->next = compiled;
	compiled = found;
	return &found->regex;
}

static char *record;
static char **fields;
static int field_count, field_room, fields_known, record_stale;

static void put_field(const char *text, size_t length)
{
	if (field_count == field_room)
		fields = core_realloc(fields, (size_t)(field_room = field_room ? field_room * 2 : 16) * sizeof *fields);
	fields[field_count++] = strndup(text, length);
}

static void each_piece(const char *text, const char *separator, regex_t *regex, void (*put)(const char *, size_t))
{
	regmatch_t found[1];

	if (!regex && strcmp(separator, " ") == 0) {
		for (;;) {
			size_t length;

			text += strspn(text, " \t\n");
			if (!*text)
				return;
			length = strcspn(text, " \t\n");
			put(text, length);
			text += length;
		}
	}
	if (!*text)
		return;
	if (!regex && !*separator) {
		while (*text) {
			int code;
			size_t size = core_char(text, strlen(text), &code);

			put(text, size);
			text += size;
		}
		return;
	}
	if (!regex && !separator[1] && *separator != '\\') {
		for (;;) {
			const char *end = strchr(text, *separator);

			put(text, end ? (size_t)(end - text) : strlen(text));
			if (!end)
				return;
			text = end + 1;
		}
	}
	if (!regex)
		regex = awk_regex(separator);
	for (;;) {
		if (regexec(regex, text, 1, found, 0) != 0 || found[0].rm_eo == found[0].rm_so) {
			put(text, strlen(text));
			return;
		}
		put(text, (size_t)found[0].rm_so);
		text += found[0].rm_eo;
	}
}

static void set_nf(void)
{
	awk_variable("NF")->value = awk_of_number(field_count);
}

static void split_record(void)
{
	if (fields_known)
		return;
	fields_known = 1;
	field_count = 0;
	each_piece(record ? record : "", awk_text(&awk_variable("FS")->value), NULL, put_field);
	set_nf();
}

void awk_set_record(const char *text)
{
	record = core_strdup(text);
	fields_known = record_stale = 0;
	split_record();
}

static void rebuild(void)
{
	char *separator, *out, *at;
	size_t length = 1;
	int i;

	if (!record_stale)
		return;
	separator = awk_text(&awk_variable("OFS")->value);
	for (i = 0; i < field_count; i++)
		length += strlen(fields[i]) + strlen(separator);
	out = at = core_malloc(length);
	for (i = 0; i < field_count; i++) {
		if (i > 0)
			at = stpcpy(at, separator);
		at = stpcpy(at, fields[i]);
	}
	*at = '\0';
	record = out;
	record_stale = 0;
}

char *awk_field(int index)
{
	if (index == 0) {
		rebuild();
		return record ? record : (char *)"";
	}
	return index <= field_count ? fields[index - 1] : (char *)"";
}

void awk_set_field_count(int count)
{
	while (field_count < count)
		put_field("", 0);
	field_count = count;
	record_stale = 1;
	set_nf();
}

void awk_set_field(int index, const char *text)
{
	if (index == 0) {
		awk_set_record(text);
		return;
	}
	if (index > field_count)
		awk_set_field_count(index);
	fields[index - 1] = core_strdup(text);
	record_stale = 1;
}

int awk_field_count(void)
{
	return field_count;
}

static struct awk_array *target;
static int pieces;

static void put_piece(const char *text, size_t length)
{
	char key[16];

	snprintf(key, sizeof key, "%d", ++pieces);
	*awk_element(target, key, 1) = awk_of_input(strndup(text, length));
}

int awk_split(const char *text, struct awk_array *array, const char *separator, regex_t *regex)
{
	memset(array, 0, sizeof *array);
	target = array;
	pieces = 0;
	each_piece(text, separator, regex, put_piece);
	return pieces;
}

/* A record by RS: a character, or paragraphs when it is empty. */
int awk_getline(FILE *from, char **text)
{
	const char *separator = awk_text(&awk_variable("RS")->value);
	size_t length = 0, room = 0;
	char *line = NULL;
	int c, newlines = 0;

	if (!*separator) {
		while ((c = getc(from)) == '\n')
			;
		if (c != EOF)
			ungetc(c, from);
	}
	while ((c = getc(from)) != EOF) {
		if (*separator ? c == *separator : (c == '\n' && (newlines++, (c = getc(from)) == '\n')))
			break;
		if (!*separator && newlines) {
			if (c == EOF)
				break;
			ungetc(c, from);
			c = '\n';
			newlines = 0;
		}
		if (length + 2 > room)
			line = core_realloc(line, room = room ? room * 2 : 128);
		line[length++] = (char)c;
	}
	if (c == EOF && length == 0 && !line)
		return 0;
	if (!line)
		line = core_malloc(1);
	line[length] = '\0';
	*text = line;
	return 1;
}

struct open_file { struct open_file *next; char *name; int op; FILE *file; };
static struct open_file *open_files;

FILE *awk_output(const char *name, int op)
{
	struct open_file *found;

	for (found = open_files; found; found = found->next)
		if (strcmp(found->name, name) == 0 && (found->op == op || (op == 'a' && found->op == '>')))
			return found->file;
	found = core_malloc(sizeof *found);
	found->name = core_strdup(name);
	found->op = op;
	fflush(stdout);
	if (op == '|' || op == 'r')
		found->file = popen(name, op == '|' ? "w" : "r");
	else if (strcmp(name, "/dev/stdout") == 0 || (strcmp(name, "-") == 0 && op != '<'))
		found->file = stdout;
	else if (strcmp(name, "/dev/stderr") == 0)
		found->file = stderr;
	else if (strcmp(name, "-") == 0)
		found->file = stdin;
	else
		found->file = fopen(name, op == '<' ? "r" : op == 'a' ? "a" : "w");
	if (!found->file) {
		if (op == '<' || op == 'r')
			return NULL;
		awk_fail("cannot open \"%s\" for output", name);
	}
	found->next = open_files;
	open_files = found;
	return found->file;
}

static int close_file(struct open_file *file)
{
	if (file->op == '|' || file->op == 'r')
		return pclose(file->file) >> 8;
	if (file->file == stdout || file->file == stderr || file->file == stdin)
		return fflush(file->file);
	return fclose(file->file);
}

int awk_close(const char *name)
{
	struct open_file **link = &open_files;
	int result = -1;

	while (*link) {
		if (strcmp((*link)->name, name) == 0) {
			result = close_file(*link);
			*link = (*link)->next;
		} else {
			link = &(*link)->next;
		}
	}
	return result;
}

void awk_close_all(void)
{
	fflush(stdout);
	for (; open_files; open_files = open_files->next)
		close_file(open_files);
}

int awk_by_key(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	char *x_end, *y_end;
	double m = strtod(x, &x_end), n = strtod(y, &y_end);

	if (!*x_end && !*y_end && *x && *y)
		return (m > n) - (m < n);
	return strcmp(x, y);
}
