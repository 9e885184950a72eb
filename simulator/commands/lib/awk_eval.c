/* awk: running statements and evaluating expressions. */
#define _GNU_SOURCE
#include "awk.h"
#include "core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GO, BREAK, CONTINUE, NEXT, RETURN };
static struct awk_cell *frame;
static struct awk_value returned;
static int depth;

static struct awk_cell *cell_of(struct awk_node *node)
{
	return node->kind == N_LOCAL ? &frame[node->index] : node->cell;
}

struct awk_array *awk_array_of(struct awk_node *node)
{
	struct awk_cell *cell = cell_of(node);

	if (!cell->array) {
		cell->array = core_malloc(sizeof *cell->array);
		memset(cell->array, 0, sizeof *cell->array);
	}
	return cell->array;
}

/* Subscripts joined by SUBSEP. */
static char *key_of(struct awk_node *list)
{
	struct awk_value value = awk_eval(list);
	char *key = awk_text(&value);

	for (list = list->next; list; list = list->next) {
		struct awk_value more = awk_eval(list);
		char *text = awk_text(&more), *separator = awk_text(&awk_variable("SUBSEP")->value), *both = core_malloc(strlen(key) + strlen(text) + strlen(separator) + 1);

		sprintf(both, "%s%s%s", key, separator, text);
		key = both;
	}
	return key;
}

static int field_index(struct awk_node *node)
{
	struct awk_value value = awk_eval(node->a);
	double index = awk_number(&value);

	if (index < 0)
		awk_fail("negative field index $%d", (int)index);
	return (int)index;
}

static struct awk_value load(struct awk_node *node)
{
	switch (node->kind) {
	case N_FIELD: return awk_of_input(awk_field(field_index(node)));
	case N_INDEX: return *awk_element(awk_array_of(node->a), key_of(node->b), 1);
	default: {
		struct awk_cell *cell = cell_of(node);

		if (!cell->value.flags) {
			cell->value.flags = V_NUM | V_STR;
			cell->value.text = (char *)"";
		}
		return cell->value;
	}
	}
}

void awk_assign(struct awk_node *to, struct awk_value value)
{
	if (value.flags & V_STR)
		value.text = core_strdup(value.text);
	switch (to->kind) {
	case N_FIELD: awk_set_field(field_index(to), awk_text(&value)); break;
	case N_INDEX: *awk_element(awk_array_of(to->a), key_of(to->b), 1) = value; break;
	default:
		cell_of(to)->value = value;
		if (to->kind == N_VAR && strcmp(to->text, "NF") == 0)
			awk_set_field_count((int)awk_number(&value));
	}
}

static double arithmetic(int op, double a, double b)
{
	switch (op) {
	case '+': return a + b;
	case '-': return a - b;
	case '*': return a * b;
	case '/':
		if (b == 0)
			awk_fail("division by zero");
		return a / b;
	case '%':
		if (b == 0)
			awk_fail("division by zero in %%");
		return fmod(a, b);
	default: return pow(a, b);
	}
}

static int compare(const struct awk_value *a, const struct awk_value *b)
{
	int numeric_a = a->flags & V_NUM, numeric_b = b->flags & V_NUM;

	if (numeric_a && numeric_b) {
		double x = awk_number(a), y = awk_number(b);

		return (x > y) - (x < y);
	}
	return strcmp(awk_text(a), awk_text(b));
}

static int matches(struct awk_node *left, struct awk_node *right)
{
	struct awk_value value = awk_eval(left), pattern;
	regex_t *regex;

	if (right->kind == N_REGEX) {
		regex = right->regex;
	} else {
		pattern = awk_eval(right);
		regex = awk_regex(awk_text(&pattern));
	}
	return regexec(regex, awk_text(&value), 0, NULL, 0) == 0;
}

static struct awk_value call(struct awk_node *node)
{
	struct awk_function *function = node->function;
	struct awk_cell *made = core_malloc((size_t)(function->params + 1) * sizeof *made), *outer = frame;
	struct awk_node *arg;
	int i = 0;

	memset(made, 0, (size_t)(function->params + 1) * sizeof *made);
	for (arg = node->a; arg; arg = arg->next, i++) {
		if (i >= function->params)
			awk_fail("function %s called with too many args", function->name);
		/* A name may be an array: it is handed on as it is. */
		if (arg->kind == N_VAR || arg->kind == N_LOCAL) {
			struct awk_cell *cell = cell_of(arg);

			if (!cell->array && !(cell->value.flags && (cell->value.flags != (V_NUM | V_STR) || *cell->value.text)))
				awk_array_of(arg);
			made[i] = *cell;
			if (!made[i].value.flags) {
				made[i].value.flags = V_NUM | V_STR;
				made[i].value.text = (char *)"";
			}
			continue;
		}
		made[i].value = awk_eval(arg);
	}
	if (++depth > 1000)
		awk_fail("function call nesting too deep");
	frame = made;
	returned = awk_of_text("");
	returned.flags = V_NUM | V_STR;
	awk_run(function->body);
	frame = outer;
	depth--;
	return returned;
}

