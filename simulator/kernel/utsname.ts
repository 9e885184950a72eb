import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { nsproxy_of } from './nsproxy.ts';
import type { new_utsname, uts_namespace } from './uts.ts';

/** Most bytes of a host or domain name. Names are strings of one character a byte. */
export const __NEW_UTS_LEN = 64;

/** The UTS namespace of the running task. */
function own(k: Kernel): uts_namespace {
  const { uts_ns } = nsproxy_of(k.current);
  if (!uts_ns) throw new Error('the task has no UTS namespace');
  return uts_ns;
}

/** uname(2). */
export function sys_newuname(k: Kernel): new_utsname {
  return own(k).name;
}

const SETHOST = listing('sys_sethostname', 'kernel/sys.c', [
  ['capable', 0, 'if (!ns_capable(current->nsproxy->uts_ns->user_ns, CAP_SYS_ADMIN)) return -EPERM', 'The caller has no CAP_SYS_ADMIN in {user_ns}, which owns {uts_ns}: EPERM.', 'Host names belong to the UTS namespace, and that to its owner.'],
  ['length', 0, 'if (len < 0 || len > 64) return -EINVAL', 'The name is too long: EINVAL.', 'At most 64 bytes fit.'],
  ['set', 0, 'uts_ns->name.nodename = name', 'The host name in {uts_ns} is "{name}" now, no longer "{old}".', 'All tasks in that UTS namespace see it, others do not.'],
]);

/** sethostname(2). `length`: what the program gave as length. Errors: EPERM, EINVAL. [E1*] */
export function sys_sethostname(k: Kernel, name: string, length = name.length): 0 | Err {
  const uts_ns = own(k);
  k.enter(SETHOST, { name, length });
  if (!ns_capable(k, uts_ns.user_ns, CAP_SYS_ADMIN)) {
    k.at(SETHOST.at.capable, { uts_ns, user_ns: uts_ns.user_ns });
    return k.leave(SETHOST, err('EPERM'));
  }
  if (length < 0 || length > __NEW_UTS_LEN) {
    k.at(SETHOST.at.length);
    return k.leave(SETHOST, err('EINVAL'));
  }
  const text = name.slice(0, length);
  k.at(SETHOST.at.set, { uts_ns, name: text, old: uts_ns.name.nodename });
  k.trace.write(uts_ns, 'name', { ...uts_ns.name, nodename: until_nul(text) });
  return k.leave(SETHOST, 0);
}

const SETDOMAIN = listing('sys_setdomainname', 'kernel/sys.c', [
  ['capable', 0, 'if (!ns_capable(current->nsproxy->uts_ns->user_ns, CAP_SYS_ADMIN)) return -EPERM', 'The caller has no CAP_SYS_ADMIN in {user_ns}, which owns {uts_ns}: EPERM.', 'Domain names belong to the UTS namespace, and that to its owner.'],
  ['length', 0, 'if (len < 0 || len > 64) return -EINVAL', 'The name is too long: EINVAL.', 'At most 64 bytes fit.'],
  ['set', 0, 'uts_ns->name.domainname = name', 'The domain name in {uts_ns} is "{name}" now, no longer "{old}".', 'All tasks in that UTS namespace see it, others do not.'],
]);

/** setdomainname(2). Errors: EPERM, EINVAL. [E1g] */
export function sys_setdomainname(k: Kernel, name: string, length = name.length): 0 | Err {
  const uts_ns = own(k);
  k.enter(SETDOMAIN, { name, length });
  if (!ns_capable(k, uts_ns.user_ns, CAP_SYS_ADMIN)) {
    k.at(SETDOMAIN.at.capable, { uts_ns, user_ns: uts_ns.user_ns });
    return k.leave(SETDOMAIN, err('EPERM'));
  }
  if (length < 0 || length > __NEW_UTS_LEN) {
    k.at(SETDOMAIN.at.length);
    return k.leave(SETDOMAIN, err('EINVAL'));
  }
  const text = name.slice(0, length);
  k.at(SETDOMAIN.at.set, { uts_ns, name: text, old: uts_ns.name.domainname });
  k.trace.write(uts_ns, 'name', { ...uts_ns.name, domainname: until_nul(text) });
  return k.leave(SETDOMAIN, 0);
}

function until_nul(text: string): string {
  const at = text.indexOf('\0');
  return at < 0 ? text : text.slice(0, at);
}

/** Writes /proc/sys/kernel/hostname or domainname: mode 0644 and root-owned, so opening decides; one line, cut at 64 bytes. */
export function proc_do_uts_string(k: Kernel, field: 'nodename' | 'domainname', text: string): number {
  const uts_ns = own(k);
  const end = text.search(/[\n\0]/);
  k.trace.write(uts_ns, 'name', { ...uts_ns.name, [field]: (end < 0 ? text : text.slice(0, end)).slice(0, __NEW_UTS_LEN) });
  return text.length;
}
