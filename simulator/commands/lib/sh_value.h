/* What ${…} has found, before it goes into a field (sh_param.c, sh_slice.c). */
#ifndef SH_VALUE_H
#define SH_VALUE_H
#include "sh.h"

struct sh_value {
	char *text;               /* NULL: not set */
	struct sh_list list;      /* of @ and * */
	int is_list, star;
	char *name;
	char *subscript;
};

/* ${name:offset:length}; at is behind the colon. False with a message. */
int sh_slice(struct sh_value *v, const char *at, const char *end);
#endif
