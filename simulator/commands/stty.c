/* stty(1) of coreutils. Uses lib/core*.c. */
#define _GNU_SOURCE
#include "lib/core.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { CONTROL, INPUT, OUTPUT, LOCAL };
/* REVERSIBLE: may stand with a minus. SANE and INSANE: how `sane` has it. HIDDEN: another name. */
enum { REVERSIBLE = 1, SANE = 2, INSANE = 4, HIDDEN = 8 };

static const struct mode { const char *name; int type, how; tcflag_t bits, mask; } modes[] = {
	{ "parenb", CONTROL, 1, PARENB, 0 }, { "parodd", CONTROL, 1, PARODD, 0 }, { "cmspar", CONTROL, 1, CMSPAR, 0 }, { "cs5", CONTROL, 0, CS5, CSIZE }, { "cs6", CONTROL, 0, CS6, CSIZE },
	{ "cs7", CONTROL, 0, CS7, CSIZE }, { "cs8", CONTROL, 0, CS8, CSIZE }, { "hupcl", CONTROL, 1, HUPCL, 0 }, { "hup", CONTROL, 9, HUPCL, 0 }, { "cstopb", CONTROL, 1, CSTOPB, 0 },
	{ "cread", CONTROL, 3, CREAD, 0 }, { "clocal", CONTROL, 1, CLOCAL, 0 }, { "crtscts", CONTROL, 1, CRTSCTS, 0 },
	{ "ignbrk", INPUT, 5, IGNBRK, 0 }, { "brkint", INPUT, 3, BRKINT, 0 }, { "ignpar", INPUT, 1, IGNPAR, 0 }, { "parmrk", INPUT, 1, PARMRK, 0 }, { "inpck", INPUT, 1, INPCK, 0 },
	{ "istrip", INPUT, 1, ISTRIP, 0 }, { "inlcr", INPUT, 5, INLCR, 0 }, { "igncr", INPUT, 5, IGNCR, 0 }, { "icrnl", INPUT, 3, ICRNL, 0 }, { "ixon", INPUT, 1, IXON, 0 },
	{ "ixoff", INPUT, 5, IXOFF, 0 }, { "tandem", INPUT, 9, IXOFF, 0 }, { "iuclc", INPUT, 5, IUCLC, 0 }, { "ixany", INPUT, 5, IXANY, 0 }, { "imaxbel", INPUT, 3, IMAXBEL, 0 },
	{ "iutf8", INPUT, 5, IUTF8, 0 },
	{ "opost", OUTPUT, 3, OPOST, 0 }, { "olcuc", OUTPUT, 5, OLCUC, 0 }, { "ocrnl", OUTPUT, 5, OCRNL, 0 }, { "onlcr", OUTPUT, 3, ONLCR, 0 }, { "onocr", OUTPUT, 5, ONOCR, 0 },
	{ "onlret", OUTPUT, 5, ONLRET, 0 }, { "ofill", OUTPUT, 5, OFILL, 0 }, { "ofdel", OUTPUT, 5, OFDEL, 0 }, { "nl1", OUTPUT, 4, NL1, NLDLY }, { "nl0", OUTPUT, 2, NL0, NLDLY },
	{ "cr3", OUTPUT, 4, CR3, CRDLY }, { "cr2", OUTPUT, 4, CR2, CRDLY }, { "cr1", OUTPUT, 4, CR1, CRDLY }, { "cr0", OUTPUT, 2, CR0, CRDLY }, { "tab3", OUTPUT, 4, TAB3, TABDLY },
	{ "tab2", OUTPUT, 4, TAB2, TABDLY }, { "tab1", OUTPUT, 4, TAB1, TABDLY }, { "tab0", OUTPUT, 2, TAB0, TABDLY }, { "bs1", OUTPUT, 4, BS1, BSDLY }, { "bs0", OUTPUT, 2, BS0, BSDLY },
	{ "vt1", OUTPUT, 4, VT1, VTDLY }, { "vt0", OUTPUT, 2, VT0, VTDLY }, { "ff1", OUTPUT, 4, FF1, FFDLY }, { "ff0", OUTPUT, 2, FF0, FFDLY },
	{ "isig", LOCAL, 3, ISIG, 0 }, { "icanon", LOCAL, 3, ICANON, 0 }, { "iexten", LOCAL, 3, IEXTEN, 0 }, { "echo", LOCAL, 3, ECHO, 0 }, { "echoe", LOCAL, 3, ECHOE, 0 },
	{ "crterase", LOCAL, 9, ECHOE, 0 }, { "echok", LOCAL, 3, ECHOK, 0 }, { "echonl", LOCAL, 5, ECHONL, 0 }, { "noflsh", LOCAL, 5, NOFLSH, 0 }, { "xcase", LOCAL, 5, XCASE, 0 },
	{ "tostop", LOCAL, 5, TOSTOP, 0 }, { "echoprt", LOCAL, 5, ECHOPRT, 0 }, { "prterase", LOCAL, 9, ECHOPRT, 0 }, { "echoctl", LOCAL, 3, ECHOCTL, 0 }, { "ctlecho", LOCAL, 9, ECHOCTL, 0 },
	{ "echoke", LOCAL, 3, ECHOKE, 0 }, { "crtkill", LOCAL, 9, ECHOKE, 0 }, { "flusho", LOCAL, 5, FLUSHO, 0 }, { "extproc", LOCAL, 5, EXTPROC, 0 },
};
static const struct { const char *name; unsigned char sane, at; } keys[] = {
	{ "intr", 3, VINTR }, { "quit", 28, VQUIT }, { "erase", 127, VERASE }, { "kill", 21, VKILL }, { "eof", 4, VEOF }, { "eol", 0, VEOL }, { "eol2", 0, VEOL2 }, { "swtch", 0, VSWTC },
	{ "start", 17, VSTART }, { "stop", 19, VSTOP }, { "susp", 26, VSUSP }, { "rprnt", 18, VREPRINT }, { "werase", 23, VWERASE }, { "lnext", 22, VLNEXT }, { "discard", 15, VDISCARD },
};
static const struct { speed_t code; unsigned baud; } speeds[] = {
	{ B0, 0 }, { B50, 50 }, { B75, 75 }, { B110, 110 }, { B134, 134 }, { B150, 150 }, { B200, 200 }, { B300, 300 }, { B600, 600 }, { B1200, 1200 }, { B1800, 1800 }, { B2400, 2400 },
	{ B4800, 4800 }, { B9600, 9600 }, { B19200, 19200 }, { B38400, 38400 }, { B57600, 57600 }, { B115200, 115200 }, { B230400, 230400 },
};
#define COUNT(list) (sizeof (list) / sizeof *(list))

