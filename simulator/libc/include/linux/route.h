#include <net/route.h>
