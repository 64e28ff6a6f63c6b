//! Exponential and GELU on sixteen lanes.

use super::vector::{LANES, Vector};

/// `e^x`, relative error below 2e-7 for results in the normal range; 0 below −104, infinity above 88.8.
#[inline(always)]
pub fn exp<V: Vector>(x: V) -> V {
    // e^x = 2^n · e^r with r = x − n ln 2, |r| ≤ ln 2 / 2; ln 2 in two parts (Cody and Waite). The Taylor polynomial of
    // degree 7 is off by r^8 / 8! < 6e-9 there.
    // In this order a NaN stays one: of unordered operands the second is returned.
    let x = V::splat(-104.0).max(V::splat(88.8).min(x));
    let n = x.mul(V::splat(std::f32::consts::LOG2_E)).round();
    let r = n.mul_add(V::splat(-0.693_359_4), x);
    let r = n.mul_add(V::splat(2.121_944_4e-4), r);
    let mut sum = V::splat(1.0 / 5040.0);
    for coefficient in [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum.mul_add(r, V::splat(coefficient));
    }
    sum.scale_by_power(n)
}

/// GELU(z) = z Φ(z) and GELU′(z) = Φ(z) + z φ(z), with absolute error below 2e-7 × max(1, |z|).
///
/// Φ comes from erf by formula 7.1.26 of Abramowitz and Stegun (error 1.5e-7), whose exponential is that of φ.
#[inline(always)]
pub fn gelu<V: Vector>(z: V) -> (V, V) {
    let one = V::splat(1.0);
    let x = z.abs().mul(V::splat(std::f32::consts::FRAC_1_SQRT_2));
    let bell = exp(x.mul(x).mul(V::splat(-1.0)));
    let t = one.div(x.mul_add(V::splat(0.327_591_1), one));
    let mut sum = V::splat(1.061_405_4);
    for coefficient in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
        sum = sum.mul_add(t, V::splat(coefficient));
    }
    // Half of erfc(|z| / √2): the tail below −|z|.
    let tail = sum.mul(t).mul(bell).mul(V::splat(0.5));
    let half = V::splat(0.5);
    let cumulative = half.add(half.sub(tail).copy_sign(z));
    let density = bell.mul(V::splat(0.398_942_3));
    (z.mul(cumulative), z.mul_add(density, cumulative))
}

/// `2^x` for results that are rounded to bfloat16: relative error below 1e-5 for −125 ≤ x ≤ 127, 0 below −150.
#[inline(always)]
pub fn power_of_two_short<V: Vector>(x: V) -> V {
    // 2^x = 2^n · 2^r, |r| ≤ 1/2; the polynomial is the one of least greatest relative error (4e-6) of degree 4.
    let x = V::splat(-151.0).max(x);
    let n = x.round();
    let r = x.sub(n);
    let mut sum = V::splat(0.009_569_907);
    for coefficient in [0.055_917_336, 0.240_247_45, 0.693_121_9, 0.999_999_3] {
        sum = sum.mul_add(r, V::splat(coefficient));
    }
    sum.scale_by_power(n)
}

/// Segments of |z| in the tables of [`gelu_short`]: a third wide, centred on multiples of it.
const SEGMENTS_PER_UNIT: f32 = 3.0;
/// From here on GELU is z or 0: both polynomials of the last segment vanish there.
const TAIL_END: f32 = 5.1;
/// Added to a small number, it leaves the nearest integer in the lowest bits of the sum's representation.
const NEAREST: f32 = 12_582_912.0;

/// −Φ(−t) by segments, from the constant term up, fitted towards least greatest error, which is 6.5e-5.
#[rustfmt::skip]
const TAIL: [[f32; LANES]; 3] = [
    [
        -0.500_009_54, -0.501_782_24, -0.512_029_9, -0.521_040_3, -0.504_175_3, -0.444_724_86,
        -0.348_436_62, -0.239_673_24, -0.144_198_95, -0.075_885_25, -0.034_984_596, -0.014_158_155,
        -0.005_040_211, -0.001_581_398_7, -0.000_438_059_36, -0.000_197_015_3,
    ],
    [
        0.399_971_93, 0.417_805_37, 0.459_765_76, 0.482_796_2, 0.454_993_43, 0.376_232_48,
        0.271_135_2, 0.170_395_64, 0.093_638_94, 0.045_135_21, 0.019_136_747, 0.007_154_479,
        0.002_363_413, 0.000_691_033_26, 0.000_179_092_69, 7.650458e-5,
    ],
    [
        -0.016_529_163, -0.062_374_197, -0.105_699_3, -0.120_413_15, -0.108_953_99, -0.082_843_17,
        -0.054_145_77, -0.030_807_687, -0.015_375_134, -0.006_763_293, -0.002_630_995_6, -0.000_907_263_4,
        -0.000_277_816, -7.564279e-5, -1.8332074e-5, -7.4263e-6,
    ],
];

