#define _GNU_SOURCE
#include <getopt.h>
#include <libc/getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `first` to `last`: arguments that are no options and were skipped; they are moved behind the options that follow. */
static int first, last, started, order;
static char *rest;
enum { PERMUTE, REQUIRE_ORDER, RETURN_IN_ORDER };

static void reverse(char **argv, int from, int to) {
  for (to--; from < to; from++, to--) {
    char *kept = argv[from];
    argv[from] = argv[to];
    argv[to] = kept;
  }
}

/* The skipped ones change places with the options between them and optind. */
static void exchange(char **argv) {
  reverse(argv, first, last);
  reverse(argv, last, optind);
  reverse(argv, first, optind);
  first += optind - last;
  last = optind;
}

static const char *begin(const char *options) {
  if (optind == 0 || !started) {
    if (optind == 0) optind = 1;
    first = last = optind;
    rest = 0;
    started = 1;
    order = *options == '-' ? RETURN_IN_ORDER : *options == '+' || getenv("POSIXLY_CORRECT") ? REQUIRE_ORDER : PERMUTE;
  }
  return *options == '-' || *options == '+' ? options + 1 : options;
}

static int is_option(const char *arg) { return arg[0] == '-' && arg[1] != '\0'; }

static void ambiguous(char **argv, const struct option *longs, const char *name, size_t length, const char *prefix) {
  fprintf(stderr, "%s: option '%s%s' is ambiguous; possibilities:", argv[0], prefix, name);
  for (const struct option *o = longs; o->name; o++) if (strncmp(o->name, name, length) == 0) fprintf(stderr, " '%s%s'", prefix, o->name);
  fprintf(stderr, "\n");
}

static int same(const struct option *a, const struct option *b) { return a->has_arg == b->has_arg && a->flag == b->flag && a->val == b->val; }

/* The option that the name means: exactly, or as the only one that begins so. */
static const struct option *find(const struct option *longs, const char *name, size_t length, int long_only, int *several) {
  const struct option *found = 0;
  *several = 0;
  for (const struct option *o = longs; o->name; o++) {
    if (strncmp(o->name, name, length)) continue;
    if (strlen(o->name) == length) {
      *several = 0;
      return o;
    }
    if (!found) found = o;
    else if (long_only || !same(found, o)) *several = 1;
  }
  return found;
}

static int long_option(int argc, char **argv, const char *options, const struct option *longs, int *index, int long_only, int quiet, const char *prefix) {
  size_t length = strcspn(rest, "=");
  int several;
  const struct option *o = find(longs, rest, length, long_only, &several);
  if (several) {
    if (!quiet) ambiguous(argv, longs, rest, length, prefix);
    rest = 0;
    optind++;
    optopt = 0;
    return '?';
  }
  if (!o) {
    if (long_only && argv[optind][1] != '-' && strchr(options, *rest)) return -1;
    if (!quiet) fprintf(stderr, "%s: unrecognized option '%s%s'\n", argv[0], prefix, rest);
    rest = 0;
    optind++;
    optopt = 0;
    return '?';
  }
  optind++;
  char *value = rest[length] == '=' ? rest + length + 1 : 0;
  rest = 0;
  if (value && o->has_arg == no_argument) {
    if (!quiet) fprintf(stderr, "%s: option '%s%s' doesn't allow an argument\n", argv[0], prefix, o->name);
    optopt = o->val;
    return '?';
  }
  if (value) optarg = value;
  else if (o->has_arg == required_argument) {
    if (optind >= argc) {
      if (!quiet) fprintf(stderr, "%s: option '%s%s' requires an argument\n", argv[0], prefix, o->name);
      optopt = o->val;
      return *options == ':' ? ':' : '?';
    }
    optarg = argv[optind++];
  }
  if (index) *index = (int)(o - longs);
  if (!o->flag) return o->val;
  *o->flag = o->val;
  return 0;
}

static int short_option(int argc, char **argv, const char *options, const struct option *longs, int *index, int quiet) {
  char c = *rest++;
  const char *found = strchr(options, c);
  if (*rest == '\0') optind++;
  if (!found || c == ':' || c == ';') {
    if (!quiet) fprintf(stderr, "%s: invalid option -- '%c'\n", argv[0], c);
    optopt = c;
    return '?';
  }
  if (found[0] == 'W' && found[1] == ';' && longs) {
    if (*rest == '\0' && optind == argc) {
      if (!quiet) fprintf(stderr, "%s: option requires an argument -- '%c'\n", argv[0], c);
      optopt = c;
      return *options == ':' ? ':' : '?';
    }
    if (*rest == '\0') rest = argv[optind];
    return long_option(argc, argv, options, longs, index, 0, quiet, "-W ");
  }
  if (found[1] != ':') return (unsigned char)c;
  if (*rest != '\0') {
    optarg = rest;
    optind++;
  } else if (found[2] == ':') optarg = 0;
  else if (optind == argc) {
    if (!quiet) fprintf(stderr, "%s: option requires an argument -- '%c'\n", argv[0], c);
    optopt = c;
    c = *options == ':' ? ':' : '?';
  } else optarg = argv[optind++];
  rest = 0;
  return (unsigned char)c;
}

/* Takes optind to the next option. -1: there is none; 1: an argument to be given in order; 0: at an option. */
static int next_argument(int argc, char **argv) {
  if (last > optind) last = optind;
  if (first > optind) first = optind;
  if (order == PERMUTE) {
    if (first != last && last != optind) exchange(argv);
    else if (last != optind) first = optind;
    while (optind < argc && !is_option(argv[optind])) optind++;
    last = optind;
  }
  if (optind != argc && strcmp(argv[optind], "--") == 0) {
    optind++;
    if (first != last && last != optind) exchange(argv);
    else if (first == last) first = optind;
    last = argc;
    optind = argc;
  }
  if (optind == argc) {
    if (first != last) optind = first;
    return -1;
  }
  if (is_option(argv[optind])) return 0;
  if (order == REQUIRE_ORDER) return -1;
  optarg = argv[optind++];
  return 1;
}

int __getopt(int argc, char **argv, const char *options, const struct option *longs, int *index, int long_only) {
  if (argc < 1) return -1;
  optarg = 0;
  options = begin(options);
  int quiet = !opterr || *options == ':';
  if (!rest || *rest == '\0') {
    int state = next_argument(argc, argv);
    if (state) return state;
    if (longs && argv[optind][1] == '-') {
      rest = argv[optind] + 2;
      return long_option(argc, argv, options, longs, index, long_only, quiet, "--");
    }
    rest = argv[optind] + 1;
    if (longs && long_only && (argv[optind][2] || !strchr(options, argv[optind][1]))) {
      int code = long_option(argc, argv, options, longs, index, long_only, quiet, "-");
      if (code != -1) return code;
    }
  }
  return short_option(argc, argv, options, longs, index, quiet);
}
