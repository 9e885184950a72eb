/* run: {"args": ["beta"]} */
/* run: {"args": []} */
#include "steps.h"
#include "steps.h"
#include <stdarg.h>
#include <string.h>
#include <strings.h>
int steps_done;
#define X(id, s) id,
enum letters { LIST(X) COUNT };
#undef X
#define X(id, s) [id] = #id "=" s,
static const char *const names[] = { LIST(X) };
#undef X
void usageErr(const char *format, ...)
{
    va_list argList;
    fflush(stdout);
    fprintf(stderr, "Usage: ");
    va_start(argList, format);
    vfprintf(stderr, format, argList);
    va_end(argList);
    exit(EXIT_FAILURE);
}
static Boolean starts(const char *whole, const char *part) { return strncasecmp(whole, part, min(strlen(whole), strlen(part))) == 0 ? TRUE : FALSE; }
int main(int argc, char *argv[])
{
    if (argc != 2)
        usageErr("%s letter\n", argv[0]);
    for (enum letters l = ALPHA; l < COUNT; l++)
        STEP("%s %s\n", names[l], starts(names[l], argv[1]) ? "yes" : "no");
    STEP("done\n");
    exit(EXIT_SUCCESS);
}
