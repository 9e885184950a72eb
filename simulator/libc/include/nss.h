#ifndef _NSS_H
#define _NSS_H
#include <features.h>
#endif
