/* run: {"stdin": "ada\n36\n"} */
#include <stdio.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <string.h>
#include <errno.h>
int main(void)
{
    char name[40]; int age; struct winsize ws; struct termios t;
    printf("Name: ");
    fgets(name, sizeof name, stdin);
    name[strcspn(name, "\n")] = 0;
    printf("Age: ");
    scanf("%d", &age);
    printf("Hello %s, next year you are %d\n", name, age + 1);
    if (ioctl(1, TIOCGWINSZ, &ws) == 0) printf("%dx%d\n", ws.ws_col, ws.ws_row); else printf("TIOCGWINSZ: %s\n", strerror(errno));
    printf("%s\n", tcgetattr(0, &t) == 0 ? "terminal" : strerror(errno));
    printf("\033[1mbold\033[0m\ttab\rcarriage\b\n");
    return 0;
}