static const char *device = "standard input";
static int fd, column, columns = 80;

static void fail(void)
{
	core_error(1, errno, "%s", fd ? core_quotef(device) : core_quoteaf(device));
}

static void wrap(const char *format, ...)
{
	char text[128];
	va_list list;
	int length;

	va_start(list, format);
	length = vsnprintf(text, sizeof text, format, list);
	va_end(list);
	if (column > 0) {
		if (columns < column + 1 + length)
			putchar('\n'), column = 0;
		else
			putchar(' '), column++;
	}
	fputs(text, stdout);
	column += length;
}

static void line_end(void)
{
	putchar('\n');
	column = 0;
}

static unsigned baud(speed_t code)
{
	size_t i;

	for (i = 0; i < COUNT(speeds) && speeds[i].code != code; i++)
		;
	return i < COUNT(speeds) ? speeds[i].baud : 0;
}

static tcflag_t *flags(struct termios *t, int type)
{
	return type == CONTROL ? &t->c_cflag : type == INPUT ? &t->c_iflag : type == OUTPUT ? &t->c_oflag : &t->c_lflag;
}

static const char *visible(unsigned char c)
{
	static char text[8];

	if (c == 0)
		return "<undef>";
	snprintf(text, sizeof text, "%s%s%c", c >= 128 ? "M-" : "", (c & 127) < 32 || (c & 127) == 127 ? "^" : "", (c & 127) < 32 ? (c & 127) + 64 : (c & 127) == 127 ? '?' : c & 127);
	return text;
}

