#define _GNU_SOURCE
#include <libc/getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1, opterr = 1, optopt = '?';
int getopt(int argc, char *const argv[], const char *options) { return __getopt(argc, (char **)argv, options, 0, 0, 0); }
