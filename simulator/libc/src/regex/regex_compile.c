/* From a basic or an extended regular expression, with GNU's \w \b \< \> \| \+ \?, to steps. */
#define _GNU_SOURCE
#include <libc/regex_program.h>

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

struct parser { struct rx_program *out; const char *at, *end; int extended, error, depth, closed[10]; };

static int emit(struct parser *p, enum rx_op op, int a, int b)
{
	struct rx_program *out = p->out;

	if (out->count == out->room) {
		out->room = out->room ? out->room * 2 : 64;
		out->steps = realloc(out->steps, (size_t)out->room * sizeof *out->steps);
	}
	if (!out->steps) {
		p->error = REG_ESPACE;
		out->count = out->room = 0;
		return 0;
	}
	out->steps[out->count].op = op;
	out->steps[out->count].a = a;
	out->steps[out->count].b = b;
	return out->count++;
}

static void insert(struct parser *p, int at, enum rx_op op, int a, int b)
{
	struct rx_program *out = p->out;
	int i;

	emit(p, RX_MATCH, 0, 0);
	if (p->error)
		return;
	memmove(out->steps + at + 1, out->steps + at, (size_t)(out->count - 1 - at) * sizeof *out->steps);
	for (i = 0; i < out->count; i++) {
		struct rx_step *step = &out->steps[i];
		/* What was at `at` is meant by steps that moved with it; the others mean the new step. */
		int from = i > at ? at : at + 1;

		if (i == at)
			continue;
		if ((step->op == RX_SPLIT || step->op == RX_JUMP) && step->a >= from)
			step->a++;
		if (step->op == RX_SPLIT && step->b >= from)
			step->b++;
	}
	out->steps[at].op = op;
	out->steps[at].a = a;
	out->steps[at].b = b;
}

/* One more copy of the steps from `from` to `to`. */
static void repeat(struct parser *p, int from, int to)
{
	int by = p->out->count - from, i;

	for (i = from; i < to && !p->error; i++) {
		struct rx_step step = p->out->steps[i];

		if (step.op == RX_SPLIT || step.op == RX_JUMP)
			step.a += by;
		if (step.op == RX_SPLIT)
			step.b += by;
		emit(p, step.op, step.a, step.b);
	}
}

static struct rx_set *new_set(struct parser *p)
{
	struct rx_program *out = p->out;

	out->sets = realloc(out->sets, (size_t)(out->set_count + 1) * sizeof *out->sets);
	memset(&out->sets[out->set_count], 0, sizeof *out->sets);
	return &out->sets[out->set_count++];
}

static void add(struct rx_set *set, int low, int high)
{
	int c;

	for (c = low; c <= high && c < 256; c++)
		set->bytes[c >> 3] |= (unsigned char)(1 << (c & 7));
	if (high >= 128 && set->range_count < 32) {
		set->ranges[set->range_count].low = low < 128 ? 128 : low;
		set->ranges[set->range_count++].high = high;
	}
}

static void add_folded(struct parser *p, struct rx_set *set, int low, int high)
{
	int c;

	add(set, low, high);
	for (c = low; p->out->icase && c <= high && c < 128; c++) {
		add(set, tolower(c), tolower(c));
		add(set, toupper(c), toupper(c));
	}
}

static const struct { const char *name; int (*is)(int); } classes[] = {
	{ "alpha", isalpha }, { "digit", isdigit }, { "alnum", isalnum }, { "upper", isupper }, { "lower", islower }, { "space", isspace },
	{ "blank", isblank }, { "punct", ispunct }, { "print", isprint }, { "graph", isgraph }, { "cntrl", iscntrl }, { "xdigit", isxdigit },
};

static int add_class(struct parser *p, struct rx_set *set, const char *name, size_t length)
{
	size_t i;
	int c;

	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (strlen(classes[i].name) != length || strncmp(classes[i].name, name, length) != 0)
			continue;
		for (c = 0; c < 128; c++)
			if (classes[i].is(c))
				add_folded(p, set, c, c);
		/* Letters beyond ASCII. */
		if (p->out->utf8 && (i == 0 || i == 2 || i == 8 || i == 9))
			add(set, 0xAA, 0x10FFFF);
		return 1;
	}
	return 0;
}

