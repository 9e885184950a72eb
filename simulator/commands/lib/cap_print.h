/* Capabilities as libcap's programs show them (lib/cap_print.c). */
#ifndef CAP_PRINT_H
#define CAP_PRINT_H
/* "!cap_sys_resource,^cap_net_raw": what is inheritable, ambient, or dropped from the bounding set. */
char *cap_print_iab(void);
/* The libcap mode that this process seems to be in. */
const char *cap_print_mode(int *number);
#endif
