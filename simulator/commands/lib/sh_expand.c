/* From raw words to fields: quotes, tildes, parameters and commands, splitting, file names. */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

/* sh_x_run's modes: how literal characters are taken. */
enum { WORD, DOUBLE_QUOTED, HERE, BRACE_WORD, ASSIGNMENT };

static void put(struct sh_expander *x, char c, int quoted)
{
	if (quoted && strchr("*?[]\\-!^", c) && c)
		sh_put(&x->cur, '\\');
	else if (quoted && sh_extglob && strchr("+@|()", c) && c)
		sh_put(&x->cur, '\\');
	sh_put(&x->cur, c);
	x->ws_ended = 0;
}

void sh_x_break(struct sh_expander *x)
{
	if (!x->out)
		return;
	sh_push(x->out, sh_copy(sh_text(&x->cur)));
	sh_clear(&x->cur);
	x->has = 0;
}

void sh_x_text(struct sh_expander *x, const char *text, int quoted)
{
	const char *ifs = x->ifs;

	if (quoted || !x->split) {
		for (; *text; text++) {
			if (quoted)
				put(x, *text, 1);
			else if (*text == '\\' && !(x->flags & X_PATTERN))
				put(x, '\\', 1);
			else
				sh_put(&x->cur, *text);
		}
		return;
	}
	for (; *text; text++) {
		if (!strchr(ifs, *text)) {
			put(x, *text, *text == '\\');
		} else if (strchr(" \t\n", *text)) {
			if (x->cur.length || x->has) {
				sh_x_break(x);
				x->ws_ended = 1;
			}
		} else if (x->cur.length || x->has) {
			sh_x_break(x);
		} else if (x->ws_ended) {
			x->ws_ended = 0;
		} else {
			sh_x_break(x);
		}
	}
}

static int double_quotes(struct sh_expander *x, const char **at, const char *end)
{
	const char *close = sh_skip_quote(*at, end);
	size_t before = x->cur.length;
	int count = x->out ? x->out->count : 0, ok;

	x->flags &= ~X_NO_FIELD;
	ok = sh_x_run(x, *at + 1, (size_t)(close - 1 - (*at + 1)), 1, DOUBLE_QUOTED);
	/* "$@" without parameters is no field; everything else in quotes is one. */
	if (!(x->flags & X_NO_FIELD) || x->cur.length != before || (x->out && x->out->count != count))
		x->has = 1;
	x->flags &= ~X_NO_FIELD;
	*at = close;
	return ok;
}

static void backquotes(struct sh_expander *x, const char **at, const char *end, int quoted)
{
	struct sh_buf command = { 0 };
	const char *p = *at + 1;

	for (; p < end && *p != '`'; p++) {
		if (*p == '\\' && p + 1 < end && (strchr("$`\\", p[1]) || (quoted && p[1] == '"')))
			p++;
		sh_put(&command, *p);
	}
	*at = p < end ? p + 1 : p;
	sh_x_text(x, sh_command_subst(sh_text(&command)), quoted);
}

/* At `$(`: a command, or an expression. */
static int parenthesis(struct sh_expander *x, const char **at, const char *end, int quoted)
{
	const char *start = *at + 2, *close = sh_skip_paren(start, end);

	*at = close < end ? close + 1 : end;
	if (*start == '(' && close > start && close[-1] == ')' && sh_skip_paren(start + 1, end) == close - 1) {
		char number[32], *expression = sh_expand_quoted(sh_copyn(start + 1, (size_t)(close - 1 - (start + 1))), 2);
		struct sh_buf digits = { 0 };
		int64_t value;

		if (!expression || sh_skip || !sh_arith(expression, &value)) {
			sh_fatal_error(sh_dash ? 2 : 1);
			return 0;
		}
		sh_putf(&digits, "%lld", (long long)value);
		(void)number;
		sh_x_text(x, sh_text(&digits), quoted);
		return 1;
	}
	sh_x_text(x, sh_command_subst(sh_copyn(start, (size_t)(close - start))), quoted);
	return !sh_skip;
}

