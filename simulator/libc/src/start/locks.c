void (*__lock_hook)(int *), (*__unlock_hook)(int *);
