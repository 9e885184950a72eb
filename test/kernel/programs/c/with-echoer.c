#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    printf("echoer %s: %d arguments, pid %s mine, MARK=%s\n", argv[0], argc - 1, getenv("WANT") && atoi(getenv("WANT")) == getpid() ? "is" : "is not", getenv("MARK") ? getenv("MARK") : "unset");
    return argc;
}