static int dollar(struct sh_expander *x, const char **at, const char *end, int quoted)
{
	const char *p = *at + 1;
	size_t used;

	if (p >= end) {
		put(x, '$', quoted);
		*at = p;
		return 1;
	}
	if (*p == '(')
		return parenthesis(x, at, end, quoted);
	if (*p == '\'' && !quoted && !sh_dash) {
		char *text = sh_ansi_c(p + 1, (size_t)(end - p - 1), &used);

		x->has = 1;
		sh_x_text(x, text, 1);
		*at = p + 1 + used;
		return 1;
	}
	*at = sh_x_param(x, p, end, quoted);
	return *at != NULL;
}

static void tilde(struct sh_expander *x, const char **at, const char *end, const char *stop)
{
	char *word = sh_copyn(*at, (size_t)(end - *at));
	size_t used = 0;
	char *home = sh_tilde(word, &used, stop);

	if (!home) {
		put(x, *(*at)++, 0);
		return;
	}
	x->has = 1;
	sh_x_text(x, home, 1);
	*at += used;
}

static int quoted_run(struct sh_expander *x, const char *at, const char *end, int mode)
{
	while (at < end && !sh_skip) {
		if (*at == '\\' && at + 1 < end) {
			if (strchr("$`\\", at[1]) || (at[1] == '"' && mode != HERE)) {
				put(x, at[1], 1);
				at += 2;
				continue;
			}
			if (at[1] == '}' && mode == BRACE_WORD) {
				put(x, '}', 1);
				at += 2;
				continue;
			}
			put(x, '\\', 1);
			at++;
		} else if (*at == '$') {
			if (!dollar(x, &at, end, 1))
				return 0;
		} else if (*at == '`') {
			backquotes(x, &at, end, mode != HERE);
		} else if (*at == '"' && mode == BRACE_WORD) {
			at++;
		} else {
			put(x, *at++, 1);
		}
	}
	return !sh_skip;
}

int sh_x_run(struct sh_expander *x, const char *at, size_t length, int quoted, int mode)
{
	const char *end = at + length, *start = at;

	if (quoted)
		return quoted_run(x, at, end, mode);
	while (at < end && !sh_skip) {
		char c = *at;

		if (c == '\\' && at + 1 < end) {
			x->has = 1;
			put(x, at[1], 1);
			at += 2;
		} else if (c == '\'') {
			x->has = 1;
			for (at++; at < end && *at != '\''; at++)
				put(x, *at, 1);
			at++;
		} else if (c == '"') {
			if (!double_quotes(x, &at, end))
				return 0;
		} else if (c == '$') {
			if (!dollar(x, &at, end, 0))
				return 0;
		} else if (c == '`') {
			backquotes(x, &at, end, 0);
		} else if ((c == '<' || c == '>') && at + 1 < end && at[1] == '(' && !sh_dash && mode != ASSIGNMENT) {
			const char *close = sh_skip_paren(at + 2, end);

			sh_x_text(x, sh_process_subst(sh_copyn(at + 2, (size_t)(close - at - 2)), c == '>'), 1);
			at = close < end ? close + 1 : end;
		} else if (c == '~' && (x->flags & (X_TILDE | X_ASSIGN)) &&
			   (at == start || (x->flags & X_ASSIGN && at[-1] == ':') || (x->flags & X_LIKE_ASSIGN && (at[-1] == ':' || at[-1] == '=')))) {
			tilde(x, &at, end, x->flags & (X_ASSIGN | X_LIKE_ASSIGN) ? "/:" : "/");
		} else if (mode == BRACE_WORD && x->split) {
			char text[2] = { c, 0 };

			sh_x_text(x, text, 0);
			at++;
		} else {
			put(x, c, 0);
			at++;
		}
	}
	return !sh_skip;
}

