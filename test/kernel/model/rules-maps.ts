import { has, CLONE_NEWTIME, CLONE_NEWUSER } from '../../../simulator/kernel/flags.ts';
import type { Reach, Rules } from './situation.ts';

const wrote = (r: Reach, file: string): boolean => r.call === 'write' && (r.operation.a ?? '').endsWith(`/${file}`) && !r.outcome.text.startsWith(`result ${r.operation.task} -13 1`);
const text = (r: Reach): string => r.operation.b ?? '';
const fails = (r: Reach, file: string, errno: string): boolean => wrote(r, file) && r.result === errno;
const works = (r: Reach, file: string): boolean => wrote(r, file) && r.ok;
const uid = (r: Reach, errno: string): boolean => fails(r, 'uid_map', errno);
const gid = (r: Reach, errno: string): boolean => fails(r, 'gid_map', errno);
const lines = (r: Reach): string[] => text(r).trim().split('\n');
const fields = (r: Reach): number[] => (lines(r)[0] ?? '').split(' ').map(Number);
const plain = (r: Reach): boolean => /^\d+ \d+ 1\n?$/.test(text(r));
/** Written by somebody who is in the user namespace itself. */
const from_inside = (r: Reach): boolean => r.target_user === r.before.user_ns;
const own_uid = (r: Reach): boolean => fields(r)[1] === r.before.euid;
const empty = (r: Reach): boolean => r.map_was_empty;
const one = (r: Reach, pattern: RegExp): boolean => uid(r, 'EINVAL') && empty(r) && pattern.test(text(r));
const overlapping = (r: Reach, field: number): boolean => {
  const ranges = lines(r).map((line) => line.split(' ').map(Number));
  return ranges.length === 2 && ranges.every((range) => range.length === 3) && overlap(ranges[0]?.[field] ?? 0, ranges[0]?.[2] ?? 0, ranges[1]?.[field] ?? 0, ranges[1]?.[2] ?? 0);
};
function overlap(a: number, n: number, b: number, m: number): boolean { return a < b + m && b < a + n; }
const setgroups = (r: Reach, errno: string, pattern: RegExp): boolean => wrote(r, 'setgroups') && r.result === errno && pattern.test(text(r));
const timens = (r: Reach, errno: string, pattern: RegExp): boolean => wrote(r, 'timens_offsets') && r.result === errno && pattern.test(text(r));

