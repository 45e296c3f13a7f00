//! Texts of a certain form: dates, UUIDs, bytes.
//!
//! An OpenAPI document may declare `format: date-time` for a text, but no gateway checks what a server sends, and one invalid
//! date must not fail a whole response. So these types keep the text as received: read, compare and send them as strings, and
//! convert them where you need the value. The conversion fails if the text is not of the form.
//!
//! | type | OpenAPI | the form | converts to and from |
//! | --- | --- | --- | --- |
//! | [`DateTime`] | `date-time` | RFC 3339, `date-time` | `time::OffsetDateTime`, with the feature `time` |
//! | [`Date`] | `date` | RFC 3339, `full-date` | `time::Date`, with the feature `time` |
//! | [`Uuid`] | `uuid` | RFC 9562, section 4 | `uuid::Uuid`, with the feature `uuid` |
//! | [`Base64`] | `byte` | RFC 4648, section 4 | bytes |
//!
//! All of them are arguments ([`ParamValue`](crate::client::ParamValue)) and serde types.
//!
//! ```
//! use gatewright::format::{Base64, DateTime};
//!
//! let read: Vec<DateTime> = serde_json::from_str(r#"["2026-02-28T23:59:60Z", "yesterday"]"#)?;
//! assert_eq!(read[1].as_str(), "yesterday");
//! assert!(read[0].starts_with("2026-02"));
//!
//! let photo = Base64::encode(b"\x89PNG");
//! assert_eq!(photo.as_str(), "iVBORw==");
//! assert_eq!(photo.decode()?, b"\x89PNG");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod base64;
mod date;
mod date_time;
mod error;
mod text;
mod uuid;

pub use base64::Base64;
pub use date::Date;
pub use date_time::DateTime;
pub use error::FormatError;
pub use uuid::Uuid;
