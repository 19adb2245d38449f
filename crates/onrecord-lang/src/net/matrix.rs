//! Products of matrices and the functions of neurons, on `f32` in row-major order.
//!
//! The order of additions does not depend on the width of the machine's registers, products are added with one rounding, and eˣ is a polynomial
//! of ours: all machines that multiply and add in one step (x86-64-v3, ARMv8) get the same bits, which is what makes a model of the same data
//! the same model anywhere. Older machines round twice.

// Within `dispatch`, iterators that may panic are not compiled for the machine's wide registers: the compiler does not inline them there.
#![allow(clippy::needless_range_loop, clippy::manual_clamp, reason = "see above")]

use pulp::{Arch, Simd, WithSimd};

/// Adds `a`·`b` to `c`; `a` has `inner` columns, `b` and `c` have `columns`.
pub(crate) fn add_product(c: &mut [f32], a: &[f32], b: &[f32], inner: usize, columns: usize) {
    if inner > 0 && columns > 0 {
        Arch::new().dispatch(Product { c, a, b, inner, columns });
    }
}

/// Adds the first of `bytes`, times `scale`, to the numbers of `sum`.
pub(crate) fn add_bytes(sum: &mut [f32], bytes: &[i8], scale: f32) {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (sum, byte) in sum.iter_mut().zip(bytes) {
                *sum += scale * f32::from(*byte);
            }
        },
    );
}

struct Product<'a> {
    c: &'a mut [f32],
    a: &'a [f32],
    b: &'a [f32],
    inner: usize,
    columns: usize,
}

/// Rows that are worked on at once: with two registers of columns, or four wide ones, they fill most of the machine's registers.
const ROWS: usize = 6;
/// Numbers of a register on machines that have twice as many registers as others.
const WIDE: usize = 16;

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { c, a, b, inner, columns } = self;
        let (c, a) = blocks::<S, ROWS>(simd, c, a, b, [inner, columns]);
        let (c, a) = blocks::<S, 2>(simd, c, a, b, [inner, columns]);
        blocks::<S, 1>(simd, c, a, b, [inner, columns]);
    }
}

/// Works on `R` rows at once as long as there are as many. Returns the rows that are left.
#[inline(always)]
fn blocks<'a, S: Simd, const R: usize>(
    simd: S,
    c: &'a mut [f32],
    a: &'a [f32],
    b: &[f32],
    [inner, columns]: [usize; 2],
) -> (&'a mut [f32], &'a [f32]) {
    let count = c.len() / (R * columns);
    let (now, rest) = c.split_at_mut(count * R * columns);
    let (sources, rest_sources) = a.split_at(count * R * inner);
    for (c, a) in now.chunks_exact_mut(R * columns).zip(sources.chunks_exact(R * inner)) {
        rows::<S, R>(simd, c, a, b, columns);
    }
    (rest, rest_sources)
}

#[inline(always)]
fn rows<S: Simd, const R: usize>(simd: S, c: &mut [f32], a: &[f32], b: &[f32], columns: usize) {
    let inner = a.len() / R;
    let mut factors = [a; R];
    for (r, factors) in factors.iter_mut().enumerate() {
        *factors = &a[r * inner..][..inner];
    }
    let mut at = 0;
    if S::F32_LANES >= WIDE {
        while at + 4 * S::F32_LANES <= columns {
            strip::<S, R, 4>(simd, c, factors, b, columns, at);
            at += 4 * S::F32_LANES;
        }
    }
    while at + 2 * S::F32_LANES <= columns {
        strip::<S, R, 2>(simd, c, factors, b, columns, at);
        at += 2 * S::F32_LANES;
    }
    while at + S::F32_LANES <= columns {
        strip::<S, R, 1>(simd, c, factors, b, columns, at);
        at += S::F32_LANES;
    }
    if at < columns {
        edge::<S, R>(simd, c, factors, b, columns, at);
    }
}

/// `V` registers of columns from `at` on.
#[inline(always)]
fn strip<S: Simd, const R: usize, const V: usize>(
    simd: S,
    c: &mut [f32],
    factors: [&[f32]; R],
    b: &[f32],
    columns: usize,
    at: usize,
) {
    let mut sums = [[simd.splat_f32s(0.0); V]; R];
    for step in 0..factors[0].len() {
        let Some(numbers) = b.get(step * columns + at..).and_then(|row| row.get(..V * S::F32_LANES)) else { return };
        let Some(numbers) = S::as_simd_f32s(numbers).0.first_chunk::<V>() else { return };
        for r in 0..R {
            let factor = simd.splat_f32s(factors[r][step]);
            for v in 0..V {
                sums[r][v] = fused(simd, factor, numbers[v], sums[r][v]);
            }
        }
    }
    for r in 0..R {
        let Some(target) = c.get_mut(r * columns + at..) else { return };
        let Some(target) = S::as_mut_simd_f32s(target).0.first_chunk_mut::<V>() else { return };
        for v in 0..V {
            target[v] = simd.add_f32s(target[v], sums[r][v]);
        }
    }
}

/// `a`·`b` + `c`, rounded once where the machine can.
#[inline(always)]
fn fused<S: Simd>(simd: S, a: S::f32s, b: S::f32s, c: S::f32s) -> S::f32s {
    // Without an instruction for it, rounding once is a hundred times slower than rounding twice.
    if S::F32_LANES == 1 { simd.add_f32s(simd.mul_f32s(a, b), c) } else { simd.mul_add_f32s(a, b, c) }
}

