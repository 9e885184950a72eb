/* ${…}: parameters and what is done to their values. */
#include "sh_value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *number(long value)
{
	struct sh_buf out = { 0 };

	sh_putf(&out, "%ld", value);
	return sh_text(&out);
}

static char *option_letters(void)
{
	struct sh_buf out = { 0 };

	if (sh_dash) {
		if (sh_opt_e) sh_put(&out, 'e');
		if (sh_opt_f) sh_put(&out, 'f');
		if (sh_interactive) sh_put(&out, 'i');
		if (sh_opt_m) sh_put(&out, 'm');
		if (!sh_opt_c && sh_in && !sh_name0[0]) sh_put(&out, 's');
		if (sh_opt_x) sh_put(&out, 'x');
		if (sh_opt_u) sh_put(&out, 'u');
		return sh_text(&out);
	}
	if (sh_opt_a) sh_put(&out, 'a');
	if (sh_opt_e) sh_put(&out, 'e');
	if (sh_opt_f) sh_put(&out, 'f');
	sh_put(&out, 'h');
	if (sh_interactive) sh_put(&out, 'i');
	if (sh_opt_m) sh_put(&out, 'm');
	if (sh_opt_u) sh_put(&out, 'u');
	if (sh_opt_x) sh_put(&out, 'x');
	sh_put(&out, 'B');
	if (sh_opt_C) sh_put(&out, 'C');
	if (sh_interactive) sh_put(&out, 'H');
	sh_put(&out, sh_opt_c ? 'c' : 's');
	if (!sh_opt_c && sh_message_name != sh_name0)
		out.length--;
	return sh_text(&out);
}

char *sh_param(const char *name, size_t length, int *set)
{
	const char *value = NULL;
	char *copy;

	*set = 1;
	if (isdigit((unsigned char)*name)) {
		int index = atoi(name);

		if (index == 0)
			return sh_name0;
		if (index <= sh_arg_count)
			return sh_args[index - 1];
		*set = 0;
		return NULL;
	}
	if (length == 1) {
		switch (*name) {
		case '$': return number(sh_pid);
		case '?': return number(sh_status);
		case '#': return number(sh_arg_count);
		case '-': return option_letters();
		case '!':
			*set = sh_last_bg != 0;
			return sh_last_bg ? number(sh_last_bg) : NULL;
		}
	}
	copy = sh_copyn(name, length);
	value = sh_get(copy);
	*set = value != NULL;
	return (char *)value;
}

static void bad(const char *start, const char *end)
{
	if (sh_dash)
		sh_error("Bad substitution");
	else
		sh_error("${%.*s}: bad substitution", (int)(end - start), start);
	sh_fatal_error(sh_dash ? 2 : 1);
}

static void all_elements(struct sh_value *v)
{
	struct sh_var *var;
	struct sh_element *element;
	int i;

	v->is_list = 1;
	if (!v->subscript) {
		for (i = 0; i < sh_arg_count; i++)
			sh_push(&v->list, sh_args[i]);
		return;
	}
	var = sh_find(v->name);
	if (var && !(var->flags & (V_ARRAY | V_ASSOC))) {
		if (var->value)
			sh_push(&v->list, var->value);
		return;
	}
	for (element = var ? var->elements : NULL; element; element = element->next)
		sh_push(&v->list, element->value);
}

/* Reads the parameter at `at` (behind `${` and what may precede it). */
static const char *parameter(const char *at, const char *end, struct sh_value *v)
{
	size_t length = sh_name_length(at);
	int set;

	memset(v, 0, sizeof *v);
	if (!length && isdigit((unsigned char)*at))
		while (at + length < end && isdigit((unsigned char)at[length]))
			length++;
	if (!length && at < end && strchr("@*#?-$!", *at))
		length = 1;
	if (!length)
		return NULL;
	v->name = sh_copyn(at, length);
	at += length;
	if (*v->name == '@' || *v->name == '*') {
		v->star = *v->name == '*';
		all_elements(v);
		return at;
	}
	if (at < end && *at == '[' && sh_is_name(v->name) && !sh_dash) {
		const char *close = at + 1;
		int depth = 1;

		while (close < end && depth > 0) {
			if (*close == '$' && close[1] == '{')
				close = sh_skip_braced(close + 2, end, 0);
			depth += (*close == '[') - (*close == ']');
			close++;
		}
		v->subscript = sh_copyn(at + 1, (size_t)(close - 1 - (at + 1)));
		at = close;
		if (strcmp(v->subscript, "@") == 0 || strcmp(v->subscript, "*") == 0) {
			v->star = *v->subscript == '*';
			all_elements(v);
			return at;
		}
		{
			struct sh_var *var = sh_find(v->name);

			v->text = var ? sh_element(var, v->subscript) : NULL;
		}
		return at;
	}
	v->text = sh_param(v->name, length, &set);
	return at;
}

