//! How an argument becomes text in a path, a query or a header.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

/// A value that is written as exactly one text, such as that of a path variable.
///
/// Implemented for strings, numbers, `bool`, `char` and IP addresses. Implement it for your own type by calling `with`
/// once:
///
/// ```
/// use gatewright::client::ParamValue;
///
/// struct PetId(u64);
///
/// impl ParamValue for PetId {
///     fn write(&self, with: &mut dyn FnMut(&str)) {
///         with(&format!("pet-{}", self.0));
///     }
/// }
/// # PetId(1).write(&mut |text| assert_eq!(text, "pet-1"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written into a path",
    label = "not one text",
    note = "strings, numbers, `bool`, `char`, IP addresses and the types of `gatewright::format` can",
    note = "implement `gatewright::client::ParamValue` for it, or pass a string"
)]
pub trait ParamValue {
    /// Calls `with` once with the text, not encoded.
    fn write(&self, with: &mut dyn FnMut(&str));
}

/// A value that is written as any number of texts, such as that of a query parameter or a header.
///
/// Implemented for every type that is a [`ParamValue`], for `Option` (no text, or one) and for slices and `Vec` (one text
/// for each item, in order).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a query parameter or header",
    label = "not a text, an `Option` of one or a list of them",
    note = "whatever a path takes can, and `Option`s, slices and `Vec`s of that",
    note = "in a query, a map or a struct needs `#[query(flatten)]`, or a style such as `#[query(json)]`",
    note = "implement `gatewright::client::ParamValues` for it, or pass a string"
)]
pub trait ParamValues {
    /// Calls `with` for each text, not encoded.
    fn write_each(&self, with: &mut dyn FnMut(&str));
}

impl<T: ParamValue + ?Sized> ParamValue for &T {
    fn write(&self, with: &mut dyn FnMut(&str)) {
        (**self).write(with);
    }
}

impl<T: ParamValues + ?Sized> ParamValues for &T {
    fn write_each(&self, with: &mut dyn FnMut(&str)) {
        (**self).write_each(with);
    }
}

impl<T: ParamValues> ParamValues for Option<T> {
    fn write_each(&self, with: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            value.write_each(with);
        }
    }
}

impl<T: ParamValues> ParamValues for [T] {
    fn write_each(&self, with: &mut dyn FnMut(&str)) {
        for value in self {
            value.write_each(with);
        }
    }
}

impl<T: ParamValues, const N: usize> ParamValues for [T; N] {
    fn write_each(&self, with: &mut dyn FnMut(&str)) {
        self.as_slice().write_each(with);
    }
}

impl<T: ParamValues> ParamValues for Vec<T> {
    fn write_each(&self, with: &mut dyn FnMut(&str)) {
        self.as_slice().write_each(with);
    }
}

/// Both traits for types that are one text.
macro_rules! one_text {
    ($($ty:ty)*, |$value:ident| $text:expr) => {$(
        // A compiler that lists them hides the ones that it has no room for; the note of the trait names them all.
        #[diagnostic::do_not_recommend]
        impl ParamValue for $ty {
            fn write(&self, with: &mut dyn FnMut(&str)) {
                let $value = self;
                with($text);
            }
        }
        #[diagnostic::do_not_recommend]
        impl ParamValues for $ty {
            fn write_each(&self, with: &mut dyn FnMut(&str)) {
                self.write(with);
            }
        }
    )*};
}

one_text!(str String Box<str> Arc<str> Cow<'_, str>, |value| value);
one_text!(
    bool char f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize IpAddr Ipv4Addr Ipv6Addr,
    |value| &value.to_string()
);

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(value: &dyn ParamValues) -> Vec<String> {
        let mut texts = Vec::new();
        value.write_each(&mut |text| texts.push(text.to_owned()));
        texts
    }

    #[test]
    fn options_and_lists_write_what_they_hold() {
        assert_eq!(texts(&Some("a")), ["a"]);
        assert_eq!(texts(&None::<&str>), [""; 0]);
        assert_eq!(texts(&vec![1, 2]), ["1", "2"]);
        assert_eq!(texts(&["x", "y"].as_slice()), ["x", "y"]);
        assert_eq!(texts(&Some(&vec![true])), ["true"]);
    }
}
