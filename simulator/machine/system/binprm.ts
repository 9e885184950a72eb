import { err, isErr, type Err } from '../../kernel/errno.ts';
import type { bprm_file } from '../../kernel/exec_cred.ts';
import { f_op } from '../../kernel/file_ops.ts';
import { fget_raw, fput } from '../../kernel/files.ts';
import { get_file_caps } from '../../kernel/fscaps.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { AT_EMPTY_PATH, AT_FDCWD, AT_SYMLINK_NOFOLLOW, MAY_READ, S_ISGID, S_ISUID } from '../../kernel/mode.ts';
import { MNT_NOSUID, check_mnt } from '../../kernel/mount.ts';
import { LOOKUP_EMPTY, LOOKUP_FOLLOW } from '../../kernel/namei.ts';
import { open_exec } from '../../kernel/open.ts';
import { inode_permission } from '../../kernel/permission.ts';
import { NOT_SIMULATED_COMMAND, command_of } from '../../kernel/rootfs_commands.ts';
import { byte_length, decode } from '../../kernel/text.ts';
import { kgid_has_mapping, kuid_has_mapping } from '../../kernel/uidgid.ts';
import { in_userns } from '../../kernel/user.ts';
import type { path } from '../../kernel/vfs.ts';
import type { Image } from '../image.ts';
import type { Machine } from './machine.ts';

/** A program that was found and may be run: what is needed from the point of no return on. Plain data but for the objects of the kernel that it names. */
export interface Prepared {
  readonly image: Image;
  readonly exe: path;
  /** As it was asked for: what comm is made of, and AT_EXECFN. */
  readonly filename: string;
  readonly argv: readonly string[];
  readonly envp: readonly string[];
  readonly file: bprm_file;
  readonly unreadable: boolean;
}

/** How much of a file is looked at to find out what it is. */
const BINPRM_BUF_SIZE = 256;
/** Scripts may name scripts as their interpreters, so often. */
const MAX_DEPTH = 5;
const ARG_MAX = 131072;
const STACK_MOST = 6 << 20;
const RLIMIT_STACK = 3;
const S_IXGRP = 0o010;

interface Found { readonly exe: path; readonly head: Uint8Array }

/** The file to be executed and how it begins. Errors: those of open_exec. */
function open(k: Kernel, dfd: number, name: string, flags: number): Found | Err {
  const lookup = ((flags & AT_SYMLINK_NOFOLLOW) !== 0 ? 0 : LOOKUP_FOLLOW) | ((flags & AT_EMPTY_PATH) !== 0 ? LOOKUP_EMPTY : 0);
  const of = open_exec(k, dfd, name, lookup);
  if (isErr(of)) return of;
  const at = of.f_path;
  const head = f_op(of).read?.(k, of, BINPRM_BUF_SIZE, 0);
  fput(k, of);
  return at && head instanceof Uint8Array ? { exe: at, head } : err('EACCES');
}

const NEWLINE = 10;
const BLANK = /[ \t]+/;

/** The first line of a script: interpreter and its one argument. Null: it names none. */
function interpreter(head: Uint8Array): { readonly name: string; readonly argument: string | null } | null {
  const end = head.indexOf(NEWLINE);
  const cut = end < 0 && head.length === BINPRM_BUF_SIZE;
  const text = decode(head.subarray(2, end < 0 ? head.length : end)).replace(/\0.*$/s, '');
  const line = text.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '');
  const gap = BLANK.exec(line);
  if (line === '' || (cut && !gap)) return null;
  if (!gap) return { name: line, argument: null };
  return { name: line.slice(0, gap.index), argument: line.slice(gap.index + gap[0].length) };
}

