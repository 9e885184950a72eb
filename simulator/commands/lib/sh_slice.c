/* ${name:offset:length}, of a text or of a list. */
#include "sh_value.h"

#include <string.h>

int sh_slice(struct sh_value *v, const char *at, const char *end)
{
	char *text = sh_copyn(at, (size_t)(end - at)), *colon = NULL, *p, *offset_text, *length_text = NULL;
	int64_t offset = 0, length = -1;
	int depth = 0, has_length;
	long total;

	for (p = text; *p; p++) {
		if (*p == '$' && p[1] == '{')
			p = (char *)sh_skip_braced(p + 2, p + strlen(p), 0);
		else if (*p == '(' || *p == '?')
			depth++;
		else if (*p == ')' || (*p == ':' && depth))
			depth--;
		else if (*p == ':' && depth == 0) {
			colon = p;
			break;
		}
	}
	has_length = colon != NULL;
	if (colon) {
		*colon = '\0';
		length_text = sh_expand_quoted(colon + 1, 2);
	}
	offset_text = sh_expand_quoted(text, 2);
	if (!offset_text || sh_skip || !sh_arith(offset_text, &offset) || (length_text && !sh_arith(length_text, &length))) {
		sh_fatal_error(1);
		return 0;
	}
	if (v->is_list) {
		struct sh_list out = { 0 };
		int i;

		if (!v->subscript) {   /* ${@:0} begins with $0 */
			struct sh_list with = { 0 };

			sh_push(&with, sh_name0);
			for (i = 0; i < v->list.count; i++)
				sh_push(&with, v->list.item[i]);
			v->list = with;
		}
		total = v->list.count;
		if (offset < 0)
			offset += total;
		for (i = (int)offset; offset >= 0 && i < total && (!has_length || i < offset + length); i++)
			sh_push(&out, v->list.item[i]);
		v->list = out;
		return 1;
	}
	if (!v->text)
		return 1;
	total = (long)sh_text_chars(v->text);
	if (offset < 0)
		offset += total;
	if (offset < 0 || offset > total) {
		v->text = (char *)"";
		return 1;
	}
	if (!has_length)
		length = total - offset;
	if (length < 0) {
		length += total - offset;
		if (length < 0) {
			sh_error("%s: substring expression < 0", length_text);
			sh_fatal_error(1);
			return 0;
		}
	}
	{
		const char *from = v->text, *to;

		for (; offset > 0; offset--)
			from += sh_char_length(from);
		for (to = from; *to && length > 0; length--)
			to += sh_char_length(to);
		v->text = sh_copyn(from, (size_t)(to - from));
	}
	return 1;
}
