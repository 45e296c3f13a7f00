//! What all formats have in common: they are a text.

/// Everything but the type itself, which holds a `String`.
macro_rules! text {
    ($ty:ident) => {
        impl $ty {
            /// The text as it came.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::ops::Deref for $ty {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $ty {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        /// Any text, whether it is of the form or not.
        impl From<&str> for $ty {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        /// Any text, whether it is of the form or not.
        impl From<String> for $ty {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<$ty> for String {
            fn from(text: $ty) -> Self {
                text.0
            }
        }

        /// Any text, whether it is of the form or not.
        impl std::str::FromStr for $ty {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        #[diagnostic::do_not_recommend]
        impl crate::client::ParamValue for $ty {
            fn write(&self, with: &mut dyn FnMut(&str)) {
                with(self);
            }
        }

        #[diagnostic::do_not_recommend]
        impl crate::client::ParamValues for $ty {
            fn write_each(&self, with: &mut dyn FnMut(&str)) {
                with(self);
            }
        }

        impl crate::json::FromJson for $ty {
            fn blank() -> Self {
                Self(String::new())
            }

            fn slot(&mut self) -> crate::json::Slot<'_> {
                crate::json::Slot::String(&mut self.0)
            }
        }

        impl crate::json::ToJson for $ty {
            #[inline]
            fn write(&self, name: &str, to: &mut dyn crate::json::Sink) {
                to.text(name, &self.0);
            }
        }

        crate::__deserialize_by_json!($ty);
        crate::__serialize_by_json!($ty);
    };
}

pub(super) use text;

#[cfg(test)]
mod tests {
    use crate::client::{ParamValue, ParamValues};
    use crate::format::{Base64, Date, DateTime, Uuid};

    /// The same for every format.
    macro_rules! for_each_format {
        (|$ty:ident| $test:expr) => {{
            {
                type $ty = Base64;
                $test
            }
            {
                type $ty = Date;
                $test
            }
            {
                type $ty = DateTime;
                $test
            }
            {
                type $ty = Uuid;
                $test
            }
        }};
    }

    #[test]
    fn a_text_of_another_form_is_read_and_written_as_it_came() {
        for_each_format!(|Format| {
            let json = r#"["", "½ past ten", "\ud83d\ude00"]"#;
            let read: Vec<Format> = serde_json::from_str(json).unwrap();
            assert_eq!(read[1].as_str(), "½ past ten");
            let written = serde_json::to_string(&read).unwrap();
            assert_eq!(written, r#"["","½ past ten","😀"]"#);
            assert!(serde_json::from_str::<Format>("7").is_err());
        });
    }

    #[test]
    fn a_format_is_an_argument_and_prints_as_its_text() {
        for_each_format!(|Format| {
            let format: Format = "a b".parse().unwrap();
            let mut texts = Vec::new();
            format.write(&mut |text| texts.push(text.to_owned()));
            Some(&format).write_each(&mut |text| texts.push(text.to_owned()));
            assert_eq!(texts, ["a b", "a b"]);
            assert_eq!(format!("{format:>5}"), "  a b");
            assert_eq!(String::from(format), "a b");
        });
    }
}
