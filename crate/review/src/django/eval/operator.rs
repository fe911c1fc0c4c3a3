//! Operators on values: each way that the operands may be is followed.

use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::{CmpOp, Expr, ExprCompare, Operator, UnaryOp};

use super::statement::Truth;
use super::value::MOST;
use super::{Cause, Datum, Dict, Frame, Interpreter, Kind, List, Loc, Value};

/// Octets that a text may have.
const LONGEST: usize = 100_000;

/// Whether a value is true.
pub(super) fn truth(value: &Value) -> Truth {
    let mut known = value.options.iter().map(|option| option.datum.truth());
    let first = known.next().flatten();
    let known = first.filter(|_| known.all(|other| other == first));
    Truth { known, depends: value.depends.clone() }
}

/// A truth as a value.
pub(super) fn boolean(known: Option<bool>, depends: BTreeSet<Cause>, at: Loc) -> Value {
    let datum = match known {
        Some(known) => Datum::Bool(known),
        None => {
            let cause = depends.iter().next().cloned();
            Datum::Unknown(cause.unwrap_or_else(|| Cause::code("a condition", at)))
        }
    };
    Value { depends, ..Value::of(datum, at) }
}

/// Why a value is not one known thing of the kind that is wanted.
pub(super) fn reason(value: &Value, what: &str, at: Loc) -> Cause {
    let cause = value.cause().or_else(|| value.depends.iter().next());
    cause.cloned().unwrap_or_else(|| Cause::code(what, at))
}

/// A datum as `str()` writes it.
pub(super) fn shown(datum: &Datum) -> Option<String> {
    Some(match datum {
        Datum::Str(text) => text.to_string(),
        Datum::Int(number) => number.to_string(),
        Datum::Bool(true) => "True".to_owned(),
        Datum::Bool(false) => "False".to_owned(),
        Datum::None => "None".to_owned(),
        _ => return None,
    })
}

/// `-a`, `+a`, `~a`
pub(super) fn unary(value: &Value, op: UnaryOp, at: Loc) -> Value {
    each(value, at, |datum| {
        Some(match (op, datum) {
            (UnaryOp::USub, Datum::Int(number)) => Datum::Int(number.checked_neg()?),
            (UnaryOp::USub, Datum::Float(number)) => Datum::Float(-number),
            (UnaryOp::UAdd, Datum::Int(_) | Datum::Float(_)) => datum.clone(),
            (UnaryOp::Invert, Datum::Int(number)) => Datum::Int(!number),
            _ => return None,
        })
    })
}

/// Follows each way that a value may be; what is not known stays so with its reason.
pub(super) fn each(value: &Value, at: Loc, f: impl Fn(&Datum) -> Option<Datum>) -> Value {
    let mut result: Option<Value> = None;
    for option in &value.options {
        let datum = match &option.datum {
            Datum::Unknown(cause) => Datum::Unknown(cause.clone()),
            known => f(known).unwrap_or_else(|| Datum::Unknown(Cause::code("an expression", at))),
        };
        let one = Value::of(datum, at);
        result = Some(match result {
            Some(before) => before.joined(&one),
            None => one,
        });
    }
    result.unwrap_or_else(|| Value::of(Datum::None, at)).depending(&value.depends)
}

impl<'a> Interpreter<'a> {
    /// `a + b` and its like; in place (`a += b`) a list takes any sequence.
    pub(super) fn binary(
        &mut self,
        left: &Value,
        op: Operator,
        right: &Value,
        at: Loc,
        in_place: bool,
    ) -> Value {
        let mut result: Option<Value> = None;
        for a in &left.options {
            for b in &right.options {
                let datum = self.operate(&a.datum, op, &b.datum, at, in_place);
                let one = Value::of(datum, at);
                result = Some(match result {
                    Some(before) => before.joined(&one),
                    None => one,
                });
            }
        }
        let result = result.unwrap_or_else(|| Value::of(Datum::None, at));
        result.depending(&left.depends).depending(&right.depends)
    }

