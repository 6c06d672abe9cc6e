/* Does a plain SHA-256 give the published digests? */
#include "guest.h"

static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

static uint32_t k[64];

static void make_constants(void) /* fractional parts of the cube roots of the first 64 primes */
{
    for (int prime = 2, found = 0; found < 64; prime++) {
        bool divisible = false;
        for (int d = 2; d * d <= prime; d++)
            divisible |= prime % d == 0;
        if (divisible)
            continue;
        /* the largest r with r^3 <= prime * 2^96; r has 35 bits, of which the low 32 are wanted */
        unsigned __int128 target = (unsigned __int128)prime << 96;
        uint64_t root = 0;
        for (int bit = 35; bit >= 0; bit--) {
            uint64_t trial = root | 1UL << bit;
            if ((unsigned __int128)trial * trial <= target / trial)
                root = trial;
        }
        k[found++] = (uint32_t)root;
    }
}

static void block(uint32_t state[8], const unsigned char *data)
{
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)data[4 * i] << 24 | data[4 * i + 1] << 16 | data[4 * i + 2] << 8 | data[4 * i + 3];
    for (int i = 16; i < 64; i++)
        w[i] = w[i - 16] + w[i - 7] + (rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3) +
               (rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t t1 = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        uint32_t t2 = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++)
        state[i] += s[i];
}

static void digest(const char *label, const char *text, size_t length, int repeat)
{
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    size_t total = length * repeat, padded = (total + 9 + 63) / 64 * 64;
    unsigned char *message = calloc(padded, 1);
    for (int i = 0; i < repeat; i++)
        memcpy(message + i * length, text, length);
    message[total] = 0x80;
    for (int i = 0; i < 8; i++)
        message[padded - 1 - i] = (unsigned char)(total * 8 >> 8 * i);
    for (size_t i = 0; i < padded; i += 64)
        block(state, message + i);
    free(message);
    say("%s ", label);
    for (int i = 0; i < 8; i++)
        say("%08x", state[i]);
    say("\n");
}

int main(void)
{
    make_constants();
    digest("empty", "", 0, 1);
    digest("abc", "abc", 3, 1);
    digest("10000 x abcdefghij", "abcdefghij", 10, 10000);
    return 0;
}
