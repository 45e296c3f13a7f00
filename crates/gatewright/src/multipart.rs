//! `multipart/form-data` bodies (RFC 7578).
//!
//! ```
//! use gatewright::{Body, Multipart};
//!
//! let body: Body = Multipart::new()
//!     .text("title", "Gitanjali")
//!     .file("cover", "cover.png", "image/png", vec![0x89, b'P'])
//!     .into();
//! assert!(body.content_type().unwrap().to_str()?.starts_with("multipart/form-data; boundary="));
//! # Ok::<(), gatewright::BoxError>(())
//! ```

mod file;

use std::fmt;

use bytes::{Bytes, BytesMut};
use http::HeaderValue;
use serde::Serialize;

pub use file::File;

use crate::client::{IntoBody, ParamValues};
use crate::rt::random_bits;
use crate::{Body, RequestError};

/// A `multipart/form-data` body, part by part, in memory. The boundary between the parts is random, so that no file can
/// contain it.
#[derive(Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: Bytes,
}

impl Multipart {
    /// No parts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.part(name.into(), None, None, Bytes::from(text.into()))
    }

    /// Adds a file: its name, its media type and its bytes.
    #[must_use]
    pub fn file(
        self,
        name: impl Into<String>,
        file_name: impl Into<String>,
        content_type: impl Into<String>,
        content: impl Into<Bytes>,
    ) -> Self {
        self.part(
            name.into(),
            Some(file_name.into()),
            Some(content_type.into()),
            content.into(),
        )
    }

    /// Adds files under one name.
    #[must_use]
    pub fn files(mut self, name: &str, files: impl IntoIterator<Item = File>) -> Self {
        let files = files.into_iter().map(|file| Part {
            name: name.to_owned(),
            file_name: Some(file.name),
            content_type: Some(file.content_type),
            content: file.content,
        });
        self.parts.extend(files);
        self
    }

    /// Adds a text for each text of `value`: none for `None`, one for each item of a list.
    #[must_use]
    pub fn texts(self, name: &str, value: &dyn ParamValues) -> Self {
        self.texts_of(name, None, value)
    }

    /// As [`texts`](Self::texts), of a media type that is not `text/plain`.
    #[must_use]
    pub fn texts_as(self, name: &str, content_type: &str, value: &dyn ParamValues) -> Self {
        self.texts_of(name, Some(content_type), value)
    }

    fn texts_of(mut self, name: &str, content_type: Option<&str>, value: &dyn ParamValues) -> Self {
        value.write_each(&mut |text| {
            self.parts.push(Part {
                name: name.to_owned(),
                file_name: None,
                content_type: content_type.map(str::to_owned),
                content: Bytes::from(text.to_owned()),
            });
        });
        self
    }

    /// Adds a part with JSON for each value.
    ///
    /// # Errors
    ///
    /// When a value cannot be written as JSON.
    pub fn json<T: Serialize>(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) -> Result<Self, RequestError> {
        for value in values {
            let content = serde_json::to_vec(&value).map_err(RequestError::encode)?;
            let content_type = Some("application/json".to_owned());
            self = self.part(name.to_owned(), None, content_type, content.into());
        }
        Ok(self)
    }

    fn part(
        mut self,
        name: String,
        file_name: Option<String>,
        content_type: Option<String>,
        content: Bytes,
    ) -> Self {
        self.parts.push(Part {
            name,
            file_name,
            content_type,
            content,
        });
        self
    }

    fn bounded_by(self, boundary: &str) -> Body {
        let mut bytes = BytesMut::new();
        for part in &self.parts {
            bytes.extend_from_slice(part.head(boundary).as_bytes());
            bytes.extend_from_slice(&part.content);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let content_type = HeaderValue::try_from(content_type).expect("a boundary is plain ASCII");
        Body::from(bytes.freeze()).with_content_type(content_type)
    }
}