    fn operate(&mut self, a: &Datum, op: Operator, b: &Datum, at: Loc, in_place: bool) -> Datum {
        let unknown = || Datum::Unknown(Cause::code("an expression", at));
        let number = |number: Option<i64>| number.map_or_else(unknown, Datum::Int);
        match (a, op, b) {
            (Datum::List(a), Operator::Add, Datum::List(b))
                if a.kind == b.kind || in_place && a.kind == Kind::List =>
            {
                if !self.work(a.items.len() + b.items.len()) {
                    return unknown();
                }
                let items = a.items.iter().chain(b.items.iter()).cloned().collect();
                Datum::List(List::new(a.kind, items, a.open.clone().or_else(|| b.open.clone())))
            }
            // One part of a list is known: what it has, it has in any case.
            (Datum::List(known), Operator::Add, Datum::Unknown(cause))
            | (Datum::Unknown(cause), Operator::Add, Datum::List(known)) => {
                Datum::List(List { open: Some(cause.clone()), ..known.clone() })
            }
            (Datum::Unknown(cause), _, _) | (_, _, Datum::Unknown(cause)) => Datum::Unknown(cause.clone()),
            (Datum::Str(a), Operator::Add, Datum::Str(b)) if a.len() + b.len() <= LONGEST => {
                self.work((a.len() + b.len()) / 16);
                Datum::text(&[&**a, &**b].concat())
            }
            (Datum::Str(text), Operator::Mod, argument) => {
                super::text::percent(text, argument).map_or_else(unknown, |text| Datum::text(&text))
            }
            (Datum::Int(a), Operator::Add, Datum::Int(b)) => number(a.checked_add(*b)),
            (Datum::Int(a), Operator::Sub, Datum::Int(b)) => number(a.checked_sub(*b)),
            (Datum::Int(a), Operator::Mult, Datum::Int(b)) => number(a.checked_mul(*b)),
            (Datum::Int(a), Operator::FloorDiv, Datum::Int(b)) if *b > 0 => number(a.checked_div_euclid(*b)),
            (Datum::Int(a), Operator::Mod, Datum::Int(b)) if *b > 0 => number(a.checked_rem_euclid(*b)),
            (Datum::Int(a), Operator::Pow, Datum::Int(b)) => {
                number(u32::try_from(*b).ok().and_then(|power| a.checked_pow(power)))
            }
            (Datum::Dict(a), Operator::BitOr, Datum::Dict(b)) => {
                self.work(a.pairs.len() + b.pairs.len());
                let pairs = a.pairs.iter().chain(&b.pairs).cloned().collect();
                Datum::Dict(Rc::new(Dict::new(pairs, a.open.clone().or_else(|| b.open.clone()))))
            }
            (Datum::List(a), Operator::BitOr, Datum::List(b))
                if a.kind == Kind::Set && b.kind == Kind::Set =>
            {
                self.work(a.items.len() + b.items.len());
                let items = a.items.iter().chain(b.items.iter()).cloned().collect();
                Datum::List(List::new(Kind::Set, items, a.open.clone().or_else(|| b.open.clone())))
            }
            // A path and its parts.
            (Datum::Thing, Operator::Div, _) | (_, Operator::Div, Datum::Thing) => Datum::Thing,
            _ => unknown(),
        }
    }

    /// `a < b < c`: known where every part is.
    pub(super) fn compare(&mut self, frame: &mut Frame, compare: &'a ExprCompare, at: Loc) -> Value {
        let mut left = self.expression(frame, &compare.left);
        let mut known = Some(true);
        let mut depends = BTreeSet::new();
        for (op, right) in compare.ops.iter().zip(&compare.comparators) {
            let right: &'a Expr = right;
            let right = self.expression(frame, right);
            depends.extend(left.depends.iter().chain(&right.depends).cloned());
            depends.extend(left.cause().into_iter().chain(right.cause()).cloned());
            let holds = match self.in_environment(&left, *op, &right) {
                Some((holds, causes)) => {
                    depends.extend(causes);
                    Some(holds)
                }
                None => self.holds(&left, *op, &right),
            };
            known = match (known, holds) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
            left = right;
        }
        boolean(known, depends, at)
    }

    /// `'X' in os.environ`
    fn in_environment(&mut self, left: &Value, op: CmpOp, right: &Value) -> Option<(bool, BTreeSet<Cause>)> {
        let name = left.text()?;
        if !matches!(right.single(), Some(Datum::Library(library)) if &**library == "os.environ") {
            return None;
        }
        let (is_set, depends) = match self.environment.get(name) {
            Some(given) => (given.is_some(), BTreeSet::new()),
            None => (false, BTreeSet::from([Cause::Environment(name.to_owned())])),
        };
        match op {
            CmpOp::In => Some((is_set, depends)),
            CmpOp::NotIn => Some((!is_set, depends)),
            _ => None,
        }
    }

