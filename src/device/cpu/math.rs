//! Exponential and GELU on sixteen lanes.

use super::vector::Vector;

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

/// `e^x` for results that are rounded to bfloat16: relative error below 1e-5 for −87 ≤ x ≤ 88, 0 below −104.
#[inline(always)]
pub fn exp_short<V: Vector>(x: V) -> V {
    // e^x = 2^n · 2^r, |r| ≤ 1/2; the polynomial is the one of least greatest relative error (4e-6) of degree 4.
    let x = V::splat(-104.0).max(x);
    let n = x.mul(V::splat(std::f32::consts::LOG2_E)).round();
    let r = x.mul_add(V::splat(std::f32::consts::LOG2_E), n.mul(V::splat(-1.0)));
    let mut sum = V::splat(0.009_569_907);
    for coefficient in [0.055_917_336, 0.240_247_45, 0.693_121_9, 0.999_999_3] {
        sum = sum.mul_add(r, V::splat(coefficient));
    }
    sum.scale_by_power(n)
}

/// As [`gelu`] for results that are rounded to bfloat16: absolute error below 6e-5 × max(1, |z|). Formula 7.1.25 of
/// Abramowitz and Stegun (error 2.5e-5).
#[inline(always)]
pub fn gelu_short<V: Vector>(z: V) -> (V, V) {
    let one = V::splat(1.0);
    let size = z.abs();
    let bell = exp_short(size.mul(size).mul(V::splat(-0.5)));
    let t = size
        .mul_add(V::splat(0.470_47 * std::f32::consts::FRAC_1_SQRT_2), one)
        .reciprocal();
    let mut sum = V::splat(0.5 * 0.747_855_6);
    for coefficient in [0.5 * -0.095_879_8, 0.5 * 0.348_024_2] {
        sum = sum.mul_add(t, V::splat(coefficient));
    }
    let tail = sum.mul(t).mul(bell);
    let half = V::splat(0.5);
    let cumulative = half.add(half.sub(tail).copy_sign(z));
    let density = bell.mul(V::splat(0.398_942_3));
    (z.mul(cumulative), z.mul_add(density, cumulative))
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
            unsafe { exp_short(V::load(chunk.as_ptr())).store(chunk.as_mut_ptr()) }
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
