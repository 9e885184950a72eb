#ifndef _LIBC_GETOPT_H
#define _LIBC_GETOPT_H
struct option;
int __getopt(int argc, char **argv, const char *options, const struct option *longs, int *index, int long_only);
#endif