/// GELU′(−t) = Φ(−t) − t φ(t) in the same way; greatest error 1.2e-5.
#[rustfmt::skip]
const SLOPE: [[f32; LANES]; 4] = [
    [
        0.500_000_2, 0.500_695_35, 0.520_447_6, 0.598_554_97, 0.691_049_9, 0.626_799_2,
        0.280_546_25, -0.243_760_94, -0.680_308_6, -0.838_281_7, -0.727_751_3, -0.494_318_8,
        -0.273_999_66, -0.126_855_91, -0.049_775_645, 0.227_874_7,
    ],
    [
        -0.797_910_33, -0.806_996_5, -0.920_021_95, -1.200_895_9, -1.445_313_9, -1.324_984_1,
        -0.762_151_84, -0.034_377_743, 0.493_817_06, 0.664_574_4, 0.561_323_94, 0.361_239_9,
        0.188_284_68, 0.081_859_365, 0.030_193_75, -0.137_547_39,
    ],
    [
        0.000_670_039_9, 0.040_358_987, 0.259_310_57, 0.598_188_16, 0.814_068_56, 0.739_170_5,
        0.433_823_62, 0.096_766_42, -0.116_406_39, -0.177_945_64, -0.145_789_27, -0.088_601_805,
        -0.043_330_118, -0.017_665_397, -0.006_119_438, 0.027_656_576,
    ],
    [
        0.261_214_76, 0.201_811_95, 0.058_015_347, -0.079_155_006, -0.142_874_35, -0.127_386_4,
        -0.072_096_64, -0.020_012_73, 0.008_684_389, 0.016_078_655, 0.012_739_698, 0.007_289_325,
        0.003_338_115_3, 0.001_274_563_7, 0.000_414_308_83, -0.001_852_459_2,
    ],
];

/// As [`gelu`] for results that are rounded to bfloat16: absolute error below 6e-5 × max(1, |z|). A polynomial for each
/// of sixteen segments, whose coefficients are picked out of registers.
#[inline(always)]
pub fn gelu_short<V: Vector>(z: V) -> (V, V) {
    let size = z.abs();
    let t = V::splat(TAIL_END).min(size);
    let segment = t.mul_add(V::splat(SEGMENTS_PER_UNIT), V::splat(NEAREST));
    macro_rules! polynomial {
        ($table:ident, $degree:expr) => {{
            let mut sum = segment.pick(&$table[$degree]);
            for coefficients in $table[..$degree].iter().rev() {
                sum = sum.mul_add(t, segment.pick(coefficients));
            }
            sum
        }};
    }
    let (tail, slope) = (polynomial!(TAIL, 2), polynomial!(SLOPE, 3));
    let zero = V::splat(0.0);
    // GELU(z) = max(z, 0) − |z| Φ(−|z|), and GELU′(z) = 1 − GELU′(−z).
    let value = size.mul_add(tail, z.max(zero));
    let positive = z.at_least(zero);
    (value, V::splat(1.0).sub(slope).select(positive, slope))
}

#[cfg(test)]
mod tests {
    use super::super::vector::Isa;
    use super::*;
    use crate::kernel;

