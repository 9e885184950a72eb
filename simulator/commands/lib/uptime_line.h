/* " 12:00:01 up 3 min,  0 users,  load average: …" (lib/uptime_line.c), for uptime, w and top. */
#ifndef UPTIME_LINE_H
#define UPTIME_LINE_H
double uptime_seconds(void);
void uptime_line(void);
void uptime_pretty(void);
#endif