static int set_char(struct parser *p)
{
	int code;
	size_t size;

	if (p->at + 1 < p->end && p->at[0] == '[' && (p->at[1] == '.' || p->at[1] == '=')) {
		char kind = p->at[1];

		p->at += 2;
		size = rx_char(p->out, p->at, p->end, &code);
		p->at += size;
		if (p->at + 1 < p->end && p->at[0] == kind && p->at[1] == ']')
			p->at += 2;
		else
			p->error = REG_ECOLLATE;
		return code < 0 ? (unsigned char)p->at[-1] : code;
	}
	size = rx_char(p->out, p->at, p->end, &code);
	if (code < 0)
		code = (unsigned char)*p->at;
	p->at += size;
	return code;
}

static void bracket(struct parser *p)
{
	struct rx_set *set = new_set(p);
	int first = 1, number = p->out->set_count - 1;

	if (p->at < p->end && *p->at == '^') {
		set->negated = 1;
		p->at++;
	}
	for (;; first = 0) {
		int low, high;

		if (p->at >= p->end) {
			p->error = first ? REG_BADPAT : REG_EBRACK;
			return;
		}
		if (*p->at == ']' && !first)
			break;
		if (p->at[0] == '[' && p->at + 1 < p->end && p->at[1] == ':') {
			const char *close = p->at + 2;

			while (close + 1 < p->end && !(close[0] == ':' && close[1] == ']'))
				close++;
			if (close + 1 >= p->end) {
				p->error = REG_EBRACK;
				return;
			}
			if (!add_class(p, set, p->at + 2, (size_t)(close - p->at - 2))) {
				p->error = REG_ECTYPE;
				return;
			}
			p->at = close + 2;
			continue;
		}
		low = high = set_char(p);
		if (p->at + 1 < p->end && *p->at == '-' && p->at[1] != ']') {
			p->at++;
			high = set_char(p);
			if (high < low) {
				p->error = REG_ERANGE;
				return;
			}
		}
		if (p->error)
			return;
		add_folded(p, set, low, high);
	}
	p->at++;
	if (set->negated && p->out->newline)
		add(set, '\n', '\n');
	emit(p, RX_SET, number, 0);
}

static void word_set(struct parser *p, int spaces, int negated)
{
	struct rx_set *set = new_set(p);

	set->negated = negated;
	add_class(p, set, spaces ? "space" : "alnum", 5);
	if (!spaces)
		add(set, '_', '_');
	emit(p, RX_SET, p->out->set_count - 1, 0);
}

/* The other case of a letter beyond ASCII (Latin, Greek, Cyrillic); 0 without one. */
static int icase_pair(const struct parser *p, int code)
{
	if (!p->out->icase || code < 0xC0)
		return 0;
	if (code <= 0xFE)
		return code == 0xD7 || code == 0xF7 || code == 0xDF ? 0 : code < 0xE0 ? code + 32 : code - 32;
	if (code >= 0x100 && code <= 0x17E)
		return (code >= 0x139 && code <= 0x148) || code >= 0x179 ? (code & 1 ? code + 1 : code - 1) : (code & 1 ? code - 1 : code + 1);
	if (code >= 0x391 && code <= 0x3C9)
		return code < 0x3AA ? code + 32 : code >= 0x3B1 && code != 0x3C2 ? code - 32 : 0;
	if (code >= 0x410 && code <= 0x44F)
		return code < 0x430 ? code + 32 : code - 32;
	return code >= 0x400 && code <= 0x40F ? code + 80 : code >= 0x450 && code <= 0x45F ? code - 80 : 0;
}

static void literal(struct parser *p)
{
	int code;
	size_t size = rx_char(p->out, p->at, p->end, &code), i;

	if (p->out->icase && size == 1 && isalpha((unsigned char)*p->at)) {
		struct rx_set *set = new_set(p);

		add_folded(p, set, (unsigned char)*p->at, (unsigned char)*p->at);
		emit(p, RX_SET, p->out->set_count - 1, 0);
	} else if (icase_pair(p, code)) {
		struct rx_set *set = new_set(p);

		add(set, code, code);
		add(set, icase_pair(p, code), icase_pair(p, code));
		emit(p, RX_SET, p->out->set_count - 1, 0);
	} else {
		for (i = 0; i < size; i++)
			emit(p, RX_CHAR, (unsigned char)p->at[i], 0);
	}
	p->at += size;
}

