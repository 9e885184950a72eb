/* Makes the system calls that standard input names, one line each, by tasks that it starts for them, and prints what came of each: its
 * result and every line of the picture that changed. A line: TASK CALL six numbers, the errno that is expected, the states that are
 * expected ("iiz": what tasks 0, 1, 2 … are afterwards), and two words. What is expected is only waited for, never printed: what takes
 * a moment here has its moment. `begin` begins a sequence anew, with task 0 alone. Run as root, on one CPU. */
#include "tasks.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LEVELS 34
/* How often it is looked again for what is expected, and when that did not come once in a sequence. */
#define PATIENCE 3000
#define IMPATIENCE 10
static const char *links[] = { "net", "uts", "ipc", "pid", "pid_for_children", "user", "mnt", "cgroup", "time", "time_for_children" };
static const char types[] = "nuippUmctt";
#define LINKS 10

struct picture { char state; int ns[LINKS]; int numbers[LEVELS], levels; int parent, leader, threads, group, session; char ids[200], places[140]; };
static struct picture seen[TASKS];
static int known, gone[TASKS], hidden[TASKS], pending[TASKS], patience;
static char shown[TASKS][800];

/* Namespaces by inode number: each gets a number of its own when a task is first seen in it, and loses it when none is. */
struct known_ns { long inum; int number, used; char type, text[700]; };
static struct known_ns spaces[400];
static int n_spaces, last_number;

/* As strcmp(), but made here. */
static int is(const char *a, const char *b) { while (*a && *a == *b) a++, b++; return *a == *b; }

