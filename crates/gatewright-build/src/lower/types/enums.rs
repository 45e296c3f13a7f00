//! Enumerations. Those of texts and of integers become enums that tolerate other values; what else a document lists is
//! named in the documentation.

use gatewright_codegen::model::{IntegerVariant, TypeKind, Variant};
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
pub(super) fn of_integers(integers: &[i64]) -> TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let distinct: IndexSet<_> = integers.iter().collect();
    let variant = |&value: &i64| {
        let sign = if value < 0 { "Minus" } else { "" };
        IntegerVariant {
            name: scope.unique(&format!("Value{sign}{}", value.unsigned_abs()), ""),
            value,
        }
    };
    TypeKind::IntegerEnum {
        variants: distinct.into_iter().map(variant).collect(),
    }
}
