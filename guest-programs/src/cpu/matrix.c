/* Is a product of matrices the same in double, float and integers, to the last bit? */
#include "guest.h"

#define N 48

#define PRODUCT(type, scale)                                                                                           \
    static uint64_t product_##type(void)                                                                               \
    {                                                                                                                  \
        static type a[N][N], b[N][N], c[N][N];                                                                         \
        for (int i = 0; i < N; i++)                                                                                    \
            for (int k = 0; k < N; k++) {                                                                              \
                a[i][k] = (type)((i * 7 + k * 3) % 11) / (scale);                                                      \
                b[i][k] = (type)((i * 5 + k * 13) % 17) / (scale);                                                     \
            }                                                                                                          \
        for (int i = 0; i < N; i++)                                                                                    \
            for (int j = 0; j < N; j++)                                                                                \
                for (int k = 0; k < N; k++)                                                                            \
                    c[i][j] += a[i][k] * b[k][j];                                                                      \
        uint64_t sum = 0;                                                                                              \
        const unsigned char *bytes = (const unsigned char *)c;                                                         \
        for (size_t i = 0; i < sizeof c; i++)                                                                          \
            sum = sum * 31 + bytes[i];                                                                                 \
        return sum;                                                                                                    \
    }

PRODUCT(double, 7)
PRODUCT(float, 7)
PRODUCT(int, 1)

int main(void)
{
    say("double %016lx\n", product_double());
    say("float %016lx\n", product_float());
    say("int %016lx\n", product_int());
    return 0;
}
