#include <sys/fanotify.h>
