/** include/uapi/linux/capability.h: bit n is the n-th name. */
const CAPABILITIES = [
  'CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_ADMIN', 'NET_RAW', 'IPC_LOCK', 'IPC_OWNER', 'SYS_MODULE', 'SYS_RAWIO', 'SYS_CHROOT',
  'SYS_PTRACE', 'SYS_PACCT', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_NICE', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'MKNOD', 'LEASE',
  'AUDIT_WRITE', 'AUDIT_CONTROL', 'SETFCAP', 'MAC_OVERRIDE', 'MAC_ADMIN', 'SYSLOG', 'WAKE_ALARM', 'BLOCK_SUSPEND', 'AUDIT_READ',
  'PERFMON', 'BPF', 'CHECKPOINT_RESTORE',
];

/** Names of the bits that are set, as `CAP_SYS_ADMIN`; `CAP_<bit>` for one that is newer than this list. */
export function capabilityNames(set: bigint): string[] {
  const names: string[] = [];
  for (let bit = 0; set >> BigInt(bit) > 0n; bit++) if ((set >> BigInt(bit)) & 1n) names.push(`CAP_${CAPABILITIES[bit] ?? bit}`);
  return names;
}

/** A set of capabilities in the text of /proc/PID/status, by the field's name (`CapEff`); empty where there is no such field. */
export function capabilitiesIn(status: string, field: string): string[] {
  return capabilityNames(BigInt(`0x${new RegExp(`^${field}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1] ?? '0'}`));
}