static void alternatives(struct parser *p);

static int is_operator(struct parser *p, char c)
{
	if (p->extended)
		return p->at < p->end && *p->at == c;
	return p->at + 1 < p->end && p->at[0] == '\\' && p->at[1] == c;
}

static void skip_operator(struct parser *p)
{
	p->at += p->extended ? 1 : 2;
}

static void group(struct parser *p)
{
	int number = ++p->out->groups;

	skip_operator(p);
	emit(p, RX_SAVE, 2 * number, 0);
	p->depth++;
	alternatives(p);
	p->depth--;
	if (p->error)
		return;
	if (!is_operator(p, ')')) {
		p->error = REG_EPAREN;
		return;
	}
	skip_operator(p);
	emit(p, RX_SAVE, 2 * number + 1, 0);
	if (number < 10)
		p->closed[number] = 1;
}

static void escape(struct parser *p)
{
	char c;

	p->at++;
	if (p->at >= p->end) {
		p->error = REG_EESCAPE;
		return;
	}
	c = *p->at++;
	switch (c) {
	case 'w': word_set(p, 0, 0); return;
	case 'W': word_set(p, 0, 1); return;
	case 's': word_set(p, 1, 0); return;
	case 'S': word_set(p, 1, 1); return;
	case 'b': emit(p, RX_WORD, 0, 0); return;
	case 'B': emit(p, RX_NOT_WORD, 0, 0); return;
	case '<': emit(p, RX_WORD_START, 0, 0); return;
	case '>': emit(p, RX_WORD_END, 0, 0); return;
	case '`': emit(p, RX_BEGIN, 1, 0); return;
	case '\'': emit(p, RX_END, 1, 0); return;
	}
	if (c >= '1' && c <= '9') {
		if (!p->closed[c - '0']) {
			p->error = REG_ESUBREG;
			return;
		}
		p->out->backrefs = 1;
		emit(p, RX_BACK, c - '0', 0);
		return;
	}
	p->at--;
	literal(p);
}

/* {n}, {n,}, {n,m}; false when it is no interval (extended: then it stands for itself). */
static int interval(struct parser *p, int *low, int *high)
{
	const char *start = p->at;

	skip_operator(p);
	*low = *high = -1;
	if (p->at < p->end && isdigit((unsigned char)*p->at))
		*low = (int)strtol(p->at, (char **)&p->at, 10);
	if (p->at < p->end && *p->at == ',') {
		p->at++;
		if (p->at < p->end && isdigit((unsigned char)*p->at))
			*high = (int)strtol(p->at, (char **)&p->at, 10);
		if (*low < 0)
			*low = 0;
	} else {
		*high = *low;
	}
	if (*low < 0 || !is_operator(p, '}')) {
		if (p->extended && p->out->lenient) {
			p->at = start;
			return 0;
		}
		if (p->extended) {
			p->error = memchr(p->at, '}', (size_t)(p->end - p->at)) ? REG_BADBR : REG_EBRACE;
			return 0;
		}
		p->error = p->at >= p->end ? REG_EBRACE : REG_BADBR;
		return 0;
	}
	skip_operator(p);
	if (*high >= 0 && *high < *low)
		p->error = REG_BADBR;
	else if (*low > 32767 || *high > 32767)
		p->error = REG_ESIZE;
	return !p->error;
}

static void star(struct parser *p, int start)
{
	int end;

	insert(p, start, RX_SPLIT, start + 1, 0);
	end = emit(p, RX_JUMP, start, 0);
	if (!p->error)
		p->out->steps[start].b = end + 1;
}

static void question(struct parser *p, int start)
{
	insert(p, start, RX_SPLIT, start + 1, 0);
	if (!p->error)
		p->out->steps[start].b = p->out->count;
}

static void times(struct parser *p, int start, int low, int high)
{
	int end = p->out->count, i, from;

	if (high == 0) {
		p->out->count = start;
		return;
	}
	for (i = 1; i < low; i++)
		repeat(p, start, end);
	if (high < 0) {
		from = p->out->count;
		if (low == 0) {
			star(p, start);
			return;
		}
		repeat(p, start, end);
		star(p, from);
		return;
	}
	if (low == 0) {
		/* x{0,3}: (x(x(x)?)?)? */
		for (i = 1; i < high; i++) {
			from = p->out->count;
			repeat(p, start, end);
			question(p, from);
		}
		question(p, start);
		return;
	}
	for (i = low; i < high; i++) {
		from = p->out->count;
		repeat(p, start, end);
		question(p, from);
	}
}

