/* Does an ordinary C program start, print through stdio and end? */
#include <stdio.h>

int main(void)
{
    printf("Hello, world\n");
    return 0;
}
