/* Capabilities as libcap's programs show them. */
#include "cap_print.h"
#include "core.h"

#include <stdlib.h>
#include <string.h>
#include <sys/capability.h>
#include <sys/prctl.h>

char *cap_print_iab(void)
{
	cap_t caps = cap_get_proc();
	char *text = core_malloc(4096), *at = text;
	cap_value_t cap;

	*at = '\0';
	for (cap = 0; cap < cap_max_bits(); cap++) {
		cap_flag_value_t inheritable = CAP_CLEAR;
		int ambient = cap_get_ambient(cap) == 1, dropped = cap_get_bound(cap) == 0;
		char *name;

		cap_get_flag(caps, cap, CAP_INHERITABLE, &inheritable);
		if (!ambient && !dropped && inheritable != CAP_SET)
			continue;
		if (at > text)
			*at++ = ',';
		if (dropped)
			*at++ = '!';
		if (ambient)
			*at++ = '^';
		else if (dropped && inheritable == CAP_SET)
			*at++ = '%';
		name = cap_to_name(cap);
		at = stpcpy(at, name);
		cap_free(name);
	}
	cap_free(caps);
	return text;
}

const char *cap_print_mode(int *number)
{
	static const char *const names[] = { "UNCERTAIN", "NOPRIV", "PURE1E_INIT", "PURE1E", "HYBRID" };
	unsigned bits = cap_get_secbits();
	cap_t caps, empty;
	cap_value_t cap;
	cap_flag_value_t value;
	int any = 0, inheritable = 0, bound = 0, ambient = 0;

	*number = 0;
	if (bits == 0)
		*number = 4;
	if (bits == 0 || (bits & 0x2F) != 0x2F)
		return names[*number];
	caps = cap_get_proc();
	empty = cap_init();
	for (cap = 0; cap < cap_max_bits(); cap++) {
		ambient |= cap_get_ambient(cap) == 1;
		bound |= cap_get_bound(cap) == 1;
		cap_get_flag(caps, cap, CAP_INHERITABLE, &value);
		inheritable |= value == CAP_SET;
		cap_get_flag(caps, cap, CAP_PERMITTED, &value);
		any |= value == CAP_SET;
	}
	cap_free(caps);
	cap_free(empty);
	if (ambient)
		return names[0];
	*number = !any && !inheritable && !bound ? 1 : inheritable ? 3 : 2;
	return names[*number];
}
