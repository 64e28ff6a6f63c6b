// Language features of CUDA C++ thread by thread: each part writes eight doubles. Compiled for the host as well, which
// prints what the device should give.
#ifdef __CUDACC__
#define DEV __device__
#else
#include <cmath>
#include <cstdio>
#include <cstdint>
#include <cstring>
#define DEV
#define __noinline__ __attribute__((noinline))
using namespace std;
#endif
typedef unsigned long long u64;
template <typename T, int N> struct Vec {
    T v[N];
    DEV T dot(const Vec &o) const { T s = 0; for (int i = 0; i < N; ++i) s += v[i] * o.v[i]; return s; }
    DEV Vec operator+(const Vec &o) const { Vec r; for (int i = 0; i < N; ++i) r.v[i] = v[i] + o.v[i]; return r; }
};
struct Shape { DEV virtual double area() const = 0; DEV virtual int sides() const { return 0; } };
struct Square : Shape { double s; DEV Square(double s) : s(s) {} DEV double area() const { return s * s; } DEV int sides() const { return 4; } };
struct Disc : Shape { double r; DEV Disc(double r) : r(r) {} DEV double area() const { return 3.0 * r * r; } };
DEV __noinline__ int ackermann(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)); }
DEV __noinline__ long long gcd(long long a, long long b) { return b == 0 ? a : gcd(b, a % b); }
DEV __noinline__ float op_add(float a, float b) { return a + b; }
DEV __noinline__ float op_mul(float a, float b) { return a * b; }
DEV __noinline__ float op_sub(float a, float b) { return a - b; }
typedef float (*Op)(float, float);
struct Big { int a[12]; double d; char c; };
DEV __noinline__ Big make_big(int i) { Big b; for (int k = 0; k < 12; ++k) b.a[k] = i * k; b.d = i * 0.5; b.c = (char)i; return b; }
DEV __noinline__ double use_big(Big b, short s, unsigned char u, bool f) { double t = b.d + b.c + s + u + (f ? 1000 : 0); for (int k = 0; k < 12; ++k) t += b.a[k]; return t; }
DEV void templates(int i, double *o) {
    Vec<float, 4> a, b; Vec<int, 3> c;
    for (int k = 0; k < 4; ++k) a.v[k] = i + k, b.v[k] = k * 0.5f;
    for (int k = 0; k < 3; ++k) c.v[k] = i * k - 7;
    o[0] = a.dot(b); o[1] = (a + b).v[2]; o[2] = c.dot(c);
}
DEV void objects(int i, double *o) {
    Square sq(i); Disc di(i + 1);
    Shape *s = i % 3 == 0 ? (Shape *)&sq : (Shape *)&di;
    o[0] = s->area(); o[1] = s->sides();
}
DEV void recursion(int i, double *o) { o[0] = ackermann(i % 3, i % 5); o[1] = gcd(i * 84LL, 1260 + i); }
DEV void pointers(int i, double *o) {
    Op table[3] = {op_add, op_mul, op_sub};
    o[0] = table[i % 3](i, 2.5f);
    Op f = i & 1 ? op_add : op_mul; o[1] = f(3.0f, i);
}
DEV void structs(int i, double *o) { Big b = make_big(i); o[0] = use_big(b, (short)-i, (unsigned char)(i * 7), i & 1); b.a[i % 12] += 5; o[1] = use_big(b, 1, 2, false); }
DEV void arrays(int i, double *o) {
    int x[32]; for (int k = 0; k < 32; ++k) x[k] = (k * 37 + i * 11) % 101;
    for (int a = 0; a < 32; ++a) for (int b = a + 1; b < 32; ++b) if (x[b] < x[a]) { int t = x[a]; x[a] = x[b]; x[b] = t; }
    o[0] = x[0]; o[1] = x[15]; o[2] = x[31]; o[3] = x[(i * 5) % 32];
    char text[16]; for (int k = 0; k < 16; ++k) text[k] = 'a' + (i + k) % 26; short s = 0; for (int k = 0; k < 16; ++k) s = s * 31 + text[k]; o[4] = s;
}
DEV void integers(int i, double *o) {
    long long a = 0x123456789abcdefLL * (i + 1); u64 u = (u64)a * 2654435761u; int n = i * 7919 - 100000; unsigned m = i * 2654435761u;
    o[0] = (double)(a / (n | 1)); o[1] = (double)(a % (n | 1)); o[2] = (double)(u / (m | 1)); o[3] = (double)(u >> (i & 63)); o[4] = n / 7 + n % 13; o[5] = m / 11 + m % 17;
    o[6] = (signed char)n + (short)m + (unsigned char)n; o[7] = (double)((a << (i & 31)) ^ (a >> 5));
}
DEV void conversions(int i, double *o) {
    double d = (i - 100) * 12345.678; float f = (float)d;
    o[0] = (int)f; o[1] = (double)(long long)d; o[2] = (unsigned)(f < 0 ? 0 : f); o[3] = (short)(int)d; o[4] = (float)(i * 16777217LL); o[5] = (double)(u64)(i * 0x1000000001ULL); o[6] = (unsigned char)(int)(f / 1000); o[7] = (float)(1.0 / (i + 1));
}
DEV void control(int i, double *o) {
    int n = 0, x = i; while (x > 0) { if (x % 5 == 3) { x -= 2; continue; } if (n > 60) break; x = x % 2 ? x * 3 + 1 : x / 2; if (x == 1) break; ++n; }
    o[0] = n; switch (i % 9) { case 0: o[1] = 5; break; case 1: case 2: o[1] = 7; break; case 3: o[1] = i; case 4: o[2] = 2; break; case 7: o[1] = -1; break; default: o[1] = 99; }
    int s = 0; for (int a = 0; a < i % 7; ++a) for (int b = a; b < i % 11; ++b) { if (a * b % 3 == 1) continue; s += a ^ b; } o[3] = s;
    goto end; o[4] = 1; end: o[5] = i > 10 && (i < 20 || i % 2) ? 1 : 0;
}
DEV void floats(int i, double *o) {
    float x = i * 0.37f + 0.01f; o[0] = sinf(x); o[1] = cosf(x * 50); o[2] = expf(-x); o[3] = logf(x); o[4] = powf(x, 1.7f); o[5] = tanhf(x - 2); o[6] = sqrtf(x); o[7] = erff(x * 0.3f);
}
DEV void floats2(int i, double *o) {
    float x = i * 0.21f - 3; o[0] = atan2f(x, 1.5f); o[1] = asinf(x / 40); o[2] = fmodf(x * 10, 3.3f); o[3] = cbrtf(x); o[4] = floorf(x) + ceilf(x * 3) + roundf(x) + truncf(x * 7) + rintf(x * 5); o[5] = exp2f(x) + log2f(fabsf(x) + 1) + log10f(fabsf(x) + 2); o[6] = hypotf(x, 2); o[7] = lgammaf(fabsf(x) + 0.5f);
}
DEV void doubles(int i, double *o) {
    double x = i * 0.37 + 0.01; o[0] = sin(x); o[1] = cos(x * 50); o[2] = exp(-x); o[3] = log(x); o[4] = pow(x, 1.7); o[5] = tanh(x - 2); o[6] = sqrt(x) / 3; o[7] = erf(x * 0.1);
}
DEV void doubles2(int i, double *o) {
    double x = i * 0.21 - 3; o[0] = atan2(x, 1.5); o[1] = asin(x / 40); o[2] = fmod(x * 10, 3.3); o[3] = cbrt(x); o[4] = floor(x) + ceil(x * 3) + round(x) + trunc(x * 7) + rint(x * 5); o[5] = exp2(x) + log2(fabs(x) + 1) + log10(fabs(x) + 2); o[6] = hypot(x, 2.0); o[7] = tgamma(fabs(x) * 0.1 + 0.5);
}
DEV void edges(int i, double *o) {
    float z = i % 4 == 0 ? 0.0f : i % 4 == 1 ? -0.0f : i % 4 == 2 ? 1e-40f : 3e38f; 
    o[0] = z * 10 > 1e38f; o[1] = isinf(z * 10) ? 1 : 0; o[2] = signbit(z) ? 1 : 0; o[3] = z + 1e-45f; o[4] = fminf(z, 1) + fmaxf(z, -1); int e; o[5] = frexpf(z, &e); o[6] = e; o[7] = ldexpf(1.5f, i - 30);
}
DEV void bits(int i, double *o) {
    unsigned x = i * 2654435761u; union { float f; unsigned u; } c; c.f = i * 1.5f; o[0] = c.u; double d = i * 0.1; u64 w; memcpy(&w, &d, 8); o[1] = (double)(w >> 12); o[2] = x & 0xff00 | (x >> 3 & 0x55); o[3] = ~x % 1000; o[4] = (x << 5 | x >> 27); struct { unsigned a : 3, b : 7; int c : 9; } s; s.a = i; s.b = i * 3; s.c = i * 5 - 200; o[5] = s.a + s.b * 10 + s.c * 1000;
}
#define PARTS(X) X(templates) X(objects) X(recursion) X(pointers) X(structs) X(arrays) X(integers) X(conversions) X(control) X(floats) X(floats2) X(doubles) X(doubles2) X(edges) X(bits)
#ifdef __CUDACC__
#define KERNEL(name) extern "C" __global__ void k_##name(double *out) { int i = blockIdx.x * blockDim.x + threadIdx.x; name(i, out + i * 8); }
PARTS(KERNEL)
#else
#define RUN(name) for (int i = 0; i < 32; ++i) { double o[8] = {0}; name(i, o); printf("%s %d", #name, i); for (int k = 0; k < 8; ++k) printf(" %.17g", o[k]); printf("\n"); }
int main() { PARTS(RUN) }
#endif