char *sh_unescape(const char *text)
{
	char *copy, *to;

	if (!strchr(text, '\\'))
		return (char *)text;
	copy = to = sh_copy(text);
	for (; *text; text++) {
		if (*text == '\\' && text[1])
			text++;
		*to++ = *text;
	}
	*to = '\0';
	return copy;
}

static void start(struct sh_expander *x, int flags, struct sh_list *out)
{
	memset(x, 0, sizeof *x);
	x->flags = flags;
	x->out = out;
	x->split = (flags & X_SPLIT) != 0;
	x->ifs = sh_get("IFS");
	if (!x->ifs)
		x->ifs = " \t\n";
}

static int plain(const char *word)
{
	return word[strcspn(word, "\\'\"$`*?[~{<>+@!")] == '\0';
}

static int expand_word(const char *word, struct sh_list *out)
{
	struct sh_list fields = { 0 };
	struct sh_expander x;
	size_t at;
	int i;

	start(&x, X_SPLIT | X_GLOB | X_TILDE | (!sh_dash && sh_is_assignment(word, &at) ? X_LIKE_ASSIGN : 0), &fields);
	if (!sh_x_run(&x, word, strlen(word), 0, WORD))
		return 0;
	if (x.cur.length || x.has)
		sh_x_break(&x);
	for (i = 0; i < fields.count; i++) {
		char *field = fields.item[i];

		if (!sh_opt_f && sh_has_glob(field)) {
			if (sh_glob(field, out))
				continue;
			if (sh_failglob) {
				sh_error("no match: %s", sh_unescape(field));
				sh_fatal_error(1);
				return 0;
			}
			if (sh_nullglob)
				continue;
		}
		sh_push(out, sh_unescape(field));
	}
	return 1;
}

int sh_expand_words(char **words, int count, struct sh_list *out)
{
	int i, j;

	for (i = 0; i < count; i++) {
		struct sh_list braced = { 0 };

		if (plain(words[i])) {
			sh_push(out, words[i]);
			continue;
		}
		if (!sh_dash && strchr(words[i], '{')) {
			sh_brace_expand(words[i], &braced);
		} else {
			sh_push(&braced, words[i]);
		}
		for (j = 0; j < braced.count; j++)
			if (!expand_word(braced.item[j], out))
				return 0;
	}
	return 1;
}

char *sh_expand_string(const char *word, int flags)
{
	struct sh_expander x;

	if (plain(word))
		return (char *)word;
	start(&x, flags & ~X_SPLIT, NULL);
	if (!sh_x_run(&x, word, strlen(word), 0, flags & X_ASSIGN ? ASSIGNMENT : WORD))
		return NULL;
	return sh_unescape(sh_text(&x.cur));
}

char *sh_expand_pattern(const char *word)
{
	struct sh_expander x;

	start(&x, X_TILDE | X_PATTERN, NULL);
	if (!sh_x_run(&x, word, strlen(word), 0, WORD))
		return NULL;
	return sh_text(&x.cur);
}

char *sh_expand_quoted(const char *text, int here)
{
	struct sh_expander x;

	start(&x, 0, NULL);
	if (!sh_x_run(&x, text, strlen(text), 1, here == 2 ? BRACE_WORD : here ? HERE : DOUBLE_QUOTED))
		return NULL;
	return sh_unescape(sh_text(&x.cur));
}

char *sh_unquote(const char *word)
{
	struct sh_buf out = { 0 };
	char quote = 0;

	for (; *word; word++) {
		if (quote == '\'' ? *word == '\'' : quote && *word == '"') {
			quote = 0;
		} else if (!quote && (*word == '\'' || *word == '"')) {
			quote = *word;
		} else {
			if (*word == '\\' && quote != '\'' && word[1])
				word++;
			sh_put(&out, *word);
		}
	}
	return sh_text(&out);
}