/* The value's text goes into the field(s) that are being built. */
static void add(struct sh_expander *x, struct sh_value *v, int quoted)
{
	int i;

	if (!v->is_list) {
		if (v->text)
			sh_x_text(x, v->text, quoted);
		return;
	}
	if (quoted && !v->star && x->split) {
		if (v->list.count == 0)
			x->flags |= X_NO_FIELD;
		for (i = 0; i < v->list.count; i++) {
			if (i > 0)
				sh_x_break(x);
			sh_x_text(x, v->list.item[i], 1);
			x->has = 1;
		}
		return;
	}
	for (i = 0; i < v->list.count; i++) {
		char separator[2] = { v->star && quoted ? x->ifs[0] : v->star && !x->split ? x->ifs[0] : ' ', 0 };

		if (i > 0 && x->split && !quoted) {
			if (x->cur.length || x->has)
				sh_x_break(x);
		} else if (i > 0) {
			sh_x_text(x, separator, 1);
		}
		sh_x_text(x, v->list.item[i], quoted);
	}
}

static int is_null(const struct sh_value *v, int colon)
{
	if (v->is_list)
		return v->list.count == 0 || (colon && v->list.count == 1 && !*v->list.item[0]);
	return !v->text || (colon && !*v->text);
}

static void unbound(const struct sh_value *v)
{
	const char *name = v->subscript ? sh_copy(v->name) : v->name;

	if (sh_dash)
		sh_error("%s: parameter not set", name);
	else if (v->subscript)
		sh_error("%s[%s]: unbound variable", name, v->subscript);
	else
		sh_error(isdigit((unsigned char)*name) ? "$%s: unbound variable" : "%s: unbound variable", name);
	sh_fatal_error(sh_dash ? 2 : sh_subshell ? 1 : 127);
}

/* ${x-w} ${x=w} ${x?w} ${x+w}, with or without the colon */
static int alternative(struct sh_expander *x, struct sh_value *v, char op, int colon, const char *word, const char *end, int quoted)
{
	int null = is_null(v, colon);
	char *text;

	if (op == '+') {
		if (null)
			return 1;
		return sh_x_run(x, word, (size_t)(end - word), quoted, 3);
	}
	if (!null) {
		add(x, v, quoted);
		return 1;
	}
	if (op == '-') {
		int saved = x->flags;

		x->flags |= X_TILDE;
		null = sh_x_run(x, word, (size_t)(end - word), quoted, 3);
		x->flags = (x->flags & X_NO_FIELD) | (saved & ~X_NO_FIELD);
		return null;
	}
	text = quoted ? sh_expand_quoted(sh_copyn(word, (size_t)(end - word)), 2) : sh_expand_string(sh_copyn(word, (size_t)(end - word)), X_TILDE);
	if (!text || sh_skip)
		return 0;
	if (op == '=') {
		struct sh_var *var;

		if (!sh_is_name(v->name)) {
			sh_error("$%s: cannot assign in this way", v->name);
			sh_fatal_error(1);
			return 0;
		}
		if (v->subscript)
			var = sh_make(v->name), sh_set_element(var, v->subscript, text, 0);
		else if (!sh_set(v->name, text))
			return 0;
		sh_x_text(x, text, quoted);
		return 1;
	}
	if (*text)
		sh_error("%s: %s", v->name, text);
	else
		sh_error(sh_dash ? "%s: parameter not set%s" : "%s: parameter %s", v->name, sh_dash ? colon ? " or null" : "" : colon ? "null or not set" : "not set");
	sh_fatal_error(sh_dash ? 2 : sh_subshell ? 1 : 127);
	return 0;
}

/* An operator on the value, or on each of the values. */
static int each(struct sh_value *v, const char *op, const char *end)
{
	int i;

	if (!v->is_list) {
		if (v->text || strchr("#%/^,", *op))
			v->text = sh_transform(v->text ? v->text : "", op, end);
		return v->text != NULL && !sh_skip;
	}
	for (i = 0; i < v->list.count; i++) {
		v->list.item[i] = sh_transform(v->list.item[i], op, end);
		if (!v->list.item[i] || sh_skip)
			return 0;
	}
	return 1;
}

