/* vmstat(8) of procps 4.0.2: processes, memory and time, from /proc. */
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Counters since boot, in ticks, KiB, pages and events. */
struct sample { unsigned long long user, nice, system, idle, wait, irq, soft, stolen, interrupts, switches, in, out, swapped_in, swapped_out, running, blocked; };
static unsigned long long total, unused, buffers, cached, reclaimable, inactive, active, swap_total, swap_free, unit = 1024;
static int wide, show_active;

static void usage(FILE *to)
{
	fputs("\nUsage:\n vmstat [options] [delay [count]]\n\nOptions:\n -a, --active           active/inactive memory\n -f, --forks            number of forks since boot\n"
	      " -n, --one-header       do not redisplay header\n -S, --unit <char>      define display unit\n -w, --wide             wide output\n -y, --no-first         skips first line of output\n\n"
	      " -h, --help     display this help and exit\n -V, --version  output version information and exit\n\nFor more details see vmstat(8).\n", to);
	exit(to == stderr);
}

static void not_simulated(int option)
{
	fprintf(stderr, "vmstat: -%c: not simulated\n", option);
	exit(1);
}

/* Lines that begin with a name and have a number behind it. */
static void read_table(const char *path, const char *const names[], unsigned long long *const values[], size_t count)
{
	FILE *file = fopen(path, "r");
	char line[256], name[64];
	unsigned long long value;
	size_t i;

	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "%63s %llu", name, &value) == 2)
			for (i = 0; i < count; i++)
				if (!strcmp(name, names[i]))
					*values[i] = value;
	if (file)
		fclose(file);
}

static unsigned long long forks;

static void take(struct sample *s)
{
	static const char *const memory[] = { "MemTotal:", "MemFree:", "Buffers:", "Cached:", "SReclaimable:", "Inactive:", "Active:", "SwapTotal:", "SwapFree:" };
	unsigned long long *const memory_values[] = { &total, &unused, &buffers, &cached, &reclaimable, &inactive, &active, &swap_total, &swap_free };
	static const char *const events[] = { "pgpgin", "pgpgout", "pswpin", "pswpout" }, *const counts[] = { "intr", "ctxt", "procs_running", "procs_blocked", "processes" };
	unsigned long long *const event_values[] = { &s->in, &s->out, &s->swapped_in, &s->swapped_out };
	unsigned long long *const count_values[] = { &s->interrupts, &s->switches, &s->running, &s->blocked, &forks };
	FILE *file = fopen("/proc/stat", "r");

	memset(s, 0, sizeof *s);
	if (file) {
		if (fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &s->user, &s->nice, &s->system, &s->idle, &s->wait, &s->irq, &s->soft, &s->stolen) != 8)
			memset(s, 0, sizeof *s);
		fclose(file);
	}
	read_table("/proc/stat", counts, count_values, 5);
	read_table("/proc/meminfo", memory, memory_values, 9);
	read_table("/proc/vmstat", events, event_values, 4);
	/* the reader itself does not count */
	if (s->running)
		s->running--;
}

static void header(void)
{
	puts(wide ? "--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu----------"
		: "procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----");
	printf(wide ? "%4s %4s %12s %12s %12s %12s %4s %4s %5s %5s %4s %4s %3s %3s %3s %3s %3s %3s\n" : "%2s %2s %6s %6s %6s %6s %4s %4s %5s %5s %4s %4s %2s %2s %2s %2s %2s\n", "r", "b", "swpd", "free",
	       show_active ? "inact" : "buff", show_active ? "active" : "cache", "si", "so", "bi", "bo", "in", "cs", "us", "sy", "id", "wa", "st", "gu");
}

static unsigned long long scaled(unsigned long long kib) { return kib * 1024 / unit; }