/// The boundary between the parts. It has 128 random bits, so the author of a part cannot know it, and the parts are not
/// searched for it: RFC 2046, section 5.1.1, requires no more.
fn boundary(bits: u128) -> String {
    format!("gatewright-{bits:032x}")
}

impl From<Multipart> for Body {
    /// With another boundary each time.
    fn from(multipart: Multipart) -> Self {
        multipart.bounded_by(&boundary(random_bits()))
    }
}

impl IntoBody for Multipart {
    fn into_body(self) -> Result<Body, RequestError> {
        Ok(self.into())
    }
}

impl Part {
    fn head(&self, boundary: &str) -> String {
        let mut head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"",
            quoted(&self.name)
        );
        if let Some(file_name) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(content_type) = &self.content_type {
            head.push_str(&format!("\r\ncontent-type: {}", plain(content_type)));
        }
        head + "\r\n\r\n"
    }
}

/// As browsers do it (WHATWG HTML, "multipart form data"): a quote or line break cannot end the name.
fn quoted(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A media type without what could end its line.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Shows names and sizes, not contents.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self
            .parts
            .iter()
            .map(|part| (&part.name, part.content.len()));
        f.debug_map().entries(parts).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(multipart: Multipart) -> String {
        text_of(&multipart.bounded_by(&boundary(7)))
    }

    fn text_of(body: &Body) -> String {
        String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap()
    }

    /// The boundary that the media type names.
    fn named(body: &Body) -> String {
        let media_type = body.content_type().unwrap().to_str().unwrap();
        let (_, boundary) = media_type.split_once("boundary=").unwrap();
        boundary.to_owned()
    }

    #[test]
    fn parts_stand_between_boundaries() {
        let body = text(
            Multipart::new()
                .text("a", "1")
                .file("f", "x.txt", "text/plain", "two"),
        );
        assert_eq!(
            body,
            "--gatewright-00000000000000000000000000000007\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
             --gatewright-00000000000000000000000000000007\r\ncontent-disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\n\
             content-type: text/plain\r\n\r\ntwo\r\n--gatewright-00000000000000000000000000000007--\r\n"
        );
    }

    #[test]
    fn values_become_as_many_parts_as_they_have_texts() {
        let file = |name: &str| File::new(name, "image/png", "png");
        let body = Multipart::new()
            .files("photo", [file("a.png"), file("b.png")])
            .texts("tag", &vec!["x", "y"])
            .texts("none", &None::<&str>)
            .texts_as("rows", "text/csv", &"1,2")
            .json("meta", Some([1, 2]))
            .unwrap();
        let body = text(body);
        assert_eq!(body.matches("name=\"photo\"; filename=").count(), 2);
        assert_eq!(body.matches("name=\"tag\"\r\n\r\n").count(), 2);
        assert!(!body.contains("none"));
        assert!(body.contains("name=\"rows\"\r\ncontent-type: text/csv\r\n\r\n1,2\r\n"));
        assert!(body.contains("name=\"meta\"\r\ncontent-type: application/json\r\n\r\n[1,2]\r\n"));
    }

    #[test]
    fn a_file_cannot_know_the_boundary() {
        let seen = named(&Multipart::new().text("a", "").into());
        let guesses = (0..1_000).map(boundary).collect::<String>();
        let form = Multipart::new().text("a", format!("\r\n--{seen}\r\n{guesses}"));
        let body = Body::from(form);
        let used = named(&body);
        assert!(used.len() == 43 && used != seen, "{used}");
        assert_eq!(text_of(&body).matches(&used).count(), 2);
    }

    #[test]
    fn equal_forms_have_boundaries_that_differ() {
        let form = Multipart::new().text("a", "1");
        assert_ne!(named(&form.clone().into()), named(&form.into()));
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let body = text(Multipart::new().file("a\"\r\nx: y", "f\n", "text/plain\r\nz: 1", ""));
        assert!(body.contains(
            "name=\"a%22%0D%0Ax: y\"; filename=\"f%0A\"\r\ncontent-type: text/plainz: 1\r\n"
        ));
    }
}
