/* Dates as people write them (lib/date_parse.c), for date -d and touch -d. */
#ifndef DATE_PARSE_H
#define DATE_PARSE_H
#include <time.h>
/* `now` is what relative words count from; false when the text is no date. */
int date_parse(const char *text, time_t now, struct timespec *to);
#endif
