//! Contexts: how results are rounded and what is told of it (General Decimal Arithmetic; details after libmpdec, which CPython
//! uses).

use super::coefficient::{Coefficient, Rest};
use super::number::{Kind, Number};

pub const MAX_PREC: i64 = 999_999_999_999_999_999;
pub const MAX_EMAX: i64 = MAX_PREC;
pub const MIN_EMIN: i64 = -MAX_PREC;

pub const INVALID_OPERATION: u16 = 1;
pub const CONVERSION_SYNTAX: u16 = 1 << 1;
pub const DIVISION_IMPOSSIBLE: u16 = 1 << 2;
pub const DIVISION_UNDEFINED: u16 = 1 << 3;
pub const INVALID_CONTEXT: u16 = 1 << 4;
pub const FLOAT_OPERATION: u16 = 1 << 5;
pub const DIVISION_BY_ZERO: u16 = 1 << 6;
pub const OVERFLOW: u16 = 1 << 7;
pub const UNDERFLOW: u16 = 1 << 8;
pub const SUBNORMAL: u16 = 1 << 9;
pub const INEXACT: u16 = 1 << 10;
pub const ROUNDED: u16 = 1 << 11;
pub const CLAMPED: u16 = 1 << 12;
/// No signal: a result of more digits than memory is asked for.
pub const TOO_LONG: u16 = 1 << 15;
/// The zeros or nines that a context may add to a result.
const MOST_ADDED: i64 = 1 << 20;
/// All that the signal `InvalidOperation` stands for.
pub const ANY_INVALID: u16 =
    INVALID_OPERATION | CONVERSION_SYNTAX | DIVISION_IMPOSSIBLE | DIVISION_UNDEFINED | INVALID_CONTEXT;
pub const ERRORS: u16 = ANY_INVALID | DIVISION_BY_ZERO;

/// The signals that a context keeps and traps, in CPython's order.
pub const SIGNALS: [(&str, u16); 9] = [
    ("InvalidOperation", ANY_INVALID),
    ("FloatOperation", FLOAT_OPERATION),
    ("DivisionByZero", DIVISION_BY_ZERO),
    ("Overflow", OVERFLOW),
    ("Underflow", UNDERFLOW),
    ("Subnormal", SUBNORMAL),
    ("Inexact", INEXACT),
    ("Rounded", ROUNDED),
    ("Clamped", CLAMPED),
];

/// The conditions behind `InvalidOperation`.
pub const CONDITIONS: [(&str, u16); 5] = [
    ("InvalidOperation", INVALID_OPERATION),
    ("ConversionSyntax", CONVERSION_SYNTAX),
    ("DivisionImpossible", DIVISION_IMPOSSIBLE),
    ("DivisionUndefined", DIVISION_UNDEFINED),
    ("InvalidContext", INVALID_CONTEXT),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    Up,
    Down,
    Ceiling,
    Floor,
    HalfUp,
    HalfDown,
    HalfEven,
    ZeroFiveUp,
}

pub const ROUNDINGS: [(&str, Rounding); 8] = [
    ("ROUND_CEILING", Rounding::Ceiling),
    ("ROUND_FLOOR", Rounding::Floor),
    ("ROUND_UP", Rounding::Up),
    ("ROUND_DOWN", Rounding::Down),
    ("ROUND_HALF_UP", Rounding::HalfUp),
    ("ROUND_HALF_DOWN", Rounding::HalfDown),
    ("ROUND_HALF_EVEN", Rounding::HalfEven),
    ("ROUND_05UP", Rounding::ZeroFiveUp),
];

impl Rounding {
    pub fn name(self) -> &'static str {
        ROUNDINGS.iter().find(|row| row.1 == self).map_or("", |row| row.0)
    }

    /// Is a coefficient that lost `rest` made larger by one?
    fn increases(self, negative: bool, kept: &Coefficient, rest: Rest) -> bool {
        rest != Rest::Zero
            && match self {
                Rounding::Up => true,
                Rounding::Down => false,
                Rounding::Ceiling => !negative,
                Rounding::Floor => negative,
                Rounding::HalfUp => rest >= Rest::Half,
                Rounding::HalfDown => rest > Rest::Half,
                Rounding::HalfEven => rest > Rest::Half || rest == Rest::Half && kept.is_odd(),
                Rounding::ZeroFiveUp => kept.last_digit().is_multiple_of(5),
            }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    pub prec: i64,
    pub rounding: Rounding,
    pub emin: i64,
    pub emax: i64,
    pub capitals: bool,
    pub clamp: bool,
    pub traps: u16,
    pub status: u16,
}