static void window(struct winsize *size)
{
	if (ioctl(fd, TIOCGWINSZ, size) != 0)
		fail();
}

static void display(struct termios *t, int all)
{
	unsigned in = baud(cfgetispeed(t)), out = baud(cfgetospeed(t));
	struct winsize size;
	int any = 0, type = CONTROL;
	size_t i;

	wrap(in == 0 || in == out ? "speed %u baud;" : "ispeed %u baud; ospeed %u baud;", in && in != out ? in : out, out);
	if (all) {
		window(&size);
		wrap("rows %d; columns %d;", size.ws_row, size.ws_col);
	}
	wrap("line = %d;", t->c_line);
	line_end();
	for (i = 0; i < COUNT(keys); i++)
		if (all || t->c_cc[keys[i].at] != keys[i].sane) {
			wrap("%s = %s;", keys[i].name, visible(t->c_cc[keys[i].at]));
			any = 1;
		}
	if (all) {
		wrap("min = %d;", t->c_cc[VMIN]);
		wrap("time = %d;", t->c_cc[VTIME]);
	} else if (!(t->c_lflag & ICANON)) {
		wrap("min = %d; time = %d;", t->c_cc[VMIN], t->c_cc[VTIME]);
		any = 1;
	}
	if (any || all)
		line_end();
	any = 0;
	for (i = 0; i < COUNT(modes); i++) {
		const struct mode *m = &modes[i];
		int on = (*flags(t, m->type) & (m->mask ? m->mask : m->bits)) == m->bits;

		if (m->how & HIDDEN)
			continue;
		if (m->type != type && any)
			line_end(), any = 0;
		type = m->type;
		if (on ? all || m->how & INSANE : m->how & REVERSIBLE && (all || m->how & SANE)) {
			wrap("%s%s", on ? "" : "-", m->name);
			any = 1;
		}
	}
	if (any)
		line_end();
}

static void invalid(const char *argument)
{
	core_error(0, 0, "invalid argument %s", core_quote(argument));
	core_try_help(1);
}

static unsigned long integer(const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 0);

	if (end == text || *end || *text == '-')
		core_error(1, 0, "invalid integer argument: %s", core_quote(text));
	return value;
}

static unsigned char key(const char *text)
{
	if (!strcmp(text, "^-") || !strcmp(text, "undef"))
		return 0;
	if (text[0] == '\0' || text[1] == '\0')
		return (unsigned char)text[0];
	if (text[0] == '^')
		return text[1] == '?' ? 127 : text[1] & ~0140;
	return (unsigned char)integer(text);
}

static void sane(struct termios *t)
{
	size_t i;

	for (i = 0; i < COUNT(keys); i++)
		t->c_cc[keys[i].at] = keys[i].sane;
	t->c_cc[VMIN] = 1;
	t->c_cc[VTIME] = 0;
	for (i = 0; i < COUNT(modes); i++) {
		tcflag_t *word = flags(t, modes[i].type);

		if (modes[i].how & SANE)
			*word = (*word & ~modes[i].mask) | modes[i].bits;
		else if (modes[i].how & INSANE)
			*word &= ~modes[i].mask & ~modes[i].bits;
	}
}