    fn holds(&mut self, left: &Value, op: CmpOp, right: &Value) -> Option<bool> {
        if left.options.len() * right.options.len() > MOST {
            return None;
        }
        let mut answers = left
            .options
            .iter()
            .flat_map(|a| right.options.iter().map(move |b| (&a.datum, &b.datum)))
            .map(|(a, b)| compared(a, op, b));
        let first = answers.next().flatten()?;
        answers.all(|answer| answer == Some(first)).then_some(first)
    }

    /// Whether two values are equal.
    pub(super) fn equal(&mut self, left: &Value, right: &Value) -> Option<bool> {
        self.holds(left, CmpOp::Eq, right)
    }
}

fn compared(a: &Datum, op: CmpOp, b: &Datum) -> Option<bool> {
    match op {
        CmpOp::Eq => equal(a, b),
        CmpOp::NotEq => equal(a, b).map(|equal| !equal),
        CmpOp::Is | CmpOp::IsNot => {
            let same = match (a, b) {
                (Datum::Unknown(_) | Datum::Unset | Datum::Library(_), _)
                | (_, Datum::Unknown(_) | Datum::Unset | Datum::Library(_)) => return None,
                (Datum::None, Datum::None) => true,
                (Datum::Bool(a), Datum::Bool(b)) => a == b,
                (Datum::None | Datum::Bool(_), _) | (_, Datum::None | Datum::Bool(_)) => false,
                _ => return None,
            };
            Some(same == (op == CmpOp::Is))
        }
        CmpOp::In => within(a, b),
        CmpOp::NotIn => within(a, b).map(|within| !within),
        CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => {
            let order = match (a, b) {
                (Datum::Int(a), Datum::Int(b)) => a.cmp(b),
                (Datum::Str(a), Datum::Str(b)) => a.cmp(b),
                _ => return None,
            };
            Some(match op {
                CmpOp::Lt => order.is_lt(),
                CmpOp::LtE => order.is_le(),
                CmpOp::Gt => order.is_gt(),
                _ => order.is_ge(),
            })
        }
    }
}

/// `==`; also between numbers and truths, of which Python makes no difference.
fn equal(a: &Datum, b: &Datum) -> Option<bool> {
    match (a, b) {
        (Datum::Bool(flag), Datum::Int(number)) | (Datum::Int(number), Datum::Bool(flag)) => {
            Some(i64::from(*flag) == *number)
        }
        (Datum::List(a), Datum::List(b)) => {
            if a.open.is_some() || b.open.is_some() {
                return None;
            }
            if a.kind != b.kind || a.items.len() != b.items.len() {
                return Some(false);
            }
            let mut answer = Some(true);
            for (a, b) in a.items.iter().zip(b.items.iter()) {
                match (a.single(), b.single()) {
                    (Some(a), Some(b)) => match equal(a, b) {
                        Some(true) => {}
                        Some(false) => return Some(false),
                        None => answer = None,
                    },
                    _ => answer = None,
                }
            }
            answer
        }
        _ if is_plain(a) && is_plain(b) => Some(a.same(b)),
        _ => None,
    }
}

const fn is_plain(datum: &Datum) -> bool {
    matches!(
        datum,
        Datum::None | Datum::Bool(_) | Datum::Int(_) | Datum::Float(_) | Datum::Str(_) | Datum::Bytes(_)
    )
}

/// `a in b`
fn within(a: &Datum, b: &Datum) -> Option<bool> {
    match (a, b) {
        (Datum::Str(part), Datum::Str(whole)) => Some(whole.contains(&**part)),
        (a, Datum::List(list)) => {
            let answers = list.items.iter().map(|item| item.single().and_then(|item| equal(a, item)));
            contains(answers, list.open.is_some())
        }
        (a, Datum::Dict(dict)) => {
            let answers = dict.pairs.iter().map(|(key, _)| key.single().and_then(|key| equal(a, key)));
            contains(answers, dict.open.is_some())
        }
        // A server process has not loaded a test runner.
        (Datum::Str(name), Datum::Library(library)) if &**library == "sys.modules" => {
            matches!(&**name, "pytest" | "unittest" | "test" | "behave" | "IPython").then_some(false)
        }
        _ => None,
    }
}

fn contains(answers: impl Iterator<Item = Option<bool>>, open: bool) -> Option<bool> {
    let mut known = !open;
    for answer in answers {
        match answer {
            Some(true) => return Some(true),
            Some(false) => {}
            None => known = false,
        }
    }
    known.then_some(false)
}