/* ${!name}, ${!name[@]}, ${!prefix*} */
static const char *indirect(const char *at, const char *close, struct sh_value *v)
{
	size_t length = sh_name_length(at);
	const char *rest;
	int set;

	if (length && (at[length] == '*' || at[length] == '@') && at + length + 1 == close) {
		int count, i;
		struct sh_var **vars = sh_all_vars(&count);

		memset(v, 0, sizeof *v);
		v->name = sh_copyn(at, length);
		v->is_list = 1;
		v->star = at[length] == '*';
		for (i = 0; i < count; i++)
			if (strncmp(vars[i]->name, at, length) == 0 && vars[i]->value)
				sh_push(&v->list, vars[i]->name);
		return close;
	}
	rest = parameter(at, close, v);
	if (!rest)
		return NULL;
	if (v->is_list && v->subscript) {
		struct sh_var *var = sh_find(v->name);
		struct sh_element *element = var ? var->elements : NULL;

		memset(&v->list, 0, sizeof v->list);
		for (; element; element = element->next)
			sh_push(&v->list, element->key ? element->key : number(element->index));
		if (var && !(var->flags & (V_ARRAY | V_ASSOC)) && var->value)
			sh_push(&v->list, (char *)"0");
		return rest;
	}
	if (!v->text || !*v->text) {
		sh_error("%s: invalid indirect expansion", v->name);
		sh_fatal_error(1);
		return NULL;
	}
	{
		char *name = v->text;

		if (!parameter(name, name + strlen(name), v))
			v->text = sh_param(name, strlen(name), &set);
	}
	return rest;
}

static const char *braced(struct sh_expander *x, const char *start, const char *close, int quoted)
{
	const char *at = start, *after = close + 1;
	struct sh_value v;

	if (*at == '#' && at + 1 < close && (at[1] != '-' || at + 2 == close) && !(strchr(":=?+#%/", at[1]) && at + 2 < close)) {
		char *text;

		at = parameter(at + 1, close, &v);
		if (!at || at != close)
			return bad(start, close), NULL;
		if (!v.is_list && !v.text && sh_opt_u)
			return unbound(&v), NULL;
		text = number(v.is_list ? v.list.count : v.text ? (long)sh_text_chars(v.text) : 0);
		sh_x_text(x, text, quoted);
		return after;
	}
	if (*at == '!' && at + 1 < close && !sh_dash && !strchr(":-=?+#%/", at[1])) {
		at = indirect(at + 1, close, &v);
		if (!at)
			return sh_skip ? NULL : (bad(start, close), NULL);
	} else {
		at = parameter(at, close, &v);
		if (!at)
			return bad(start, close), NULL;
	}
	if (at < close) {
		int colon = *at == ':' && at + 1 < close && strchr("-=?+", at[1]);

		if (colon || strchr("-=?+", *at)) {
			if (!alternative(x, &v, at[colon], colon, at + colon + 1, close, quoted))
				return NULL;
			return sh_skip ? NULL : after;
		}
		if (!v.is_list && !v.text && sh_opt_u)
			return unbound(&v), NULL;
		if (sh_dash ? !strchr("#%", *at) : !strchr(":#%/^,@", *at))
			return bad(start, close), NULL;
		if (*at == ':' ? !sh_slice(&v, at + 1, close) : !each(&v, at, close))
			return sh_skip ? NULL : (bad(start, close), NULL);
	} else if (!v.is_list && !v.text && sh_opt_u) {
		return unbound(&v), NULL;
	}
	add(x, &v, quoted);
	return after;
}

const char *sh_x_param(struct sh_expander *x, const char *at, const char *end, int quoted)
{
	size_t length = sh_name_length(at);
	struct sh_value v;

	if (*at == '{') {
		const char *close = sh_skip_braced(at + 1, end, quoted);

		return braced(x, at + 1, close, quoted);
	}
	if (!length && (isdigit((unsigned char)*at) || strchr("@*#?-$!", *at)))
		length = 1;
	if (!length) {
		sh_x_text(x, "$", 1);
		return at;
	}
	parameter(at, at + length, &v);
	if (!v.is_list && !v.text && sh_opt_u)
		return unbound(&v), NULL;
	add(x, &v, quoted);
	return at + length;
}