    kernel! { fn exp_all<V>(values: &mut [f32]) {
        for chunk in values.chunks_exact_mut(16) {
            // SAFETY: 16 values.
            unsafe { exp(V::load(chunk.as_ptr())).store(chunk.as_mut_ptr()) }
        }
    } }
    kernel! { fn exp_short_all<V>(values: &mut [f32]) {
        for chunk in values.chunks_exact_mut(16) {
            // SAFETY: 16 values.
            unsafe { power_of_two_short(V::load(chunk.as_ptr()).mul(V::splat(std::f32::consts::LOG2_E))).store(chunk.as_mut_ptr()) }
        }
    } }
    kernel! { fn gelu_short_all<V>(values: &mut [f32], derivatives: &mut [f32]) {
        for (chunk, derivative) in values.chunks_exact_mut(16).zip(derivatives.chunks_exact_mut(16)) {
            // SAFETY: 16 values.
            unsafe {
                let (value, slope) = gelu_short(V::load(chunk.as_ptr()));
                value.store(chunk.as_mut_ptr());
                slope.store(derivative.as_mut_ptr());
            }
        }
    } }
    kernel! { fn gelu_all<V>(values: &mut [f32], derivatives: &mut [f32]) {
        for (chunk, derivative) in values.chunks_exact_mut(16).zip(derivatives.chunks_exact_mut(16)) {
            // SAFETY: 16 values.
            unsafe {
                let (value, slope) = gelu(V::load(chunk.as_ptr()));
                value.store(chunk.as_mut_ptr());
                slope.store(derivative.as_mut_ptr());
            }
        }
    } }

    #[test]
    fn exp_is_accurate() {
        for isa in Isa::available() {
            let inputs: Vec<f32> = (0..32_000).map(|i| -87.0 + i as f32 * (175.0 / 32_000.0)).collect();
            let mut values = inputs.clone();
            exp_all(isa, &mut values);
            for (x, y) in inputs.iter().zip(values) {
                let expected = f64::from(*x).exp();
                assert!(
                    (f64::from(y) - expected).abs() <= 2.5e-7 * expected,
                    "{}: exp({x}) = {y}",
                    isa.name()
                );
            }
            let mut edges = [-1e30f32, -200.0, -104.0, f32::NEG_INFINITY, 0.0, 100.0, 88.0, -0.0].repeat(2);
            exp_all(isa, &mut edges);
            assert_eq!(edges[..5], [0.0, 0.0, 0.0, 0.0, 1.0]);
            assert!(edges[5] > 3e38);
        }
    }

    #[test]
    fn short_exp_is_accurate_enough_for_bf16() {
        for isa in Isa::available() {
            let inputs: Vec<f32> = (0..32_000).map(|i| -87.0 + i as f32 * (175.0 / 32_000.0)).collect();
            let mut values = inputs.clone();
            exp_short_all(isa, &mut values);
            for (x, y) in inputs.iter().zip(values) {
                let expected = f64::from(*x).exp();
                let error = (f64::from(y) - expected).abs();
                assert!(error <= 1e-5 * expected, "{}: exp({x}) = {y}", isa.name());
            }
            let mut edges = [-1e30f32, f32::NEG_INFINITY, -104.0, f32::NAN].repeat(4);
            exp_short_all(isa, &mut edges);
            assert_eq!(edges[..3], [0.0, 0.0, 0.0]);
            assert!(edges[3].is_nan());
        }
    }

    /// erf by Simpson's rule, in f64.
    fn erf(x: f64) -> f64 {
        let (steps, bell) = (2_000, |t: f64| (-t * t).exp());
        let width = x / f64::from(steps);
        let inner: f64 = (1..steps)
            .map(|i| f64::from(2 + 2 * (i % 2)) * bell(width * f64::from(i)))
            .sum();
        (bell(0.0) + inner + bell(x)) * width / 3.0 * 2.0 / std::f64::consts::PI.sqrt()
    }

    fn check_gelu(isa: Isa, run: fn(Isa, &mut [f32], &mut [f32]), error: f64) {
        let inputs: Vec<f32> = (0..640).map(|i| -10.0 + i as f32 * (20.0 / 640.0)).collect();
        let (mut values, mut slopes) = (inputs.clone(), inputs.clone());
        run(isa, &mut values, &mut slopes);
        for (i, &z) in inputs.iter().enumerate() {
            let z = f64::from(z);
            let cumulative = 0.5 * (1.0 + erf(z / 2f64.sqrt()));
            let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
            let bound = error * z.abs().max(1.0);
            let (value, slope) = (f64::from(values[i]), f64::from(slopes[i]));
            assert!((value - z * cumulative).abs() < bound, "{} gelu({z})", isa.name());
            assert!(
                (slope - cumulative - z * density).abs() < bound,
                "{} gelu'({z})",
                isa.name()
            );
        }
    }

    #[test]
    fn gelu_and_its_derivative_are_accurate() {
        for isa in Isa::available() {
            check_gelu(isa, gelu_all, 3e-7);
            check_gelu(isa, gelu_short_all, 6e-5);
        }
    }
}