/// The last columns, fewer than a register has room for.
#[inline(always)]
fn edge<S: Simd, const R: usize>(simd: S, c: &mut [f32], factors: [&[f32]; R], b: &[f32], columns: usize, at: usize) {
    let mut sums = [simd.splat_f32s(0.0); R];
    for step in 0..factors[0].len() {
        let Some(numbers) = b.get(step * columns + at..(step + 1) * columns) else { return };
        let numbers = simd.partial_load_f32s(numbers);
        for r in 0..R {
            sums[r] = fused(simd, simd.splat_f32s(factors[r][step]), numbers, sums[r]);
        }
    }
    for r in 0..R {
        let Some(target) = c.get_mut(r * columns + at..(r + 1) * columns) else { return };
        let sum = simd.add_f32s(simd.partial_load_f32s(target), sums[r]);
        simd.partial_store_f32s(target, sum);
    }
}

/// The matrix with its rows as columns.
pub(crate) fn transposed(matrix: &[f32], columns: usize) -> Vec<f32> {
    let rows = matrix.len() / columns.max(1);
    let mut transposed = vec![0.0; matrix.len()];
    for (r, row) in matrix.chunks_exact(columns.max(1)).enumerate() {
        for (c, number) in row.iter().enumerate() {
            transposed[c * rows + r] = *number;
        }
    }
    transposed
}

/// eˣ to about six digits, by the polynomial of the Cephes library (Moshier 1992).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    /// Added to a small number, leaves its nearest whole number in the low bits: 1.5 · 2²³.
    const ROUND: f32 = 12_582_912.0;
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = x.max(-80.0).min(80.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    let r = x - n * LN2_HIGH - n * LN2_LOW;
    let p = 1.987_569_1e-4_f32;
    let p = p * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 0.166_666_66;
    let p = p * r + 0.5;
    let fraction = p * r * r + r + 1.0;
    // The whole part goes into the exponent; all other bits of ROUND are shifted out.
    fraction * f32::from_bits((rounded.to_bits() << 23).wrapping_add(0x3F80_0000))
}

/// The logistic function.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    2.0 / (1.0 + exp(-2.0 * x)) - 1.0
}

/// Probabilities that add up to 1, of scores in the first `classes` of `row`; the rest of it is padding and becomes nought.
pub(crate) fn softmax(row: &mut [f32], classes: usize) {
    let (scores, padding) = row.split_at_mut(classes);
    let top = highest(scores);
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for score in scores.iter_mut() {
                *score = exp(*score - top);
            }
            // One after the other: in another order they are rounded to another sum.
            let sum: f32 = scores.iter().sum();
            for score in scores.iter_mut() {
                *score /= sum;
            }
        },
    );
    padding.fill(0.0);
}

/// The class with the highest score, the first of equals.
pub(crate) fn best(scores: &[f32]) -> u8 {
    let top = highest(scores);
    (0_u8..).zip(scores).find(|(_, score)| **score == top).map_or(0, |(class, _)| class)
}

/// The highest score, several looked at at once.
fn highest(scores: &[f32]) -> f32 {
    let (lanes, rest) = scores.as_chunks::<8>();
    let higher = |a: f32, b: f32| if b > a { b } else { a };
    let tops = lanes.iter().fold([f32::MIN; 8], |tops, lane| std::array::from_fn(|at| higher(tops[at], lane[at])));
    tops.iter().chain(rest).copied().fold(f32::MIN, higher)
}

/// Cuts off what is below nought.
pub(crate) fn relu(numbers: &mut [f32]) {
    numbers.iter_mut().for_each(|number| *number = number.max(0.0));
}

#[cfg(test)]
mod tests {
    use super::{add_product, exp, sigmoid, softmax, tanh, transposed};

    #[test]
    fn products_are_those_of_the_definition() {
        for (rows, inner, columns) in [(1, 1, 1), (5, 3, 43), (9, 17, 8), (4, 2, 70)] {
            let number = |seed: usize| ((seed * 7919) % 23) as f32 - 11.0;
            let a: Vec<f32> = (0..rows * inner).map(number).collect();
            let b: Vec<f32> = (0..inner * columns).map(|at| number(at + 5)).collect();
            let mut c = vec![1.0; rows * columns];
            add_product(&mut c, &a, &b, inner, columns);
            for row in 0..rows {
                for column in 0..columns {
                    let sum: f32 = (0..inner).map(|at| a[row * inner + at] * b[at * columns + column]).sum();
                    assert_eq!(c[row * columns + column].to_bits(), (1.0 + sum).to_bits());
                }
            }
        }
    }

    #[test]
    fn a_matrix_is_transposed() {
        assert_eq!(transposed(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    }

    #[test]
    fn functions_are_close_to_those_of_the_library() {
        for step in -400..400_i16 {
            let x = f32::from(step) / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 2e-6, "{x}");
            assert!((tanh(x) - x.tanh()).abs() < 1e-6, "{x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-6, "{x}");
        }
        let mut row = [1.0, 1.0, 7.0];
        softmax(&mut row, 2);
        assert_eq!(row, [0.5, 0.5, 0.0]);
    }
}
