/* Does the C library print and read floating-point numbers right, to the last digit? */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const double values[] = {0.0, -0.0, 1.0 / 3, 0.1, 1e22, 1e23, 5e-324, 1.7976931348623157e308, 123456789.125, -2.5};
    for (int i = 0; i < 10; i++) {
        char text[64];
        snprintf(text, sizeof text, "%.17g", values[i]);
        printf("%f %e %g %a %s %d\n", values[i], values[i], values[i], values[i], text, strtod(text, NULL) == values[i]);
    }
    printf("%Lf %.20Lg %La\n", 1.0L / 3, 1.0L / 3, 0x1.8p100L);
    printf("%.3f %.0f %.0f %.0f\n", 2.0005, 0.5, 1.5, 2.5);
    volatile double x = 0.7;
    printf("%.15g %.15g %.15g %.15g %.15g\n", sin(x), exp(x), log(x), pow(x, 3.3), sqrt(x));
    printf("%g %g %g\n", INFINITY, -INFINITY, NAN);
    return 0;
}
