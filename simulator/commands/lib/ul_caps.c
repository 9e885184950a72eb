#include "ul_caps.h"

#include <stdbool.h>
#include <stdio.h>
#include <strings.h>

const char *const ul_cap_names[UL_CAPS] = {
	"chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "linux_immutable", "net_bind_service",
	"net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin",
	"sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write", "audit_control", "setfcap", "mac_override",
	"mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore",
};

int ul_cap(const char *name)
{
	if (!strncasecmp(name, "cap_", 4))
		name += 4;
	for (int i = 0; i < UL_CAPS; i++)
		if (!strcasecmp(name, ul_cap_names[i]))
			return i;
	return -1;
}

void ul_caps_print(uint64_t set)
{
	bool any = false;
	for (int i = 0; i < 64; i++) {
		if (!(set >> i & 1))
			continue;
		if (any)
			putchar(',');
		any = true;
		if (i < UL_CAPS)
			fputs(ul_cap_names[i], stdout);
		else
			printf("cap_%d", i);
	}
	if (!any)
		printf("[none]");
}
