/* Names of signals (lib/signal_names.c). */
#ifndef SIGNAL_NAMES_H
#define SIGNAL_NAMES_H
/* "INT" for 2, "RTMIN+1" for 35, "EXIT" for 0; NULL when there is none. */
const char *signal_name(int number);
/* From a name (with or without SIG, any case) or a number's digits; -1 when it is none. */
int signal_number(const char *name);
#endif
