// getopt and getopt_long: order of the arguments after it, messages, abbreviations.
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int flag;
static const struct option longs[] = {
  { "verbose", no_argument, 0, 'v' }, { "version", no_argument, 0, 'V' }, { "output", required_argument, 0, 'o' },
  { "level", optional_argument, 0, 'l' }, { "flag", no_argument, &flag, 5 }, { "fork", no_argument, 0, 'f' }, { 0, 0, 0, 0 },
};

static void run(int kind, const char *options, const char *line) {
  char text[200], *argv[20] = { "./prog" }, *kept;
  int argc = 1, c, index = -1;
  strcpy(text, line);
  for (char *w = strtok_r(text, " ", &kept); w; w = strtok_r(0, " ", &kept)) argv[argc++] = strcmp(w, "''") ? w : "";
  argv[argc] = 0;
  optind = 0;
  flag = 0;
  fprintf(stderr, "== %d '%s' %s\n", kind, options, line);
  for (int i = 0; i < 30; i++) {
    c = kind == 0 ? getopt(argc, argv, options) : kind == 1 ? getopt_long(argc, argv, options, longs, &index) : getopt_long_only(argc, argv, options, longs, &index);
    fprintf(stderr, "%d optind %d optarg %s optopt %d index %d flag %d\n", c, optind, optarg ? optarg : "-", c == '?' || c == ':' ? optopt : 0, index, flag);
    if (c == -1) break;
  }
  for (int i = 0; i < argc; i++) fprintf(stderr, "[%s]", argv[i]);
  fprintf(stderr, "\n");
}

int main(void) {
  static const char *lines[] = {
    "", "-a", "-ab", "-a -b", "-c x", "-cx", "-c", "-z", "x -a y -b z", "-a -- -b", "-- -a", "- -a", "x y z -c 5 w", "-u sh -c x", "-dval", "-d val", "-d", "-a '' -b", "-az", "-c --",
    "--verbose", "--verb", "--ver", "--v", "--output=f", "--output f", "--output", "--level", "--level=3", "--verbose=1", "--nothing", "--nothing=1", "--flag x --fork", "--f", "--fl", "x --out file y -a", "-verbose", "-output f", "-o", "--", "--=x",
  };
  for (unsigned i = 0; i < sizeof lines / sizeof *lines; i++) {
    run(0, "abc:d::", lines[i]);
    run(0, ":abc:", lines[i]);
    run(0, "+abc:", lines[i]);
    run(0, "-abc:", lines[i]);
    run(1, "abc:vo:l::", lines[i]);
    run(1, "+:abc:", lines[i]);
    run(1, "-abc:", lines[i]);
    run(2, "abc:v", lines[i]);
  }
  opterr = 0;
  run(0, "a", "-z");
  return 0;
}
