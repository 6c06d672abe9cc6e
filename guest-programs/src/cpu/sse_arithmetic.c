/* Do SSE and SSE2 arithmetic, conversions, comparisons and shuffles give the exact bits? */
#include "guest.h"

#include <emmintrin.h>

static void show(const char *label, __m128i value)
{
    uint64_t halves[2];
    _mm_storeu_si128((__m128i *)halves, value);
    say("%s %016lx%016lx\n", label, halves[1], halves[0]);
}

#define D(x) _mm_castpd_si128(x)
#define S(x) _mm_castps_si128(x)

int main(void)
{
    volatile double inputs[] = {1.0 / 3, -2.5, 1e308, 5e-324, 0.0, -0.0};
    volatile float floats[] = {1.5f, -3.25f, 1e-40f, 3e38f};
    __m128d a = _mm_set_pd(inputs[0], inputs[1]), b = _mm_set_pd(inputs[2], inputs[3]), z = _mm_set_pd(inputs[4], inputs[5]);
    __m128 f = _mm_set_ps(floats[0], floats[1], floats[2], floats[3]), g = _mm_set_ps(floats[3], floats[2], floats[1], floats[0]);
    show("addpd", D(_mm_add_pd(a, b)));
    show("mulpd", D(_mm_mul_pd(a, b)));
    show("divpd", D(_mm_div_pd(a, b)));
    show("divpd by zero", D(_mm_div_pd(a, z)));
    show("sqrtpd", D(_mm_sqrt_pd(b)));
    show("sqrtpd of negative", D(_mm_sqrt_pd(a)));
    show("minpd", D(_mm_min_pd(a, z)));
    show("maxpd of zeros", D(_mm_max_pd(z, _mm_sub_pd(z, z))));
    show("cmpltpd", D(_mm_cmplt_pd(a, b)));
    show("cmpunordpd", D(_mm_cmpunord_pd(_mm_div_pd(z, z), a)));
    show("addps", S(_mm_add_ps(f, g)));
    show("mulps", S(_mm_mul_ps(f, g)));
    show("cvtps2pd", D(_mm_cvtps_pd(f)));
    show("cvtpd2ps", S(_mm_cvtpd_ps(b)));
    show("cvtpd2dq", _mm_cvtpd_epi32(a));
    show("cvttpd2dq", _mm_cvttpd_epi32(a));
    show("cvtps2dq", _mm_cvtps_epi32(f));
    show("cvttps2dq", _mm_cvttps_epi32(f));
    say("cvtsd2si %lx %lx\n", (long)_mm_cvtsd_si64(a), (long)_mm_cvttsd_si64(_mm_unpackhi_pd(b, b)));
    __m128i i = _mm_set_epi32(0x12345678, -5, 0x7fffffff, (int)0x80000001), k = _mm_set_epi32(3, 0x01010101, -1, 0x00ff00ff);
    show("paddd", _mm_add_epi32(i, k));
    show("paddsw", _mm_adds_epi16(i, k));
    show("psubusb", _mm_subs_epu8(i, k));
    show("pmullw", _mm_mullo_epi16(i, k));
    show("pmulhuw", _mm_mulhi_epu16(i, k));
    show("pmaddwd", _mm_madd_epi16(i, k));
    show("pmuludq", _mm_mul_epu32(i, k));
    show("psadbw", _mm_sad_epu8(i, k));
    show("packssdw", _mm_packs_epi32(i, k));
    show("punpckhbw", _mm_unpackhi_epi8(i, k));
    show("pshufd", _mm_shuffle_epi32(i, 0x1b));
    show("pshuflw", _mm_shufflelo_epi16(i, 0x1b));
    show("pslldq", _mm_slli_si128(i, 5));
    show("psrad", _mm_srai_epi32(i, 7));
    show("psllq", _mm_slli_epi64(i, 33));
    show("pcmpgtb", _mm_cmpgt_epi8(i, k));
    show("pavgb", _mm_avg_epu8(i, k));
    say("pmovmskb %x movmskpd %x\n", _mm_movemask_epi8(i), _mm_movemask_pd(a));
    say("comisd %d %d %d\n", _mm_comilt_sd(a, b), _mm_comieq_sd(z, z), _mm_comigt_sd(a, z));
    return 0;
}
