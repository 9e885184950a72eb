/* Over quoted and nested text: where it ends. The lexer has seen to it that it does end. */
#include "sh.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *skip_dollar(const char *at, const char *end, int quoted)
{
	if (at + 1 < end && at[1] == '(') {
		at = sh_skip_paren(at + 2, end);
		return at < end ? at + 1 : end;
	}
	if (at + 1 < end && at[1] == '{') {
		at = sh_skip_braced(at + 2, end, quoted);
		return at < end ? at + 1 : end;
	}
	if (at + 1 < end && at[1] == '\'' && !quoted && !sh_dash) {
		for (at += 2; at < end && *at != '\''; at++)
			if (*at == '\\' && at + 1 < end)
				at++;
		return at < end ? at + 1 : end;
	}
	return at + 1;
}

const char *sh_skip_quote(const char *at, const char *end)
{
	char quote = *at++;

	while (at < end && *at != quote) {
		if (quote == '\'') {
			at++;
		} else if (*at == '\\') {
			at += 2;
		} else if (*at == '$' && quote == '"') {
			at = skip_dollar(at, end, 1);
		} else if (*at == '`' && quote == '"') {
			at = sh_skip_quote(at, end);
		} else {
			at++;
		}
	}
	return at < end ? at + 1 : end;
}

const char *sh_skip_braced(const char *at, const char *end, int quoted)
{
	while (at < end && *at != '}') {
		if (*at == '\\')
			at += 2;
		else if (*at == '"' || *at == '`' || (*at == '\'' && !quoted))
			at = sh_skip_quote(at, end);
		else if (*at == '$')
			at = skip_dollar(at, end, quoted);
		else
			at++;
	}
	return at < end ? at : end;
}

static int begins_word(const char *start, const char *at)
{
	return at == start || strchr(" \t\n;&|(", at[-1]) != NULL;
}

static int is_word(const char *at, const char *end, const char *word)
{
	size_t length = strlen(word);

	return (size_t)(end - at) > length && strncmp(at, word, length) == 0 && strchr(" \t\n;)", at[length]);
}

static const char *skip_here(const char *at, const char *end);

const char *sh_skip_paren(const char *at, const char *end)
{
	const char *start = at, *pending = NULL;
	int depth = 1, cases = 0;

	while (at < end) {
		if (*at == '\\') {
			at += 2;
			continue;
		}
		if (*at == '"' || *at == '`' || *at == '\'') {
			at = sh_skip_quote(at, end);
			continue;
		}
		if (*at == '$') {
			at = skip_dollar(at, end, 0);
			continue;
		}
		if (*at == '#' && begins_word(start, at)) {
			while (at < end && *at != '\n')
				at++;
			continue;
		}
		if (*at == '<' && at + 1 < end && at[1] == '<' && !(at + 2 < end && at[2] == '<') && !(at > start && at[-1] == '<') && depth == 1 && !pending)
			pending = at + 2;
		if (*at == '\n' && pending) {
			at = skip_here(pending, end);
			pending = NULL;
			continue;
		}
		/* A `)` that ends a pattern of case has no `(`. */
		if (*at == 'c' && begins_word(start, at) && is_word(at, end, "case"))
			cases++;
		else if (*at == 'e' && cases && begins_word(start, at) && is_word(at, end, "esac"))
			cases--;
		if (*at == '(')
			depth++;
		else if (*at == ')' && !(cases && depth == 1) && --depth == 0)
			return at;
		at++;
	}
	return end;
}

/* at is behind `<<`: where the line after the here-document's delimiter begins; the same line's end when that is no here-document. */
static const char *skip_here(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at)), *word;
	char *delimiter;
	int strip = *at == '-';

	if (!newline)
		return end;
	at += strip;
	while (*at == ' ' || *at == '\t')
		at++;
	word = at;
	while (at < newline && !strchr(" \t;&|<>()", *at))
		at++;
	if (at == word)
		return newline + 1;
	delimiter = sh_unquote(sh_copyn(word, (size_t)(at - word)));
	for (at = newline + 1; at < end;) {
		const char *line = at;

		newline = memchr(at, '\n', (size_t)(end - at));
		at = newline ? newline + 1 : end;
		while (strip && *line == '\t')
			line++;
		if (strlen(delimiter) == (size_t)((newline ? newline : end) - line) && strncmp(line, delimiter, strlen(delimiter)) == 0)
			return at;
	}
	return end;
}

char *sh_tilde(const char *at, size_t *used, const char *stop)
{
	size_t length = 1 + strcspn(at + 1, stop);
	const struct passwd *user;
	const char *home;
	char *name;

	if (strpbrk(sh_copyn(at, length), "'\"\\$`"))
		return NULL;
	*used = length;
	if (length == 1) {
		home = sh_get("HOME");
		if (!home) {
			user = getpwuid(getuid());
			home = user ? user->pw_dir : "/";
		}
		return sh_copy(home);
	}
	name = sh_copyn(at + 1, length - 1);
	if (!sh_dash && strcmp(name, "+") == 0)
		return (char *)sh_get("PWD");
	if (!sh_dash && strcmp(name, "-") == 0)
		return (char *)sh_get("OLDPWD");
	user = getpwnam(name);
	return user ? sh_copy(user->pw_dir) : NULL;
}