/** Set-user-id and set-group-id, where they count. */
export function bprm_fill_uid(k: Kernel, { mnt, dentry }: path): bprm_file {
  const none: bprm_file = { suid: null, sgid: null, caps: null };
  const { i_mode, i_uid, i_gid } = dentry.d_inode;
  const { cred, no_new_privs } = k.current;
  if ((i_mode & (S_ISUID | S_ISGID)) === 0 || (mnt.mnt_flags & MNT_NOSUID) !== 0 || no_new_privs) return none;
  if (!check_mnt(k, mnt) || !in_userns(mnt.mnt_sb.s_user_ns, cred.user_ns)) return none;
  if (!kuid_has_mapping(cred.user_ns, i_uid) || !kgid_has_mapping(cred.user_ns, i_gid)) return none;
  return { suid: (i_mode & S_ISUID) !== 0 ? i_uid : null, sgid: (i_mode & (S_ISGID | S_IXGRP)) === (S_ISGID | S_IXGRP) ? i_gid : null, caps: null };
}

/** Arguments and environment take part of the stack, and must leave room for the program. */
function fits(k: Kernel, filename: string, argv: readonly string[], envp: readonly string[]): boolean {
  const stack = k.current.signal.rlimit.get(RLIMIT_STACK)?.cur ?? Infinity;
  const limit = Math.max(Math.min(stack / 4, STACK_MOST), ARG_MAX);
  let bytes = (Math.max(argv.length, 1) + envp.length) * 8 + byte_length(filename) + 1;
  for (const text of [...argv, ...envp]) bytes += byte_length(text) + 1;
  return bytes <= limit;
}

/**
 * Everything of execve(2) before the point of no return: finds the file, follows `#!` lines, finds the program. Errors: those of the walk, EACCES, ELOOP, ENOEXEC,
 * E2BIG. A command of which there is no program is reported as not simulated; in its place runs one that says so, or it is ENOENT.
 */
export function prepare(k: Kernel, machine: Machine, dfd: number, name: string, argv: readonly string[], envp: readonly string[], flags: number): Prepared | Err {
  const first = open(k, dfd, name, flags);
  if (isErr(first)) return first;
  if (!fits(k, name, argv, envp)) return err('E2BIG');
  const filename = shown(k, dfd, name);
  let found = first;
  let words = argv.length > 0 ? argv : [''];
  let interp = filename;
  for (let depth = 0; ; depth++) {
    if (depth > MAX_DEPTH) return err('ELOOP');
    const { head, exe } = found;
    if (head[0] !== 0x23 || head[1] !== 0x21) {
      const command = command_of(head);
      if (command === null) return err('ENOEXEC');
      let image = machine.programs(command);
      if (!image) {
        machine.report(`the command ${command}`);
        image = machine.programs(NOT_SIMULATED_COMMAND);
        if (!image) return err('ENOENT');
      }
      const caps = get_file_caps(k, exe);
      if (isErr(caps)) return caps;
      return { image, exe, filename, argv: words, envp, file: { ...bprm_fill_uid(k, exe), caps }, unreadable: inode_permission(k, exe.dentry.d_inode, MAY_READ) !== 0 };
    }
    const by = interpreter(head);
    if (!by) return err('ENOEXEC');
    if (closes(k, dfd, name)) return err('ENOENT');
    words = [by.name, ...by.argument === null ? [] : [by.argument], interp, ...words.slice(1)];
    interp = by.name;
    const next = open(k, AT_FDCWD, by.name, 0);
    if (isErr(next)) return next;
    found = next;
  }
}

/** execveat on a descriptor: the script's name is /dev/fd/N. */
function shown(k: Kernel, dfd: number, name: string): string {
  if (dfd < 0 || name.startsWith('/') || !fget_raw(k, dfd)) return name;
  return name === '' ? `/dev/fd/${dfd}` : `/dev/fd/${dfd}/${name}`;
}

/** The script's name leads through a descriptor that is closed by then: its interpreter could not open it. */
function closes(k: Kernel, dfd: number, name: string): boolean {
  return dfd >= 0 && !name.startsWith('/') && (k.current.files?.close_on_exec.has(dfd) ?? false);
}
