/* users(1) of coreutils: nobody is noted in utmp here. */
int main(void)
{
	return 0;
}