static int at_end_of_branch(struct parser *p)
{
	return p->at >= p->end || is_operator(p, '|') || (p->depth && is_operator(p, ')'));
}

static void branch(struct parser *p)
{
	int first = 1;

	while (!at_end_of_branch(p) && !p->error) {
		int start = p->out->count, low, high, repeatable = 1;
		char c = *p->at;

		if (is_operator(p, '(')) {
			group(p);
		} else if (p->extended && c == ')' && !p->depth) {
			literal(p);
		} else if (!p->extended && is_operator(p, ')')) {
			p->error = REG_ERPAREN;
			return;
		} else if (c == '[') {
			p->at++;
			bracket(p);
		} else if (c == '.') {
			p->at++;
			emit(p, RX_ANY, 0, 0);
		} else if (c == '^' && (p->extended || first)) {
			p->at++;
			emit(p, RX_BEGIN, 0, 0);
			if (!p->extended)
				repeatable = 0;
			else if (!p->out->lenient && p->at < p->end && strchr("*+?", *p->at))
				p->error = REG_BADRPT;
		} else if (c == '$' && (p->extended || (p->at++, at_end_of_branch(p) ? 1 : (p->at--, 0)))) {
			if (p->extended)
				p->at++;
			emit(p, RX_END, 0, 0);
			if (!p->extended)
				repeatable = 0;
		} else if (c == '\\') {
			escape(p);
		} else if (p->extended && first && (strchr("*+?", c) || (c == '{' && !p->out->lenient))) {
			if (!p->out->lenient) {
				p->error = REG_BADRPT;
				return;
			}
			p->at++;   /* nothing to repeat: it is passed over, as GNU's grep does */
			continue;
		} else {
			literal(p);
		}
		if (p->error)
			return;
		if (!p->extended && !repeatable) {
			first = c == '^';
			if (first && p->at < p->end && *p->at == '*') {
				literal(p);
				first = 0;
			}
			continue;
		}
		first = 0;
		for (;;) {
			if (p->at < p->end && *p->at == '*') {
				p->at++;
				if (!p->extended && !p->out->lenient && p->at < p->end && *p->at == '*')
					p->error = REG_BADRPT;
				star(p, start);
			} else if (is_operator(p, '+')) {
				skip_operator(p);
				{
					int end = p->out->count, from = end;

					repeat(p, start, end);
					star(p, from);
				}
			} else if (is_operator(p, '?')) {
				skip_operator(p);
				question(p, start);
			} else if (is_operator(p, '{')) {
				if (!interval(p, &low, &high)) {
					if (p->error)
						return;
					literal(p);
					start = p->out->count - 1;
					continue;
				}
				times(p, start, low, high);
			} else {
				break;
			}
			if (p->error)
				return;
		}
	}
}

static void alternatives(struct parser *p)
{
	int start = p->out->count, own = start, i;

	branch(p);
	while (!p->error && is_operator(p, '|')) {
		int jump;

		skip_operator(p);
		insert(p, start, RX_SPLIT, start + 1, 0);
		jump = emit(p, RX_JUMP, 0, 0);
		if (p->error)
			return;
		p->out->steps[start].b = p->out->count;
		start = p->out->count;
		branch(p);
		if (p->error)
			return;
		p->out->steps[jump].a = -1;
	}
	/* Jumps out of this group's alternatives lead here. */
	for (i = own; i < p->out->count; i++)
		if (p->out->steps[i].op == RX_JUMP && p->out->steps[i].a < 0)
			p->out->steps[i].a = p->out->count;
}

int rx_compile(struct rx_program *program, const char *text, size_t length, int extended)
{
	struct parser p = { program, text, text + length, extended, 0, 0, { 0 } };

	alternatives(&p);
	if (!p.error && p.at < p.end)
		p.error = REG_ERPAREN;
	emit(&p, RX_MATCH, 0, 0);
	program->first = -1;
	if (!p.error && program->steps[0].op == RX_CHAR)
		program->first = program->steps[0].a;
	return p.error;
}
