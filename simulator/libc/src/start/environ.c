char **__environ;