static long perform(const struct order *o, volatile long *extra)
{
    static int groups[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    const long *n = o->n;
    *extra = 0;
    if (is(o->call, "look")) return 0;
    if (is(o->call, "unshare")) return CALL(SYS_unshare, n[0], 0, 0);
    if (is(o->call, "clone")) return do_clone(o);
    if (is(o->call, "clone3")) return do_clone3(o);
    if (is(o->call, "setns")) return CALL(SYS_setns, n[0], n[1], 0);
    if (is(o->call, "open")) return call6(SYS_openat, PROC_FD, (long)o->a, n[0], 0, 0, 0);
    if (is(o->call, "pidfd_open")) return CALL(SYS_pidfd_open, n[0], n[1], 0);
    if (is(o->call, "pidfd_getfd")) return CALL(SYS_pidfd_getfd, n[0], n[1], n[2]);
    if (is(o->call, "setsid")) return CALL(SYS_setsid, 0, 0, 0);
    if (is(o->call, "setpgid")) return CALL(SYS_setpgid, n[0], n[1], 0);
    if (is(o->call, "close")) return CALL(SYS_close, n[0], 0, 0);
    if (is(o->call, "ioctl")) return CALL(SYS_ioctl, n[0], n[1], n[2]);
    if (is(o->call, "write")) return do_write(o, extra);
    if (is(o->call, "wait4")) {
        int status = 0;
        long pid = call6(SYS_wait4, n[0], (long)&status, n[1] | WAIT_ALL, 0, 0, 0);
        *extra = status;
        return pid;
    }
    if (is(o->call, "kill")) return CALL(SYS_kill, n[0], n[1], 0);
    if (is(o->call, "exit")) return CALL(SYS_exit, n[0], 0, 0);
    if (is(o->call, "exit_group")) return CALL(SYS_exit_group, n[0], 0, 0);
    if (is(o->call, "setresuid")) return CALL(SYS_setresuid, n[0], n[1], n[2]);
    if (is(o->call, "setresgid")) return CALL(SYS_setresgid, n[0], n[1], n[2]);
    if (is(o->call, "setgroups")) return CALL(SYS_setgroups, n[0], groups, 0);
    if (is(o->call, "drop")) return do_drop(o);
    if (is(o->call, "prctl")) return call6(SYS_prctl, n[0], n[1], 0, 0, 0, 0);
    if (is(o->call, "sethostname")) return CALL(SYS_sethostname, o->a, n[0], 0);
    if (is(o->call, "chroot")) return CALL(SYS_chroot, o->a, 0, 0);
    if (is(o->call, "chdir")) return CALL(SYS_chdir, o->a, 0, 0);
    if (is(o->call, "mount")) return call6(SYS_mount, (long)o->b, (long)o->a, (long)"tmpfs", n[0], 0, 0);
    if (is(o->call, "umount2")) return CALL(SYS_umount2, o->a, n[0], 0);
    if (is(o->call, "pivot_root")) return CALL(SYS_pivot_root, o->a, o->b, 0);
    if (is(o->call, "lo_up")) return do_lo_up();
    return -38;
}

static void moment(void) { struct timespec t = { 0, 50000 }; nanosleep(&t, NULL); }

static int read_file(const char *path, char *to, int size)
{
    int fd = openat(PROC_FD, path, O_RDONLY | O_CLOEXEC), n = 0, got;
    if (fd < 0) return -1;
    while (n < size - 1 && (got = (int)read(fd, to + n, (size_t)(size - 1 - n))) > 0) n += got;
    close(fd);
    to[n] = 0;
    return n;
}

static int ns_number(int link, long inum)
{
    for (int i = 0; i < n_spaces; i++) if (spaces[i].inum == inum && spaces[i].type == types[link]) { spaces[i].used = 1; return spaces[i].number; }
    if (n_spaces == 400) abort();
    spaces[n_spaces] = (struct known_ns){ inum, ++last_number, 1, types[link], "" };
    return spaces[n_spaces++].number;
}

static char *line_of(char *status, const char *name)
{
    char *at = strstr(status, name), *to;
    static char text[400];
    if (!at) return strcpy(text, "");
    at += strlen(name);
    for (to = text; *at && *at != '\n' && to < text + sizeof text - 1; at++) {
        if (*at == '\t' || *at == ' ') { if (to > text && to[-1] != ',') *to++ = ','; } else *to++ = *at;
    }
    while (to > text && to[-1] == ',') to--;
    *to = 0;
    return text;
}

static int index_of(int id)
{
    for (int t = 0; t < known; t++) if (!gone[t] && shared->slot[t].id == id) return t;
    return -1;
}

static void look_at(int t)
{
    struct picture *now = &seen[t];
    char path[48], text[4096], id[16];
    now->state = '-';
    if (shared->slot[t].id <= 0 || gone[t]) return;
    sprintf(id, "%d", shared->slot[t].id);
    sprintf(path, "%s/status", id);
    if (read_file(path, text, sizeof text) <= 0) return;
    char kind = *line_of(text, "\nState:\t");
    if (kind == 'X') return;
    now->state = kind == 'Z' ? 'z' : kind == 'R' || (kind == 'D' && shared->slot[t].done == shared->slot[t].turn) ? 'R' : shared->slot[t].done != shared->slot[t].turn ? 'b' : 'i';
    now->leader = index_of(atoi(line_of(text, "\nTgid:")));
    now->parent = index_of(atoi(line_of(text, "\nPPid:")));
    now->threads = atoi(line_of(text, "\nThreads:"));
    now->group = now->session = 0;
    char *groups = line_of(text, "\nNSpgid:");
    if ((groups = strrchr(groups, ','))) now->group = atoi(groups + 1);
    char *sessions = line_of(text, "\nNSsid:");
    if ((sessions = strrchr(sessions, ','))) now->session = atoi(sessions + 1);
    char *numbers = line_of(text, "\nNSpid:");
    now->levels = 0;
    for (char *at = strtok(numbers, ","); at && now->levels < LEVELS; at = strtok(NULL, ",")) now->numbers[now->levels++] = atoi(at);
    char *to = now->ids;
    to += sprintf(to, "uid %s", line_of(text, "\nUid:"));
    to += sprintf(to, " gid %s", line_of(text, "\nGid:"));
    to += sprintf(to, " groups %s", line_of(text, "\nGroups:"));
    to += sprintf(to, " caps %s", line_of(text, "\nCapPrm:"));
    to += sprintf(to, " %s", line_of(text, "\nCapEff:"));
    sprintf(to, " %s", line_of(text, "\nCapBnd:"));
    for (int l = 0; l < LINKS; l++) {
        sprintf(path, "%s/ns/%s", id, links[l]);
        ssize_t n = readlinkat(PROC_FD, path, text, 60);
        text[n < 0 ? 0 : n] = 0;
        char *open = strchr(text, '[');
        now->ns[l] = open ? ns_number(l, atol(open + 1)) : 0;
    }
    if (now->state != 'z' && !now->ns[1]) now->state = 'e';
    const char *places[] = { "root", "cwd" };
    to = now->places;
    for (int p = 0; p < 2; p++) {
        sprintf(path, "%s/%s", id, places[p]);
        ssize_t n = readlinkat(PROC_FD, path, text, 60);
        text[n < 0 ? 0 : n] = 0;
        to += sprintf(to, " %s %s", places[p], text);
    }
}

static int as_expected(const char *expected)
{
    int wanted = (int)strlen(expected);
    for (int t = 0; t < known; t++) if (seen[t].state != (t < wanted ? expected[t] : '-')) return 0;
    return 1;
}

static void look(const char *expected)
{
    for (int tries = 0; ; tries++) {
        for (int i = 0; i < n_spaces; i++) spaces[i].used = 0;
        for (int t = 0; t < known; t++) look_at(t), hidden[t] = 0;
        /* which thread of an init is the last one, and waits for the others of its pid namespace, is the scheduler's business */
        for (int t = 0; t < known; t++) {
            int leader = seen[t].leader;
            if (seen[t].state != 'e' || leader < 0 || leader == t) continue;
            seen[leader].state = 'e';
            seen[t].state = '-';
            hidden[t] = 1;
        }
        if (as_expected(expected)) break;
        if (tries >= patience) { patience = IMPATIENCE; break; }
        moment();
    }
    for (int t = 0; t < known; t++) if (seen[t].state == '-' && shared->slot[t].id > 0 && !hidden[t]) gone[t] = 1;
    int kept = 0;
    for (int i = 0; i < n_spaces; i++) if (spaces[i].used) spaces[kept++] = spaces[i];
    n_spaces = kept;
}

static void order(int t)
{
    struct slot *slot = &shared->slot[t];
    slot->turn++;
    wake(&slot->turn);
}

/* Until the task has done what it was told; for a moment only when it is not expected to. */
static int finish(int t, int long_enough)
{
    struct slot *slot = &shared->slot[t];
    struct timespec most = { 0, 200000 };
    for (int i = 0; i < (long_enough ? patience : 1); i++) {
        int finished = shared->finished;
        if (slot->done == slot->turn) return 1;
        syscall(SYS_futex, &shared->finished, FUTEX_WAIT, finished, &most, NULL, 0);
    }
    return slot->done == slot->turn;
}

static void show_result(const char *word, int t)
{
    struct slot *slot = &shared->slot[t];
    const char *call = slot->order.call;
    long result = slot->result;
    printf("%s %d ", word, t);
    if (result < 0) printf("%ld", result);
    else if (!strncmp(call, "clone", 5) || !strcmp(call, "wait4")) {
        int inside = seen[t].levels > 1, who = result && !inside ? -1 : 0;
        if (result && !inside) for (int i = 0; i < known; i++) if (shared->slot[i].id == (int)result) who = i;
        if (inside || !result) printf("%ld", result); else printf("task%d", who);
    } else if (!strcmp(call, "setsid") && seen[t].levels == 1) printf("0"); else printf("%ld", result);
    printf(" %ld\n", slot->extra);
}

static void poke(int t)
{
    strcpy(shared->slot[t].order.call, "look");
    order(t);
    finish(t, 1);
}

/* What a task that has just done something, and the others have settled, knows of itself. */
static void show_self(int t)
{
    poke(t);
    printf("self %d", t);
    for (int i = 0; i < 6; i++) if (seen[t].levels == 1 && i < 3) printf(" ."); else printf(" %d", shared->slot[t].self[i]);
    printf("\n");
}

static void show(void)
{
    char text[800];
    for (int t = 0; t < known; t++) {
        struct picture *now = &seen[t];
        char *to = text;
        *to = 0;
        if (now->state != '-') {
            to += sprintf(to, "task %d %c", t, now->state);
            for (int l = 0; l < LINKS; l++) to += sprintf(to, " %d", now->ns[l]);
            to += sprintf(to, " pids");
            for (int l = 1; l < now->levels; l++) to += sprintf(to, ",%d", now->numbers[l]);
            to += sprintf(to, " group %d session %d", now->group, now->session);
            to += sprintf(to, " parent %d leader %d", now->parent, now->leader);
            if (now->state == 'i' || now->state == 'b') to += sprintf(to, " threads %d%s", now->threads, now->places);
            sprintf(to, " %s", now->ids);
        }
        if (strcmp(text, shown[t])) printf("%s\n", *text ? text : (sprintf(text, "task %d -", t), text));
        if (now->state == '-') *shown[t] = 0; else strcpy(shown[t], text);
    }
}

/* Maps as the first user namespace sees them, and host names, once for each namespace. */
static void show_spaces(void)
{
    char path[48], raw[4096], text[sizeof spaces->text];
    for (int i = 0; i < n_spaces; i++) {
        struct known_ns *ns = &spaces[i];
        int who = -1;
        if (ns->type != 'U' && ns->type != 'u') continue;
        for (int t = 0; t < known && who < 0; t++) if (seen[t].state == 'i' && seen[t].ns[ns->type == 'U' ? 5 : 1] == ns->number) who = t;
        if (who < 0) continue;
        if (ns->type == 'u') {
            poke(who);
            snprintf(text, sizeof text, "host %d %s", ns->number, shared->slot[who].host);
        } else {
            const char *files[] = { "uid_map", "gid_map", "projid_map", "setgroups" };
            int n = sprintf(text, "maps %d", ns->number);
            for (int f = 0; f < 4; f++) {
                sprintf(path, "%d/%s", shared->slot[who].id, files[f]);
                int size = read_file(path, raw, sizeof raw);
                n += snprintf(text + n, sizeof text - (size_t)n - 1, " %s", files[f]);
                for (int at = 0, gap = 1; at < size && n < (int)sizeof text - 4; at++) {
                    if (raw[at] == ' ' || raw[at] == '\n') gap = 1;
                    else { if (gap) text[n++] = ','; gap = 0; text[n++] = raw[at]; }
                }
                text[n] = 0;
            }
            if (n > 600) text[600] = 0;
        }
        if (strcmp(text, ns->text)) printf("%s\n", strcpy(ns->text, text));
    }
}

static void end_sequence(void)
{
    char children[4096];
    for (int t = known - 1; t >= 0; t--) if (shared->slot[t].id > 0 && !gone[t]) kill(shared->slot[t].id, SIGKILL);
    /* orphans of those who end come to this process */
    for (int ended; (ended = waitpid(-1, NULL, WAIT_ALL | WNOHANG)) >= 0;) {
        if (ended) continue;
        if (read_file("thread-self/children", children, sizeof children) > 0) for (char *at = strtok(children, " "); at; at = strtok(NULL, " ")) if (atoi(at) > 1) kill(atoi(at), SIGKILL);
        moment();
    }
}

/* Nobody is left behind, whatever happens. */
static void quit(int signo)
{
    end_sequence();
    _exit(128 + signo);
}

static void begin_sequence(void)
{
    end_sequence();
    memset(shared, 0, sizeof *shared);
    memset(seen, 0, sizeof seen); memset(gone, 0, sizeof gone); memset(pending, 0, sizeof pending); memset(shown, 0, sizeof shown);
    n_spaces = last_number = 0;
    known = 1;
    patience = PATIENCE;
    begin_first();
    for (int i = 0; i < PATIENCE && !shared->slot[0].id; i++) moment();
}

/* The word with %XX made bytes and {N} made the number of task N in /proc; returns its length. */
static int text_of(const char *word, char *to)
{
    char *start = to;
    if (!strcmp(word, "-")) { *to = 0; return 0; }
    for (; *word; word++) {
        if (*word == '%') { char two[3] = { word[1], word[2], 0 }; *to++ = (char)strtol(two, NULL, 16); word += 2; }
        else if (*word == '{') {
            int of = atoi(word + 1);
            if (word[1] == 's') to += sprintf(to, "thread-self"); else to += sprintf(to, "%d", of >= 0 && of < TASKS ? shared->slot[of].id : 0);
            word = strchr(word, '}');
        } else *to++ = *word;
    }
    *to = 0;
    return (int)(to - start);
}

/* The number by which the caller would call the task, and one that nobody has if it can not; -1 (any) is for wait4 alone: kill would mean
 * the whole machine. */
static long number_for(int caller, long task, int any)
{
    if (task < 0 || task >= TASKS) return any ? -1 : 32000;
    int level = seen[caller].levels - 1;
    return seen[task].levels > level ? seen[task].numbers[level] : 32000;
}

static void refuse(const char *why, const char *line)
{
    fprintf(stderr, "%s: %s", why, line);
    end_sequence();
    exit(1);
}

static void make(const char *line)
{
    static char a[200], b[14000];
    struct order o = { .call = "" };
    int t = 0, wanted = 0; char expected[TASKS + 1];
    int words = sscanf(line, "%d %15s %li %li %li %li %li %li %d %64s %199s %13999s", &t, o.call, &o.n[0], &o.n[1], &o.n[2], &o.n[3], &o.n[4], &o.n[5], &wanted, expected, a, b);
    if (words != 12 || t < 0 || t >= TASKS) refuse("no operation", line);
    struct slot *slot = &shared->slot[t];
    int is_clone = !strncmp(o.call, "clone", 5), child = is_clone ? (int)o.n[1] : -1;
    text_of(a, o.a);
    if (!strcmp(o.call, "clone3")) {
        char *at = b;
        o.length = (int)strtol(at, &at, 10);
        while (*at == ',') o.set_tid[o.set_tid_size++] = (int)strtol(at + 1, &at, 10);
    } else o.length = text_of(b, o.b);
    if (!strcmp(o.call, "kill") || !strcmp(o.call, "wait4") || !strcmp(o.call, "pidfd_open") || !strcmp(o.call, "setpgid")) o.n[0] = number_for(t, o.n[0], !strcmp(o.call, "wait4"));
    if (!strcmp(o.call, "setpgid") && o.n[1] >= 0) o.n[1] = number_for(t, o.n[1], 0);
    if (!strcmp(o.call, "setpgid") && o.n[1] < 0) o.n[1] = 0;
    if (!strcmp(o.call, "kill") && (o.n[0] <= 0 || (o.n[0] == 1 && seen[t].levels == 1))) refuse("whom to kill", line);
    if (child >= TASKS) refuse("no such child", line);
    if (child >= known) known = child + 1;
    int returns = expected[t] == 'i';
    for (int again = 0; again < patience / 6; again++) {
        slot->order = o;
        order(t);
        if (!finish(t, returns) || slot->result != -ENOSPC || wanted == ENOSPC) break;
        moment(); /* what was freed is given back by a worker, a little later */
    }
    if (child >= 0 && t < (int)strlen(expected) && expected[child] == 'i') for (int i = 0; i < patience && !shared->slot[child].id && (slot->done != slot->turn || slot->result > 0); i++) moment();
    look(expected);
    /* of one that ended by what it did nobody can say whether it had its result before */
    if (slot->done == slot->turn && seen[t].state == 'i') show_result("result", t); else pending[t] = 1, printf("result %d none\n", t);
    for (int p = 0; p < known; p++) if (p != t && pending[p] && seen[p].state == 'i' && shared->slot[p].done == shared->slot[p].turn) { pending[p] = 0; show_result("late", p); }
    if (seen[t].state == 'i') pending[t] = 0;
    if (seen[t].state == 'i') show_self(t);
    show();
    show_spaces();
    printf("end\n");
}

int main(void)
{
    static char line[20000];
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    if (private_root()) { perror("the beginning"); return 1; }
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    signal(SIGINT, quit); signal(SIGTERM, quit); signal(SIGSEGV, quit);
    while (fgets(line, sizeof line, stdin)) {
        if (strncmp(line, "begin", 5)) { make(line); continue; }
        begin_sequence();
        look("i");
        show();
        show_spaces();
        printf("end\n");
    }
    end_sequence();
    return 0;
}
