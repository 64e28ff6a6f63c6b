from statistics import NormalDist, StatisticsError
import statistics
n = NormalDist(100, 15); m = NormalDist(mu=2.4, sigma=1.6); z = NormalDist()
print(n, m, z, n.mean, n.stdev, n.variance, n.median, n.mode)
for x in (-3, -1.5, 0, 0.3, 1, 2.7, 100, 130, 85.5):
    print(n.pdf(x), n.cdf(x), z.pdf(x), z.cdf(x), n.zscore(x))
for p in (1e-300, 1e-20, 1e-5, 0.01, 0.05, 0.075, 0.2, 0.5, 0.7, 0.925, 0.95, 0.999, 1-1e-12):
    print(z.inv_cdf(p), n.inv_cdf(p))
print(n.quantiles(), z.quantiles(10), m.overlap(NormalDist(3.2, 2.0)), m.overlap(NormalDist(3.2, 1.6)), n + m, n - m, n + 5, 5 + n, 5 - n, n * 2, -2 * n, n / -4, +n, -n, n == NormalDist(100, 15), n == m, n != 5, hash(n) == hash(NormalDist(100,15)))
print(NormalDist.from_samples([1, 2, 3, 4.5, 7]), NormalDist.from_samples([10, 20]), z.samples(3, seed=42))
for f in (lambda: NormalDist(1, -1), lambda: z.inv_cdf(0), lambda: z.inv_cdf(2), lambda: NormalDist(1, 0).pdf(1), lambda: NormalDist(1, 0).cdf(1), lambda: NormalDist(1,0).zscore(2), lambda: NormalDist.from_samples([1]), lambda: n.overlap(5), lambda: n.overlap(NormalDist(1,0)), lambda: NormalDist(1,0).inv_cdf(.5), lambda: NormalDist('a')):
    try: print(f())
    except Exception as e: print(type(e), e)
import random
random.seed(5)
print(n.samples(2))
