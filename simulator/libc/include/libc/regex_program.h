/* Regular expressions: the compiled form (src/regex/ defines regcomp, regexec, regerror and regfree). */
#ifndef REGEX_PROGRAM_H
#define REGEX_PROGRAM_H
#include <stddef.h>

enum rx_op { RX_CHAR, RX_ANY, RX_SET, RX_SPLIT, RX_JUMP, RX_SAVE, RX_BEGIN, RX_END, RX_WORD_START, RX_WORD_END, RX_WORD, RX_NOT_WORD, RX_BACK, RX_MATCH, RX_EMPTY_LOOP };
/* RX_SPLIT: on at a first, at b else. RX_CHAR: a is the byte. RX_SET: a is the set's number. RX_SAVE: a is the slot. RX_BACK: a is the group. */
struct rx_step { enum rx_op op; int a, b; };
struct rx_set {
	unsigned char bytes[32];                     /* of characters below 128, or of all bytes */
	int negated;
	struct { int low, high; } ranges[32];        /* of characters from 128 on, in UTF-8 locales */
	int range_count;
};
struct rx_program {
	struct rx_step *steps;
	int count, room;
	struct rx_set *sets;
	int set_count;
	int groups, backrefs, utf8, icase, newline;
	int lenient;                                 /* what has nothing to repeat is passed over, and no interval stands for itself: grep */
	int first;                                   /* the byte that every match begins with; -1 when there are several */
};
int rx_compile(struct rx_program *program, const char *text, size_t length, int extended);
int rx_in_set(const struct rx_program *program, const struct rx_set *set, int code);
/* The character at text; *code is -1 for a byte that is none. */
size_t rx_char(const struct rx_program *program, const char *text, const char *end, int *code);
/* Leftmost, longest; slots: 2 for each group. */
int rx_search(const struct rx_program *program, const char *text, size_t length, size_t from, int flags, int *slots, int slot_count);
#endif
