/* Does stdio on a file agree with itself: fprintf, fseek, ftell, fgets, ungetc, append, large buffers? */
#include "guest.h"

int main(void)
{
    char line[64];
    FILE *file = fopen("file", "w+");
    for (int i = 0; i < 1000; i++)
        fprintf(file, "line %d\n", i);
    say("position %ld\n", ftell(file));
    fseek(file, -9, SEEK_END);
    fgets(line, sizeof line, file);
    say("last: %s", line);
    rewind(file);
    for (int i = 0; i < 501; i++)
        fgets(line, sizeof line, file);
    say("501st: %s", line);
    int c = fgetc(file);
    ungetc(c, file);
    say("next %c at %ld\n", c, ftell(file));
    fseek(file, 5000, SEEK_SET);
    fputs("overwritten", file);
    fseek(file, 4995, SEEK_SET);
    fread(line, 1, 20, file);
    line[20] = 0;
    for (char *p = line; *p; p++)
        if (*p == '\n')
            *p = '/';
    say("around it: %s\n", line);
    fclose(file);
    file = fopen("file", "a");
    fputs("appended\n", file);
    say("position %ld\n", ftell(file));
    fclose(file);
    file = fopen("file", "r");
    long bytes = 0, sum = 0;
    while ((c = getc(file)) != EOF) {
        bytes++;
        sum = sum * 31 + c;
    }
    say("bytes %ld sum %lx at end %d\n", bytes, (unsigned long)sum, feof(file) != 0);
    fclose(file);
    file = fopen("missing", "r");
    say("fopen of a missing file: %d %s\n", file == NULL, errno_name(errno));
    unlink("file");
    return 0;
}
