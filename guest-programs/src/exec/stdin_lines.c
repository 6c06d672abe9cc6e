/* Does standard input deliver its lines and then the end of the file? */
#include <stdio.h>
#include <string.h>

int main(void)
{
    char line[100];
    int lines = 0;
    size_t bytes = 0;
    while (fgets(line, sizeof line, stdin)) {
        bytes += strlen(line);
        printf("%d: %s", ++lines, line);
    }
    printf("%d lines, %zu bytes, at end %d, error %d\n", lines, bytes, feof(stdin) != 0, ferror(stdin) != 0);
    return 0;
}