static struct awk_value get_line(struct awk_node *node)
{
	struct awk_value source;
	FILE *file = NULL;
	char *text;
	int got;

	if (node->b) {
		source = awk_eval(node->b);
		file = awk_output(awk_text(&source), node->op == '|' ? 'r' : '<');
		if (!file)
			return awk_of_number(-1);
		got = awk_getline(file, &text);
		if (!got)
			return awk_of_number(0);
		if (node->a)
			awk_assign(node->a, awk_of_input(text));
		else
			awk_set_record(text);
		if (node->op == '|') {
			awk_variable("NR")->value = awk_of_number(awk_number(&awk_variable("NR")->value) + 1);
		}
		return awk_of_number(1);
	}
	{
		char *saved = core_strdup(awk_field(0));

		if (!awk_next_record())
			return awk_of_number(0);
		if (node->a) {
			awk_assign(node->a, awk_of_input(core_strdup(awk_field(0))));
			awk_set_record(saved);
		}
	}
	return awk_of_number(1);
}

struct awk_value awk_eval(struct awk_node *node)
{
	struct awk_value a, b;
	double old;

	switch (node->kind) {
	case N_NUMBER: return awk_of_number(node->number);
	case N_STRING: return awk_of_text(node->text);
	case N_REGEX: return awk_of_number(regexec(node->regex, awk_field(0), 0, NULL, 0) == 0);
	case N_VAR: case N_LOCAL: case N_FIELD: case N_INDEX: return load(node);
	case N_GROUP:
		if (node->a->next) {
			return awk_of_text(key_of(node->a));
		}
		return awk_eval(node->a);
	case N_ASSIGN:
		b = awk_eval(node->b);
		if (node->op != '=') {
			a = load(node->a);
			b = awk_of_number(arithmetic(node->op, awk_number(&a), awk_number(&b)));
		}
		awk_assign(node->a, b);
		return b;
	case N_COND:
		a = awk_eval(node->a);
		return awk_eval(awk_true(&a) ? node->b : node->c);
	case N_OROR:
		a = awk_eval(node->a);
		if (awk_true(&a))
			return awk_of_number(1);
		b = awk_eval(node->b);
		return awk_of_number(awk_true(&b));
	case N_ANDAND:
		a = awk_eval(node->a);
		if (!awk_true(&a))
			return awk_of_number(0);
		b = awk_eval(node->b);
		return awk_of_number(awk_true(&b));
	case N_IN: return awk_of_number(awk_element(awk_array_of(node->b), key_of(node->a->kind == N_GROUP ? node->a->a : node->a), 0) != NULL);
	case N_MATCH: return awk_of_number(matches(node->a, node->b));
	case N_NOMATCH: return awk_of_number(!matches(node->a, node->b));
	case N_LESS: case N_LE: case N_EQ: case N_NE: case N_GT: case N_GE: {
		int order;

		a = awk_eval(node->a);
		b = awk_eval(node->b);
		order = compare(&a, &b);
		return awk_of_number(node->kind == N_LESS ? order < 0 : node->kind == N_LE ? order <= 0 : node->kind == N_EQ ? order == 0 : node->kind == N_NE ? order != 0 :
				     node->kind == N_GT ? order > 0 : order >= 0);
	}
	case N_CONCAT: {
		char *left, *right, *both;

		a = awk_eval(node->a);
		left = awk_text(&a);
		b = awk_eval(node->b);
		right = awk_text(&b);
		both = core_malloc(strlen(left) + strlen(right) + 1);
		sprintf(both, "%s%s", left, right);
		return awk_of_text(both);
	}
	case N_ADD: case N_SUB: case N_MUL: case N_DIV: case N_MOD: case N_POW:
		a = awk_eval(node->a);
		b = awk_eval(node->b);
		return awk_of_number(arithmetic("+-*/%^"[node->kind - N_ADD], awk_number(&a), awk_number(&b)));
	case N_NOT:
		a = awk_eval(node->a);
		return awk_of_number(!awk_true(&a));
	case N_NEG:
		a = awk_eval(node->a);
		return awk_of_number(-awk_number(&a));
	case N_PLUS:
		a = awk_eval(node->a);
		return awk_of_number(awk_number(&a));
	case N_PREINC: case N_PREDEC: case N_POSTINC: case N_POSTDEC:
		a = load(node->a);
		old = awk_number(&a);
		b = awk_of_number(node->kind == N_PREINC || node->kind == N_POSTINC ? old + 1 : old - 1);
		awk_assign(node->a, b);
		return node->kind == N_PREINC || node->kind == N_PREDEC ? b : awk_of_number(old);
	case N_CALL: return call(node);
	case N_BUILTIN: return awk_builtin(node);
	case N_GETLINE: return get_line(node);
	default: return awk_of_text("");
	}
}

