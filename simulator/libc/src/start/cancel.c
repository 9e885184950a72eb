#define _GNU_SOURCE
#include <libc/cancel.h>
void (*__cancel_hook)(void);
