/* Matching: leftmost, and of those the longest. Each step is tried once at each place, unless there are back-references. */
#define _GNU_SOURCE
#include <libc/regex_program.h>

#include <regex.h>
#include <stdlib.h>
#include <string.h>

struct search {
	const struct rx_program *program;
	const char *text, *end;
	int flags, *slots, *best, slot_count, found;
	unsigned char *seen;         /* a bit for each step and place */
	size_t width;
	int depth;
};

size_t rx_char(const struct rx_program *program, const char *text, const char *end, int *code)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t need, i;
	int value;

	*code = at[0];
	if (at[0] < 0x80 || !program->utf8)
		return 1;
	*code = -1;
	if (at[0] < 0xC2 || at[0] > 0xF4)
		return 1;
	need = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
	if ((size_t)(end - text) < need)
		return 1;
	value = at[0] & (0xFF >> (need + 1));
	for (i = 1; i < need; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return 1;
		value = value << 6 | (at[i] & 0x3F);
	}
	*code = value;
	return need;
}

int rx_in_set(const struct rx_program *program, const struct rx_set *set, int code)
{
	int inside = 0, i;

	if (code < 0)
		return 0;
	if (code < 128 || (!program->utf8 && code < 256)) {
		inside = set->bytes[code >> 3] >> (code & 7) & 1;
	} else {
		for (i = 0; i < set->range_count && !inside; i++)
			inside = code >= set->ranges[i].low && code <= set->ranges[i].high;
	}
	return inside != set->negated;
}

static int is_word(const struct search *s, const char *at)
{
	unsigned char c;

	if (at < s->text || at >= s->end)
		return 0;
	c = (unsigned char)*at;
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 128 && s->program->utf8);
}

static int holds(const struct search *s, const struct rx_step *step, const char *at)
{
	switch (step->op) {
	case RX_BEGIN:
		if (at == s->text)
			return !(s->flags & REG_NOTBOL);
		return !step->a && s->program->newline && at[-1] == '\n';
	case RX_END:
		if (at == s->end)
			return !(s->flags & REG_NOTEOL);
		return !step->a && s->program->newline && *at == '\n';
	case RX_WORD_START: return !is_word(s, at - 1) && is_word(s, at);
	case RX_WORD_END: return is_word(s, at - 1) && !is_word(s, at);
	case RX_WORD: return is_word(s, at - 1) != is_word(s, at);
	default: return is_word(s, at - 1) == is_word(s, at);
	}
}

static void run(struct search *s, int pc, const char *at)
{
	const struct rx_program *program = s->program;

	for (;;) {
		const struct rx_step *step = &program->steps[pc];
		int code;
		size_t size;

		if (s->seen) {
			size_t bit = (size_t)pc * s->width + (size_t)(at - s->text);

			if (s->seen[bit >> 3] >> (bit & 7) & 1)
				return;
			s->seen[bit >> 3] |= (unsigned char)(1 << (bit & 7));
		}
		switch (step->op) {
		case RX_CHAR:
			if (at >= s->end || (unsigned char)*at != step->a)
				return;
			at++;
			pc++;
			break;
		case RX_ANY:
			if (at >= s->end || (program->newline && *at == '\n'))
				return;
			size = rx_char(program, at, s->end, &code);
			if (code < 0)
				return;
			at += size;
			pc++;
			break;
		case RX_SET:
			if (at >= s->end)
				return;
			size = rx_char(program, at, s->end, &code);
			if (!rx_in_set(program, &program->sets[step->a], code))
				return;
			at += size;
			pc++;
			break;
		case RX_JUMP:
			pc = step->a;
			break;
		case RX_SPLIT:
			if (!s->seen && ++s->depth > 20000) {
				s->depth--;
				return;
			}
			run(s, step->a, at);
			if (!s->seen)
				s->depth--;
			pc = step->b;
			break;
		case RX_SAVE: {
			int old;

			if (step->a >= s->slot_count) {
				pc++;
				break;
			}
			old = s->slots[step->a];
			s->slots[step->a] = (int)(at - s->text);
			run(s, pc + 1, at);
			s->slots[step->a] = old;
			return;
		}
		case RX_BACK: {
			int from = s->slots[2 * step->a], to = s->slots[2 * step->a + 1];

			if (from < 0 || to < 0 || s->end - at < to - from)
				return;
			if (memcmp(s->text + from, at, (size_t)(to - from)) != 0) {
				int i;

				if (!program->icase)
					return;
				for (i = 0; i < to - from; i++)
					if ((s->text[from + i] | 32) != (at[i] | 32))
						return;
			}
			at += to - from;
			pc++;
			break;
		}
		case RX_MATCH:
			if (!s->found || (int)(at - s->text) > s->best[1]) {
				memcpy(s->best, s->slots, (size_t)s->slot_count * sizeof *s->slots);
				s->best[1] = (int)(at - s->text);
				s->found = 1;
			}
			return;
		default:
			if (!holds(s, step, at))
				return;
			pc++;
		}
	}
}

int rx_search(const struct rx_program *program, const char *text, size_t length, size_t from, int flags, int *slots, int slot_count)
{
	struct search s = { program, text, text + length, flags, NULL, slots, slot_count, 0, NULL, length + 1, 0 };
	size_t bytes = ((size_t)program->count * (length + 1) + 7) / 8, i;
	const char *at;
	int count = program->backrefs ? 20 : slot_count, *room;

	if (count < slot_count)
		count = slot_count;
	room = malloc((size_t)count * sizeof *room * 2);
	s.slots = room;
	s.best = room + count;
	s.slot_count = count;
	if (!program->backrefs)
		s.seen = calloc(bytes, 1);
	for (at = text + from; at <= s.end && !s.found; at++) {
		if (program->first >= 0) {
			at = at < s.end ? memchr(at, program->first, (size_t)(s.end - at)) : NULL;
			if (!at)
				break;
		}
		for (i = 0; i < (size_t)count; i++)
			s.slots[i] = -1;
		s.slots[0] = (int)(at - text);
		run(&s, 0, at);
		if (program->utf8 && at < s.end && !s.found) {
			int code;

			at += rx_char(program, at, s.end, &code) - 1;
		}
	}
	if (s.found)
		memcpy(slots, s.best, (size_t)slot_count * sizeof *slots);
	free(room);
	free(s.seen);
	return s.found;
}