/* What changed from one sample to another, each second; since boot by the time that the processors counted. */
static void line(const struct sample *now, const struct sample *before, double seconds)
{
	unsigned long long user = now->user + now->nice - before->user - before->nice, system = now->system + now->irq + now->soft - before->system - before->irq - before->soft;
	unsigned long long idle = now->idle - before->idle, wait = now->wait - before->wait, stolen = now->stolen - before->stolen, all = user + system + idle + wait + stolen, half;

	if (all == 0)
		all = idle = 1;
	half = all / 2;
	if (seconds == 0)
		seconds = (double)all / (double)sysconf(_SC_CLK_TCK);
#define EACH(field) ((unsigned)((double)(now->field - before->field) / seconds + 0.5))
#define PART(value) ((unsigned)((100 * (value) + half) / all))
	printf(wide ? "%4llu %4llu %12llu %12llu %12llu %12llu %4u %4u %5u %5u %4u %4u %3u %3u %3u %3u %3u" : "%2llu %2llu %6llu %6llu %6llu %6llu %4u %4u %5u %5u %4u %4u %2u %2u %2u %2u %2u", now->running, now->blocked,
	       scaled(swap_total - swap_free), scaled(unused), scaled(show_active ? inactive : buffers), scaled(show_active ? active : cached + reclaimable), EACH(swapped_in), EACH(swapped_out), EACH(in), EACH(out),
	       EACH(interrupts), EACH(switches), PART(user), PART(system), PART(idle), PART(wait), PART(stolen));
	puts(wide ? "   0" : "");
}

static unsigned long number(const char *text, const char *what)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*end || end == text) {
		fprintf(stderr, "vmstat: failed to parse %s: '%s'\n", what, text);
		exit(1);
	}
	return value;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "active", 0, NULL, 'a' }, { "forks", 0, NULL, 'f' }, { "one-header", 0, NULL, 'n' }, { "unit", 1, NULL, 'S' }, { "wide", 0, NULL, 'w' }, { "no-first", 0, NULL, 'y' },
		{ "stats", 0, NULL, 's' }, { "help", 0, NULL, 'h' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	struct sample samples[2] = { { 0 } };
	unsigned long delay = 0, count = 1, i;
	int option, first = 1, one_header = 0;

	while ((option = getopt_long(argc, argv, "afmnsdDp:S:wtyhV", longs, NULL)) != -1) {
		switch (option) {
		case 'a': show_active = 1; break;
		case 'f':
			take(&samples[0]);
			printf("%13llu forks\n", forks);
			return 0;
		case 'n': one_header = 1; break;
		case 'S':
			unit = *optarg == 'b' || *optarg == 'B' ? 1 : *optarg == 'k' ? 1000 : *optarg == 'K' ? 1024 : *optarg == 'm' ? 1000000 : *optarg == 'M' ? 1048576 : 0;
			if (!unit) {
				fputs("vmstat: -S requires k, K, m or M (default is KiB)\n", stderr);
				return 1;
			}
			break;
		case 'w': wide = 1; break;
		case 'y': first = 0; break;
		case 'V':
			puts("vmstat from procps-ng 4.0.2");
			return 0;
		case 'h': usage(stdout);
		case '?': usage(stderr);
		default: not_simulated(option);
		}
	}
	if (optind < argc) {
		delay = number(argv[optind++], "argument");
		if (delay == 0) {
			fputs("vmstat: delay must be positive integer\n", stderr);
			return 1;
		}
		count = (unsigned long)-1;
	}
	if (optind < argc)
		count = number(argv[optind++], "argument");
	if (optind < argc)
		usage(stderr);
	header();
	take(&samples[1]);
	if (first)
		line(&samples[1], &samples[0], 0);
	for (i = first; i < count; i++) {
		fflush(stdout);
		sleep((unsigned)delay);
		if (!one_header && i > 0 && i % 22 == 0)
			header();
		samples[0] = samples[1];
		take(&samples[1]);
		line(&samples[1], &samples[0], (double)delay);
	}
	return 0;
}