/** KERNEL.md 5.6: uid_map, gid_map, projid_map, setgroups; 5.7: timens_offsets. */
export const MAP_RULES: Rules = {
  F6: (r) => uid(r, 'EPERM') && r.target_user?.parent === null,
  F12: (r) => uid(r, 'EPERM') && r.target_user?.parent?.parent === r.before.user_ns,
  F16: (r) => uid(r, 'EINVAL') && (r.operation.n[0] ?? 0) !== 0,
  F5i: (r) => uid(r, 'EINVAL') && text(r).length >= 4096,
  F3g: (r) => uid(r, 'EPERM') && !empty(r) && r.target_user?.parent !== null,
  F3h: (r) => uid(r, 'EINVAL') && empty(r) && text(r) === '',
  F3i: (r) => one(r, /^\d+ \d+$/),
  F3j: (r) => one(r, /^[a-z]+$/),
  F3k: (r) => one(r, /^\d+ \d+ 0$/),
  F3l: (r) => one(r, /^\d+ \d+ 1 x$/),
  F3m: (r) => one(r, /^4294967295 /),
  F3n: (r) => uid(r, 'EINVAL') && empty(r) && overlapping(r, 0),
  F3o: (r) => one(r, /^\d+ \d+ 1\n\n/),
  F3p: (r) => one(r, /^-\d+ /),
  F3q: (r) => one(r, /^429496729[0-4] \d+ \d+$/),
  F5e: (r) => works(r, 'uid_map') && lines(r).length === 340,
  F5f: (r) => uid(r, 'EINVAL') && empty(r) && lines(r).length === 341,
  F5g: (r) => uid(r, 'EINVAL') && empty(r) && overlapping(r, 0) && !overlapping(r, 1),
  F5h: (r) => uid(r, 'EINVAL') && empty(r) && overlapping(r, 1) && !overlapping(r, 0),
  F7: (r) => uid(r, 'EPERM') && empty(r) && from_inside(r) && text(r) === '0 0 1' && r.before.euid === 0 && r.target_user?.parent_could_setfcap === false,
  F7b: (r) => works(r, 'uid_map') && from_inside(r) && text(r) === '0 0 1',
  F3c: (r) => works(r, 'uid_map') && from_inside(r) && fields(r)[0] === 5,
  F3d: (r) => uid(r, 'EPERM') && empty(r) && from_inside(r) && plain(r) && !own_uid(r) && r.before.euid !== 0,
  F3e: (r) => uid(r, 'EPERM') && empty(r) && from_inside(r) && lines(r).length === 1 && own_uid(r) && fields(r)[2] === 2 && r.before.euid !== 0,
  F3f: (r) => uid(r, 'EPERM') && empty(r) && from_inside(r) && lines(r).length === 2 && r.before.euid !== 0,
  F4a: (r) => gid(r, 'EPERM') && r.gid_map_was_empty && from_inside(r) && plain(r) && fields(r)[1] === r.before.egid && r.target_user?.setgroups_allowed === true && r.before.egid !== 0,
  F4j: (r) => gid(r, 'EPERM') && r.gid_map_was_empty && from_inside(r) && plain(r) && fields(r)[1] !== r.before.egid && r.target_user?.setgroups_allowed === false,
  F7d: (r) => uid(r, 'EPERM') && empty(r) && from_inside(r) && r.before.euid === 0 && lines(r).length === 1 && (fields(r)[2] ?? 0) > 1,
  F7f: (r) => gid(r, 'EPERM') && r.gid_map_was_empty && from_inside(r) && text(r) === '0 0 1' && r.before.egid === 0 && r.target_user?.setgroups_allowed === true,
  F18: (r) => works(r, 'projid_map') && !r.before.outside,
  F13: (r) => uid(r, 'EPERM') && empty(r) && r.target_user?.parent?.parent !== null && r.target_user?.parent?.parent !== undefined && plain(r),
  F9: (r) => works(r, 'uid_map') && r.outcome.text.includes('\nmaps ') && r.target_user?.level === 1,
  N16: (r) => works(r, 'uid_map') && r.outcome.text.includes('\nmaps ') && (r.target_user?.level ?? 0) > 1,
  F4b: (r) => works(r, 'gid_map') && r.target_user?.setgroups_allowed === false,
  F4c: (r) => setgroups(r, 'OK', /^deny$/) && r.target_user !== null && r.history.gid_map_failed.has(r.target_user),
  F4d: (r) => setgroups(r, 'EPERM', /^allow$/),
  F4e: (r) => setgroups(r, 'OK', /^allow$/),
  F4f: (r) => setgroups(r, 'OK', /^deny$/),
  F4g: (r) => setgroups(r, 'EINVAL', /^(?!allow|deny)/),
  F4h: (r) => setgroups(r, 'EPERM', /^deny$/),
  F4i: (r) => setgroups(r, 'OK', /^deny $/),
  F4k: (r) => r.call === 'setgroups' && r.result === 'EPERM' && !r.before.outside && !r.before.user_ns.setgroups_allowed && r.before.user_ns.gid_map.length > 0,
  F4l: (r) => r.call === 'setgroups' && r.result === 'EPERM' && !r.before.outside && r.before.user_ns.gid_map.length === 0,
  F5b: (r) => r.call === 'setgroups' && r.ok && !r.before.outside,
  F17: (r) => (r.call === 'unshare' || r.clones) && r.ok && r.has(CLONE_NEWUSER) && !r.before.user_ns.setgroups_allowed,
  G1: (r) => timens(r, 'OK', /^monotonic \d+ 0$/),
  G1b: (r) => timens(r, 'OK', /^1 \d+ 0$/),
  G1c: (r) => timens(r, 'OK', /^boottime /),
  G1d: (r) => timens(r, 'OK', /^7 /),
  G1e: (r) => timens(r, 'OK', /^\w+ \d+ 0\n\w+ \d+ 0$/),
  G1f: (r) => timens(r, 'EINVAL', /^realtime /),
  G1g: (r) => timens(r, 'EINVAL', /^0 /),
  G1h: (r) => timens(r, 'EINVAL', /^\w+ \d 1000000000$/),
  G1i: (r) => timens(r, 'EINVAL', /^\w+ \d -1$/),
  G1j: (r) => timens(r, 'ERANGE', /^\w+ 4611686019 0$/),
  G1k: (r) => timens(r, 'ERANGE', /^\w+ -\d{7,} 0$/),
  G1l: (r) => timens(r, 'ERANGE', /^\w+ 9223372037 0$/),
  G1m: (r) => timens(r, 'EINVAL', /^\w+ \d+$/),
  G1n: (r) => timens(r, 'EINVAL', /^\w+ 9223372037 1000000000$/),
  G1o: (r) => timens(r, 'OK', /\n.*\n./) && (r.outcome.value ?? 0) < text(r).length,
  G1p: (r) => timens(r, 'EINVAL', /^\n?$/),
  G1q: (r) => timens(r, 'OK', /^\w+ -1 0$/),
  G2: (r) => timens(r, 'EACCES', /^\w+ \d/) && r.target_time === 'initial',
  G3: (r) => timens(r, 'EACCES', /^\w+ \d/) && r.target_time !== 'initial' && !r.time_marks.has('joined'),
  G3b: (r) => timens(r, 'OK', /^\w+ \d/) && r.time_marks.has('written'),
  G3c: (r) => timens(r, 'OK', /^\w+ \d/) && r.time_marks.has('vforked'),
  C12f: (r) => timens(r, 'EACCES', /^\w+ \d/) && r.time_marks.has('joined'),
  G8: (r) => r.call === 'unshare' && r.ok && has(r.flags, CLONE_NEWUSER) && has(r.flags, CLONE_NEWTIME) && !r.before.admin,
};
