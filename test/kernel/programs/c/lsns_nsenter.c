/* run: {"before": ["unshare -r -u -i sh -c 'hostname target; exec sleep 600'"], "args": ["@P"]} */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int c, char **v)
{
    char cmd[256];
    const char *f[] = {
        "nsenter -t %s -U -u hostname", "nsenter -t %s -U --preserve-credentials -u -i id -u", "nsenter -t %s -U -u -- sh -c 'echo $(hostname) $(cat /proc/self/uid_map)'",
        "lsns -p %s -o TYPE -n | tr -d ' ' | sort | tr '\\n' ' '; echo", "ls /proc/%s/ns | wc -l", "cat /proc/%s/comm", "cat /proc/%s/uid_map", "grep -E '^(Name|Pid|PPid|Uid|NSpid)' /proc/%s/status",
        "tr '\\0' ' ' < /proc/%s/cmdline; echo", "kill %s && echo killed", "sleep 0.2; ls -d /proc/%s 2>&1",
    };
    for (unsigned i = 0; i < sizeof f / sizeof f[0]; i++) { snprintf(cmd, sizeof cmd, f[i], v[1]); printf("$ %s\n", f[i]); fflush(stdout); system(cmd); }
    return 0;
}