static FILE *destination(struct awk_node *node)
{
	struct awk_value name;

	if (!node->op)
		return stdout;
	name = awk_eval(node->b);
	return awk_output(awk_text(&name), node->op);
}

static char *output_text(const struct awk_value *value)
{
	char text[64];

	if (value->flags & V_STR || (value->number == (double)(long long)value->number && value->number <= 2147483647.0 && value->number > -2147483648.0))
		return awk_text(value);
	snprintf(text, sizeof text, awk_text(&awk_variable("OFMT")->value), value->number);
	return core_strdup(text);
}

static void print(struct awk_node *node)
{
	struct awk_node *item;
	struct awk_value values[64];
	int count = 0, i;
	FILE *to;

	for (item = node->a; item && count < 64; item = item->next)
		values[count++] = awk_eval(item);
	to = destination(node);
	if (!node->a)
		fputs(awk_field(0), to);
	for (i = 0; i < count; i++) {
		if (i > 0)
			fputs(awk_text(&awk_variable("OFS")->value), to);
		fputs(output_text(&values[i]), to);
	}
	fputs(awk_text(&awk_variable("ORS")->value), to);
}

static int for_in(struct awk_node *node)
{
	struct awk_array *array = awk_array_of(node->b);
	char **keys = core_malloc((size_t)(array->count + 1) * sizeof *keys);
	int count = 0, i, result = GO;
	struct awk_entry *entry;

	for (i = 0; i < 64; i++)
		for (entry = array->bucket[i]; entry; entry = entry->next)
			keys[count++] = entry->key;
	qsort(keys, (size_t)count, sizeof *keys, awk_by_key);
	for (i = 0; i < count; i++) {
		awk_assign(node->a, awk_of_input(keys[i]));
		result = awk_run(node->c);
		if (result == BREAK)
			return GO;
		if (result > CONTINUE)
			return result;
	}
	return GO;
}

static void delete(struct awk_node *node)
{
	struct awk_array *array = awk_array_of(node->a);
	char *key;
	int i;

	if (!node->b) {
		memset(array, 0, sizeof *array);
		return;
	}
	key = key_of(node->b);
	for (i = 0; i < 64; i++) {
		struct awk_entry **link = &array->bucket[i];

		for (; *link; link = &(*link)->next)
			if (strcmp((*link)->key, key) == 0) {
				*link = (*link)->next;
				array->count--;
				return;
			}
	}
}

static int loop(struct awk_node *test, struct awk_node *body, struct awk_node *step, int test_first)
{
	for (;;) {
		struct awk_value value;
		int result;

		if (test_first && test) {
			value = awk_eval(test);
			if (!awk_true(&value))
				return GO;
		}
		result = awk_run(body);
		if (result == BREAK)
			return GO;
		if (result > CONTINUE)
			return result;
		if (step)
			awk_eval(step);
		if (!test_first) {
			value = awk_eval(test);
			if (!awk_true(&value))
				return GO;
		}
	}
}

int awk_run(struct awk_node *node)
{
	struct awk_value value;
	int result;

	switch (node->kind) {
	case S_BLOCK:
		for (node = node->a; node; node = node->next) {
			result = awk_run(node);
			if (result != GO)
				return result;
		}
		return GO;
	case S_EXPR: awk_eval(node->a); return GO;
	case S_PRINT: print(node); return GO;
	case S_PRINTF: {
		char *text = awk_format(node->a);

		fputs(text, destination(node));
		return GO;
	}
	case S_IF:
		value = awk_eval(node->a);
		if (awk_true(&value))
			return awk_run(node->b);
		return node->c ? awk_run(node->c) : GO;
	case S_WHILE: return loop(node->a, node->b, NULL, 1);
	case S_DO: return loop(node->b, node->a, NULL, 0);
	case S_FOR:
		if (node->a)
			awk_eval(node->a);
		return loop(node->b, node->d, node->c, 1);
	case S_FORIN: return for_in(node);
	case S_BREAK: return BREAK;
	case S_CONTINUE: return CONTINUE;
	case S_NEXT: case S_NEXTFILE: return NEXT;
	case S_EXIT:
		value = node->a ? awk_eval(node->a) : awk_of_number(-1);
		awk_exit((int)awk_number(&value));
	case S_RETURN:
		returned = node->a ? awk_eval(node->a) : awk_of_text("");
		return RETURN;
	case S_DELETE: delete(node); return GO;
	default: return GO;
	}
}
