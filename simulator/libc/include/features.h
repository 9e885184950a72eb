#ifndef _FEATURES_H
#define _FEATURES_H
/* What a program asked for by _GNU_SOURCE and the like. The default is generous, as gcc's gnu17 is. */
#ifdef _GNU_SOURCE
#define __USE_GNU 1
#define __USE_XOPEN2K8 1
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1
#endif
#ifndef _POSIX_SOURCE
#define _POSIX_SOURCE 1
#endif
#ifndef _ATFILE_SOURCE
#define _ATFILE_SOURCE 1
#endif
#define __USE_MISC 1
#define __USE_POSIX 1
#define __USE_XOPEN 1
#define __GLIBC__ 2
#define __GLIBC_MINOR__ 36
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#define __GLIBC_PREREQ(major, minor) ((__GLIBC__ << 16) + __GLIBC_MINOR__ >= ((major) << 16) + (minor))
#endif
