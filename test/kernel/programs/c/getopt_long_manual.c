/* run: {"args": ["--add", "-c", "7", "--verbose", "file1", "--name=bob", "--count", "x"]} */
/* run: {"args": ["--nope", "-z", "--na", "a", "--add=3", "-c"]} */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
static int verbose_flag;
int main (int argc, char **argv)
{
  int c;
  while (1)
    {
      static struct option long_options[] = { {"verbose", no_argument, &verbose_flag, 1}, {"brief", no_argument, &verbose_flag, 0}, {"add", no_argument, 0, 'a'}, {"name", required_argument, 0, 'n'}, {"count", optional_argument, 0, 'C'}, {0, 0, 0, 0} };
      int option_index = 0;
      c = getopt_long (argc, argv, "abc:d:n:C::", long_options, &option_index);
      if (c == -1) break;
      switch (c)
        {
        case 0: if (long_options[option_index].flag != 0) { printf("flag %s\n", long_options[option_index].name); break; } break;
        case 'a': puts ("option -a\n"); break;
        case 'c': printf ("option -c with value `%s'\n", optarg); break;
        case 'n': printf ("name %s\n", optarg); break;
        case 'C': printf("count %s\n", optarg ? optarg : "(none)"); break;
        case '?': printf("? optopt %d\n", optopt); break;
        default: abort ();
        }
    }
  if (verbose_flag) puts ("verbose flag is set");
  if (optind < argc) { printf ("non-option ARGV-elements: "); while (optind < argc) printf ("%s ", argv[optind++]); putchar ('\n'); }
  exit (0);
}
