//! Enums of integers.

/// An integer out of a list that tolerates others: the conversions of the enum and its codec. The enum's name comes with the
/// type of its integers and the name of the method that returns one, unless these are `i64` and `as_i64`.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    (read $($of:tt)*) => {
        $crate::__integer_of_enum!($($of)*);
        $crate::__by_direction!(__read_integer, __write_integer, read $($of)*);
    };
    (write $($of:tt)*) => {
        $crate::__integer_of_enum!($($of)*);
        $crate::__by_direction!(__read_integer, __write_integer, write $($of)*);
    };
    ($($of:tt)*) => {
        $crate::__integer_of_enum!($($of)*);
        $crate::__by_direction!(__read_integer, __write_integer, $($of)*);
    };
}

/// An enum from its integer and back.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_of_enum {
    ($ty:ident $variants:tt) => {
        $crate::__integer_of_enum!($ty: i64 as_i64 $variants);
    };
    ($ty:ident: $integer:ident $as_integer:ident { $($variant:ident = $number:literal,)* }) => {
        impl $ty {
            /// The number on the wire.
            pub fn $as_integer(&self) -> $integer {
                match self {
                    $($ty::$variant => $number,)*
                    $ty::Unknown(number) => *number,
                }
            }
        }

        impl $crate::__private::From<$integer> for $ty {
            fn from(number: $integer) -> Self {
                match number {
                    $($number => $ty::$variant,)*
                    other => $ty::Unknown(other),
                }
            }
        }

        impl $crate::__private::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut $crate::__private::fmt::Formatter<'_>) -> $crate::__private::fmt::Result {
                $crate::__private::fmt::Display::fmt(&self.$as_integer(), f)
            }
        }
    };
}

/// How an enum of integers is read.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_integer {
    ($ty:ident $variants:tt) => {
        $crate::__read_integer!($ty: i64 as_i64 $variants);
    };
    ($ty:ident: $integer:ident $as_integer:ident $variants:tt) => {
        impl $crate::__private::FromJson for $ty {
            #[inline]
            fn blank() -> Self {
                $ty::Unknown(0)
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Integer(self)
            }
        }

        impl $crate::__private::Integer for $ty {
            #[inline]
            fn set(&mut self, number: i128) -> bool {
                let mut integer: $integer = 0;
                let fits = $crate::__private::Integer::set(&mut integer, number);
                if fits {
                    *self = Self::from(integer);
                }
                fits
            }

            #[inline]
            fn range(&self) -> (i128, u128) {
                $crate::__private::Integer::range(&self.$as_integer())
            }
        }
    };
}

/// How an enum of integers is written, in JSON and as an argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_integer {
    ($ty:ident $variants:tt) => {
        $crate::__write_integer!($ty: i64 as_i64 $variants);
    };
    ($ty:ident: $integer:ident $as_integer:ident $variants:tt) => {
        impl $crate::__private::ToJson for $ty {
            #[inline]
            fn write(&self, name: &str, to: &mut dyn $crate::__private::Sink) {
                $crate::__private::ToJson::write(&self.$as_integer(), name, to);
            }
        }

        impl $crate::__private::ParamValue for $ty {
            #[inline]
            fn write(&self, with: &mut dyn $crate::__private::FnMut(&str)) {
                $crate::__private::ParamValue::write(&self.$as_integer(), with);
            }
        }

        impl $crate::__private::ParamValues for $ty {
            #[inline]
            fn write_each(&self, with: &mut dyn $crate::__private::FnMut(&str)) {
                $crate::__private::ParamValue::write(&self.$as_integer(), with);
            }
        }
    };
}