/* Names that stand for several modes; false: none of them. */
static int combined(struct termios *t, const char *name, int off)
{
	if (!strcmp(name, "sane") && !off) {
		sane(t);
	} else if (!strcmp(name, "raw") || !strcmp(name, "cooked")) {
		if ((*name == 'r') != off) {
			t->c_iflag = 0;
			t->c_oflag &= ~(tcflag_t)OPOST;
			t->c_lflag &= ~(tcflag_t)(ISIG | ICANON | XCASE);
			t->c_cc[VMIN] = 1;
			t->c_cc[VTIME] = 0;
		} else {
			t->c_iflag |= BRKINT | IGNPAR | ISTRIP | ICRNL | IXON;
			t->c_oflag |= OPOST;
			t->c_lflag |= ISIG | ICANON;
		}
	} else if (!strcmp(name, "cbreak")) {
		t->c_lflag = off ? t->c_lflag | ICANON : t->c_lflag & ~(tcflag_t)ICANON;
	} else if (!strcmp(name, "nl")) {
		t->c_iflag = off ? (t->c_iflag & ~(tcflag_t)(INLCR | IGNCR)) | ICRNL : t->c_iflag & ~(tcflag_t)ICRNL;
		t->c_oflag = off ? (t->c_oflag & ~(tcflag_t)(OCRNL | ONOCR | ONLRET)) | ONLCR : t->c_oflag & ~(tcflag_t)ONLCR;
	} else if (!strcmp(name, "ek") && !off) {
		t->c_cc[VERASE] = 127;
		t->c_cc[VKILL] = 21;
	} else if (!strcmp(name, "tabs")) {
		t->c_oflag = (t->c_oflag & ~(tcflag_t)TABDLY) | (off ? TAB3 : TAB0);
	} else if (!strcmp(name, "evenp") || !strcmp(name, "parity") || !strcmp(name, "oddp")) {
		t->c_cflag = (t->c_cflag & ~(tcflag_t)(CSIZE | PARENB | PARODD)) | (off ? CS8 : CS7 | PARENB | (*name == 'o' ? PARODD : 0));
	} else if (!strcmp(name, "pass8") || !strcmp(name, "litout")) {
		t->c_cflag = (t->c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | (off ? CS7 | PARENB : CS8);
		t->c_iflag = off ? t->c_iflag | ISTRIP : t->c_iflag & ~(tcflag_t)ISTRIP;
		if (*name == 'l')
			t->c_oflag = off ? t->c_oflag | OPOST : t->c_oflag & ~(tcflag_t)OPOST;
	} else if (!strcmp(name, "crt") || !strcmp(name, "dec")) {
		t->c_lflag |= ECHOE | ECHOCTL | ECHOKE;
		if (*name == 'd') {
			t->c_cc[VINTR] = 3;
			t->c_cc[VERASE] = 127;
			t->c_cc[VKILL] = 21;
			t->c_iflag &= ~(tcflag_t)IXANY;
		}
	} else {
		return 0;
	}
	return 1;
}

static int saved(struct termios *t, const char *text)
{
	unsigned long words[4 + NCCS];
	char *end;
	int i;

	for (i = 0; i < 4 + NCCS; i++) {
		words[i] = strtoul(text, &end, 16);
		if (end == text || *end != (i == 3 + NCCS ? '\0' : ':'))
			return 0;
		text = end + 1;
	}
	t->c_iflag = (tcflag_t)words[0];
	t->c_oflag = (tcflag_t)words[1];
	t->c_cflag = (tcflag_t)words[2];
	t->c_lflag = (tcflag_t)words[3];
	for (i = 0; i < NCCS; i++)
		t->c_cc[i] = (cc_t)words[4 + i];
	return 1;
}

/* One setting, with the word behind it where it takes one: how many words it took. */
static int set(struct termios *t, char **words)
{
	const char *word = words[0], *name = word + (*word == '-');
	int off = name != word;
	struct winsize size;
	unsigned long number;
	size_t i;

	for (i = 0; i < COUNT(modes); i++)
		if (!strcmp(modes[i].name, name)) {
			tcflag_t *on = flags(t, modes[i].type);

			if (off && !(modes[i].how & REVERSIBLE))
				invalid(word);
			*on = off ? *on & ~modes[i].mask & ~modes[i].bits : (*on & ~modes[i].mask) | modes[i].bits;
			return 1;
		}
	if (combined(t, name, off) || saved(t, word))
		return 1;
	if (off)
		invalid(word);
	for (i = 0; i < COUNT(keys); i++)
		if (!strcmp(keys[i].name, word)) {
			if (!words[1]) {
				core_error(0, 0, "missing argument to %s", core_quote(word));
				core_try_help(1);
			}
			t->c_cc[keys[i].at] = key(words[1]);
			return 2;
		}
	if (!strcmp(word, "speed")) {
		printf("%u\n", baud(cfgetospeed(t)));
		return 1;
	}
	if (!strcmp(word, "size")) {
		window(&size);
		printf("%d %d\n", size.ws_row, size.ws_col);
		return 1;
	}
	if (isdigit((unsigned char)*word)) {
		number = integer(word);
		for (i = 0; i < COUNT(speeds); i++)
			if (speeds[i].baud == number) {
				cfsetospeed(t, speeds[i].code);
				cfsetispeed(t, speeds[i].code);
				return 1;
			}
		invalid(word);
	}
	if (strcmp(word, "min") && strcmp(word, "time") && strcmp(word, "rows") && strcmp(word, "cols") && strcmp(word, "columns") && strcmp(word, "line") && strcmp(word, "ispeed") && strcmp(word, "ospeed"))
		invalid(word);
	if (!words[1]) {
		core_error(0, 0, "missing argument to %s", core_quote(word));
		core_try_help(1);
	}
	number = integer(words[1]);
	if (!strcmp(word, "min"))
		t->c_cc[VMIN] = (cc_t)number;
	else if (!strcmp(word, "time"))
		t->c_cc[VTIME] = (cc_t)number;
	else if (!strcmp(word, "line"))
		t->c_line = (cc_t)number;
	else if (word[1] == 's')
		set(t, (char *[]){ words[1], NULL });
	else {
		window(&size);
		*(*word == 'r' ? &size.ws_row : &size.ws_col) = (unsigned short)number;
		if (ioctl(fd, TIOCSWINSZ, &size) != 0)
			fail();
	}
	return 2;
}

int main(int argc, char **argv)
{
	struct termios t, before;
	struct winsize size;
	int all = 0, save = 0, count = 0, i, j;
	char **words = calloc((size_t)argc + 1, sizeof *words);

	core_start(argv[0], "[-F DEVICE | --file=DEVICE] [SETTING]...");
	for (i = 1; i < argc; i++) {
		const char *word = argv[i];

		if (!strcmp(word, "-a") || !strcmp(word, "--all")) {
			all = 1;
		} else if (!strcmp(word, "-g") || !strcmp(word, "--save")) {
			save = 1;
		} else if (!strncmp(word, "-F", 2) || !strncmp(word, "--file=", 7)) {
			device = word[1] == '-' ? word + 7 : word[2] ? word + 2 : argv[i + 1] ? argv[++i] : "";
		} else if (!strcmp(word, "--help") || !strcmp(word, "--version")) {
			static const struct option longs[] = { CORE_LONG_OPTIONS, { NULL, 0, NULL, 0 } };

			core_getopt(2, (char *[]){ argv[0], argv[i], NULL }, "", longs);
		} else {
			words[count++] = argv[i];
		}
	}
	if (all && save)
		core_error(1, 0, "the options for verbose and stty-readable output styles are\nmutually exclusive");
	if (count && (all || save))
		core_error(1, 0, "when specifying an output style, modes may not be set");
	if (strcmp(device, "standard input")) {
		fd = open(device, O_RDONLY | O_NONBLOCK);
		if (fd < 0)
			core_error(1, errno, "%s", core_quotef(device));
		fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	}
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		columns = size.ws_col;
	if (tcgetattr(fd, &t) != 0)
		fail();
	if (save) {
		printf("%x:%x:%x:%x", t.c_iflag, t.c_oflag, t.c_cflag, t.c_lflag);
		for (i = 0; i < NCCS; i++)
			printf(":%x", t.c_cc[i]);
		putchar('\n');
		return 0;
	}
	if (count == 0) {
		display(&t, all);
		return 0;
	}
	/* All must be right before any is done. */
	before = t;
	for (i = 0; i < count; i += j)
		j = set(&t, words + i);
	if (memcmp(&before, &t, sizeof t) && tcsetattr(fd, TCSADRAIN, &t) != 0)
		fail();
	return 0;
}