impl Context {
    pub const DEFAULT: Context = Context {
        prec: 28,
        rounding: Rounding::HalfEven,
        emin: -999_999,
        emax: 999_999,
        capitals: true,
        clamp: false,
        traps: ANY_INVALID | DIVISION_BY_ZERO | OVERFLOW,
        status: 0,
    };
    pub const BASIC: Context = Context {
        prec: 9,
        rounding: Rounding::HalfUp,
        traps: ANY_INVALID | DIVISION_BY_ZERO | OVERFLOW | UNDERFLOW | CLAMPED,
        ..Context::DEFAULT
    };
    pub const EXTENDED: Context = Context {
        prec: 9,
        traps: 0,
        ..Context::DEFAULT
    };
    /// Wide enough for anything exact.
    pub const LARGEST: Context = Context {
        prec: MAX_PREC,
        emin: MIN_EMIN,
        emax: MAX_EMAX,
        traps: 0,
        ..Context::DEFAULT
    };

    /// The exponent of the smallest subnormal.
    pub fn etiny(&self) -> i64 {
        self.emin - (self.prec - 1)
    }

    /// The largest exponent of a number of full length.
    pub fn etop(&self) -> i64 {
        self.emax - (self.prec - 1)
    }
}

/// A computation: the context it is done in, and what it meets.
pub struct Work {
    pub context: Context,
    pub status: u16,
}

impl Work {
    pub fn new(context: Context) -> Self {
        Work { context, status: 0 }
    }

    /// A computation on the way to another's result, whose flags do not count.
    pub fn within(&self, prec: i64) -> Work {
        Work::new(Context {
            prec,
            rounding: Rounding::HalfEven,
            clamp: false,
            ..self.context
        })
    }

    /// NaN, for what cannot be computed.
    pub fn fail(&mut self, condition: u16) -> Number {
        self.status |= condition;
        Number::special(Kind::Quiet, false)
    }

    /// Cuts so many digits off a coefficient and rounds what is left.
    pub fn shift_rounded(&mut self, number: &mut Number, digits: i64) -> Rest {
        let (mut kept, rest) = number.coefficient.cut(digits);
        if self.context.rounding.increases(number.negative, &kept, rest) {
            kept = kept.plus(&Coefficient::ONE);
        }
        number.coefficient = kept;
        rest
    }

    /// The result as the context allows it.
    pub fn finish(&mut self, mut number: Number) -> Number {
        match number.kind {
            Kind::Infinite => {}
            Kind::Quiet | Kind::Signaling => {
                let room = self.context.prec - i64::from(self.context.clamp);
                if number.coefficient.digits() > room {
                    number.coefficient = number.coefficient.low_digits(room);
                }
            }
            Kind::Finite => {
                self.fit_exponent(&mut number);
                if number.kind == Kind::Finite {
                    self.fit_precision(&mut number);
                }
            }
        }
        number
    }

    fn fit_precision(&mut self, number: &mut Number) {
        let surplus = number.coefficient.digits() - self.context.prec;
        if surplus <= 0 {
            return;
        }
        let rest = self.shift_rounded(number, surplus);
        number.exponent += surplus;
        if number.coefficient.digits() > self.context.prec {
            // 999 became 1000.
            number.coefficient = number.coefficient.cut(1).0;
            number.exponent += 1;
            self.fit_exponent(number);
        }
        self.status |= ROUNDED;
        if rest != Rest::Zero {
            self.status |= INEXACT;
        }
    }

    fn fit_exponent(&mut self, number: &mut Number) {
        let context = self.context;
        let adjusted = number.adjusted();
        let zero = number.coefficient.is_zero();
        if adjusted > context.emax {
            if zero {
                number.exponent = if context.clamp { context.etop() } else { context.emax };
                self.status |= CLAMPED;
                return;
            }
            let infinite = match context.rounding {
                Rounding::HalfUp | Rounding::HalfEven | Rounding::HalfDown | Rounding::Up => true,
                Rounding::Down | Rounding::ZeroFiveUp => false,
                Rounding::Ceiling => !number.negative,
                Rounding::Floor => number.negative,
            };
            if !infinite && context.prec > MOST_ADDED {
                self.status |= TOO_LONG;
            } else if infinite {
                *number = Number::special(Kind::Infinite, number.negative);
            } else {
                number.coefficient = Coefficient::ONE.raised(context.prec).minus(&Coefficient::ONE);
                number.exponent = context.etop();
            }
            self.status |= OVERFLOW | INEXACT | ROUNDED;
        } else if context.clamp && number.exponent > context.etop() {
            let shift = number.exponent - context.etop();
            if shift > MOST_ADDED {
                self.status |= TOO_LONG;
                return;
            }
            number.coefficient = number.coefficient.raised(shift);
            number.exponent -= shift;
            self.status |= CLAMPED;
            if !zero && adjusted < context.emin {
                self.status |= SUBNORMAL;
            }
        } else if adjusted < context.emin {
            let etiny = context.etiny();
            if zero {
                if number.exponent < etiny {
                    number.exponent = etiny;
                    self.status |= CLAMPED;
                }
                return;
            }
            self.status |= SUBNORMAL;
            if number.exponent < etiny {
                let rest = self.shift_rounded(number, etiny - number.exponent);
                number.exponent = etiny;
                self.status |= ROUNDED;
                if rest != Rest::Zero {
                    self.status |= INEXACT | UNDERFLOW;
                    if number.coefficient.is_zero() {
                        self.status |= CLAMPED;
                    }
                }
            }
        }
    }
}
