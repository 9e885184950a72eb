char *program_invocation_name = "", *program_invocation_short_name = "";
unsigned long *__auxv;
