/**
 * Anything in the kernel that a person can point at: a task, an nsproxy, a namespace, a mount …
 * Its fields are plain properties, named as the kernel names them, and are changed only through `Trace.write` and its
 * relatives once the object is allocated, so that every change can be shown and taken back.
 */
export abstract class KObject {
  /** `task`, `nsproxy`, `uts` …: what the picture draws. */
  abstract readonly kind: string;
  /** Counts from 1 within its kind, in order of allocation; never reused. 0 until allocated. */
  id = 0;
  /** Set when it was freed; a reference to a freed object is a bug of the model. */
  freed = false;
  /** How often its fields or tables were changed: what was told of it before holds as long as this stays the same. */
  changes = 0;
}

/** An object that counts its references. The count's name in the kernel differs (`count`, `usage`, `users`); here it is `count`. */
export abstract class Counted extends KObject {
  count = 1;
}
