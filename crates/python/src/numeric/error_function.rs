//! The error function, with the rational approximations of Sun's fdlibm (s_erf.c) and the order of additions of glibc, which
//! CPython calls.

const ERX: f64 = 0.8450629115104675;
const EFX: f64 = 0.1283791670955126;

/// For |x| < 0.84375, in x².
const PP: &[f64] = &[
    0.12837916709551256,
    -0.3250421072470015,
    -0.02848174957559851,
    -0.005770270296489442,
    -2.3763016656650163e-05,
];
const QQ: &[f64] = &[
    1.0,
    0.39791722395915535,
    0.0650222499887673,
    0.005081306281875766,
    0.00013249473800432164,
    -3.960228278775368e-06,
];
/// For |x| < 1.25, in |x| - 1.
const PA: &[f64] = &[
    -0.0023621185607526594,
    0.41485611868374833,
    -0.3722078760357013,
    0.31834661990116175,
    -0.11089469428239668,
    0.035478304325618236,
    -0.002166375594868791,
];
const QA: &[f64] = &[
    1.0,
    0.10642088040084423,
    0.540397917702171,
    0.07182865441419627,
    0.12617121980876164,
    0.01363708391202905,
    0.011984499846799107,
];
/// For |x| < 1 / 0.35, in 1 / x².
const RA: &[f64] = &[
    -0.009864944034847148,
    -0.6938585727071818,
    -10.558626225323291,
    -62.375332450326006,
    -162.39666946257347,
    -184.60509290671104,
    -81.2874355063066,
    -9.814329344169145,
];
const SA: &[f64] = &[
    1.0,
    19.651271667439257,
    137.65775414351904,
    434.56587747522923,
    645.3872717332679,
    429.00814002756783,
    108.63500554177944,
    6.570249770319282,
    -0.0604244152148581,
];
/// Beyond, in 1 / x².
const RB: &[f64] = &[
    -0.0098649429247001,
    -0.799283237680523,
    -17.757954917754752,
    -160.63638485582192,
    -637.5664433683896,
    -1025.0951316110772,
    -483.5191916086514,
];
const SB: &[f64] = &[
    1.0,
    30.33806074348246,
    325.7925129965739,
    1536.729586084437,
    3199.8582195085955,
    2553.0504064331644,
    474.52854120695537,
    -22.44095244658582,
];

/// A polynomial in pairs of coefficients: `(c0 + x c1) + x² (c2 + x c3) + …`.
fn by_pairs(coefficients: &[f64], x: f64) -> f64 {
    let square = x * x;
    let fourth = square * square;
    let powers = [1.0, square, fourth, fourth * square, fourth * fourth];
    let pair = |pair: &[f64]| match *pair {
        [even, odd] => even + x * odd,
        _ => pair[0],
    };
    let mut pairs = coefficients.chunks(2).map(pair);
    let first = pairs.next().unwrap_or(0.0);
    pairs
        .zip(&powers[1..])
        .fold(first, |sum, (pair, power)| sum + power * pair)
}

/// exp(-x²) times the rest of the tail, over x; `x` is at least 1.25.
fn tail(x: f64) -> f64 {
    let s = 1.0 / (x * x);
    let (r, s) = if x < 1.0 / 0.35 {
        (by_pairs(RA, s), by_pairs(SA, s))
    } else {
        (by_pairs(RB, s), by_pairs(SB, s))
    };
    let z = f64::from_bits(x.to_bits() & 0xffff_ffff_0000_0000);
    (-z * z - 0.5625).exp() * ((z - x) * (z + x) + r / s).exp() / x
}

pub fn erf(x: f64) -> f64 {
    let size = x.abs();
    if x.is_nan() {
        return x;
    }
    if size < 0.84375 {
        if size < 2f64.powi(-28) {
            return if size < f64::MIN_POSITIVE * 4.0 {
                0.0625 * (16.0 * x + (16.0 * EFX) * x)
            } else {
                x + EFX * x
            };
        }
        let z = x * x;
        return x + x * (by_pairs(PP, z) / by_pairs(QQ, z));
    }
    let value = if size < 1.25 {
        let s = size - 1.0;
        ERX + by_pairs(PA, s) / by_pairs(QA, s)
    } else if size >= 6.0 {
        1.0
    } else {
        1.0 - tail(size)
    };
    value.copysign(x)
}

pub fn erfc(x: f64) -> f64 {
    let size = x.abs();
    if x.is_nan() {
        return x;
    }
    if size < 0.84375 {
        if size < 2f64.powi(-56) {
            return 1.0 - x;
        }
        let z = x * x;
        let y = by_pairs(PP, z) / by_pairs(QQ, z);
        return if x < 0.25 {
            1.0 - (x + x * y)
        } else {
            0.5 - (x * y + (x - 0.5))
        };
    }
    if size < 1.25 {
        let s = size - 1.0;
        let y = by_pairs(PA, s) / by_pairs(QA, s);
        return if x > 0.0 { (1.0 - ERX) - y } else { 1.0 + (ERX + y) };
    }
    match x > 0.0 {
        true if size < 28.0 => tail(size),
        true => 0.0,
        false if size <= 6.0 => 2.0 - tail(size),
        false => 2.0,
    }
}
