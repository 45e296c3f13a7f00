//! Enumerations. Those of texts and of integers become enums that tolerate other values; what else a document lists is
//! named in the documentation.

use gatewright_codegen::model::{Integer, IntegerVariant, TypeKind, Variant};
use indexmap::IndexSet;

use crate::lower::names::{self, Scope};

/// An enum of texts.
pub(super) fn of_texts(texts: &[String]) -> TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let distinct: IndexSet<_> = texts.iter().collect();
    let variant = |text: &String| {
        let fallback = if text.is_empty() { "Empty" } else { "Other" };
        Variant {
            name: scope.unique(&names::camel(text, fallback), ""),
            wire: text.clone(),
        }
    };
    TypeKind::Enum {
        variants: distinct.into_iter().map(variant).collect(),
    }
}

/// An enum of integers: `Value1`, `ValueMinus1`, because an integer says nothing that could be a name.
pub(super) fn of_integers(integers: &[i128], range: Integer) -> TypeKind {
    let holds = |range: &Integer| integers.iter().all(|&number| range.holds(number));
    let range = if matches!(range, Integer::I128 | Integer::U64) {
        range
    } else {
        Integer::I64
    };
    let mut ranges = [range, Integer::I64, Integer::U64].into_iter();
    let integer = ranges.find(holds).unwrap_or(Integer::I128);
    let mut scope = Scope::with(&["Unknown"]);
    let distinct: IndexSet<_> = integers.iter().collect();
    let variant = |&value: &i128| {
        let sign = if value < 0 { "Minus" } else { "" };
        IntegerVariant {
            name: scope.unique(&format!("Value{sign}{}", value.unsigned_abs()), ""),
            value,
        }
    };
    TypeKind::IntegerEnum {
        integer,
        variants: distinct.into_iter().map(variant).collect(),
    }
}
