import { WORKING_DIRECTORY } from '../../kernel/computer.ts';
import { fd_install } from '../../kernel/files.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { AT_FDCWD, O_RDWR, S_IFCHR } from '../../kernel/mode.ts';
import { kern_path } from '../../kernel/namei.ts';
import { do_filp_open } from '../../kernel/open.ts';
import { create_pipe_files } from '../../kernel/pipe.ts';
import { switch_to } from '../../kernel/sched.ts';
import { files_struct } from '../../kernel/task.ts';
import type { task_struct } from '../../kernel/task.ts';
import { mem_create } from '../../kernel/tmpfs.ts';
import { alloc_tty } from '../../kernel/tty.ts';
import type { tty_struct } from '../../kernel/tty.ts';
import type { dentry, file } from '../../kernel/vfs.ts';

const TTY_GROUP = 5;
const PTS_MAJOR = 136;

/** The directory or file of that name, which is there. */
export function place(k: Kernel, name: string): dentry {
  const at = kern_path(k, name);
  if (typeof at === 'number') throw new Error(`${name} is not there`);
  return at.dentry;
}

/** One more terminal, with its file in /dev/pts. */
export function newTerminal(k: Kernel): tty_struct {
  const tty = alloc_tty(k);
  const node = mem_create(k, place(k, '/dev/pts'), String(tty.index), { mode: S_IFCHR | 0o620, rdev: (PTS_MAJOR << 8) | tty.index });
  node.d_inode.i_gid = TTY_GROUP;
  return tty;
}

/** An open terminal, without a descriptor. */
export function openTerminal(k: Kernel, tty: tty_struct): file {
  const of = do_filp_open(k, AT_FDCWD, `/dev/pts/${tty.index}`, O_RDWR, 0);
  if (typeof of !== 'object') throw new Error(`the terminal ${tty.index} cannot be opened`);
  return of;
}

/** A session leader gets that terminal as its own: user, descriptors 0 to 2, foreground. It is the running task from then on. */
export function logIn(k: Kernel, task: task_struct, tty: tty_struct): void {
  place(k, `/dev/pts/${tty.index}`).d_inode.i_uid = task.cred.uid;
  switch_to(k, task);
  giveFiles(k, task);
  const of = openTerminal(k, tty);
  for (const fd of [0, 1, 2]) {
    if (fd > 0) k.trace.get(of);
    fd_install(k, fd, of, false);
  }
  k.trace.write(tty, 'session', task.signal.session);
  k.trace.write(tty, 'pgrp', task.signal.pgrp);
}

/** An empty descriptor table, for a task that was made without one. */
export function giveFiles(k: Kernel, task: task_struct): void {
  if (!task.files) k.trace.write(task, 'files', k.trace.alloc(new files_struct()));
}

/** The two ends of a pipe: of the first the program gets its end, the second stays with the machine. */
export interface Pipe { readonly reader: file; readonly writer: file }

export function newPipe(k: Kernel): Pipe {
  const [reader, writer] = create_pipe_files(k, 0);
  return { reader, writer };
}

const LEARNER = 1000;

/** A program's file in the working directory, as `gcc -o` leaves it there. */
export function putProgram(k: Kernel, name: string, contents: Uint8Array): void {
  const { d_inode } = mem_create(k, place(k, WORKING_DIRECTORY), name, { mode: 0o100755 });
  d_inode.i_uid = LEARNER;
  d_inode.i_gid = LEARNER;
  d_inode.i_data = contents;
}
