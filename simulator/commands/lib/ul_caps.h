/* Names of capabilities, without `cap_`, in small letters. */
#ifndef UL_CAPS_H
#define UL_CAPS_H

#include <stdint.h>

#define UL_CAPS 41
extern const char *const ul_cap_names[UL_CAPS];
/* The number of a capability, with or without `cap_`, in any case; −1: no such name. */
int ul_cap(const char *name);
/* Prints a set as a list with commas; `[none]` when empty. */
void ul_caps_print(uint64_t set);

#endif
