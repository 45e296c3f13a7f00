//! Enums of integers.

/// An integer out of a list that tolerates others: the conversions of the enum and its codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    (read $ty:ident $variants:tt) => {
        $crate::__integer_of_enum!($ty $variants);
        $crate::__by_direction!(__read_integer, __write_integer, read $ty);
    };
    (write $ty:ident $variants:tt) => {
        $crate::__integer_of_enum!($ty $variants);
        $crate::__by_direction!(__read_integer, __write_integer, write $ty);
    };
    ($ty:ident $variants:tt) => {
        $crate::__integer_of_enum!($ty $variants);
        $crate::__by_direction!(__read_integer, __write_integer, $ty);
    };
}

/// An enum from its integer and back.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_of_enum {
    ($ty:ident { $($variant:ident = $number:literal,)* }) => {
        impl $ty {
            /// The number on the wire.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $($ty::$variant => $number,)*
                    $ty::Unknown(number) => *number,
                }
            }
        }

        impl $crate::__private::From<i64> for $ty {
            fn from(number: i64) -> Self {
                match number {
                    $($number => $ty::$variant,)*
                    other => $ty::Unknown(other),
                }
            }
        }

        impl $crate::__private::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, f: &mut $crate::__private::fmt::Formatter<'_>) -> $crate::__private::fmt::Result {
                $crate::__private::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
    };
}

/// How an enum of integers is read.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_integer {
    ($ty:ident) => {
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
            fn set(&mut self, number: i64) {
                *self = Self::from(number);
            }
        }
    };
}

/// How an enum of integers is written, in JSON and as an argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_integer {
    ($ty:ident) => {
        impl $crate::__private::ToJson for $ty {
            #[inline]
            fn write(&self, name: &str, to: &mut dyn $crate::__private::Sink) {
                to.i64(name, self.as_i64());
            }
        }

        impl $crate::__private::ParamValue for $ty {
            #[inline]
            fn write(&self, with: &mut dyn $crate::__private::FnMut(&str)) {
                $crate::__private::ParamValue::write(&self.as_i64(), with);
            }
        }

        impl $crate::__private::ParamValues for $ty {
            #[inline]
            fn write_each(&self, with: &mut dyn $crate::__private::FnMut(&str)) {
                $crate::__private::ParamValue::write(&self.as_i64(), with);
            }
        }
    };
}
