//! Path templates as API Gateway routes them: `/pets/{petId}`, `/files/{key+}`.

use std::fmt;

use crate::text::code;

/// A parsed path template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathTemplate {
    text: String,
    segments: Vec<Segment>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text to send as it stands, slashes included, already percent-encoded.
    Literal(String),
    /// A variable that takes one segment, or a part of one.
    Variable(String),
    /// A variable that takes the rest of the path.
    Greedy(String),
}

/// What is wrong with a template, in words that show the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFault {
    /// The message.
    pub message: String,
}

impl PathTemplate {
    /// Parses a template.
    ///
    /// # Errors
    ///
    /// When it does not begin with `/`, holds `?` or `#`, has unbalanced, empty or repeated variables, or a greedy
    /// variable that is not last.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        if !text.starts_with('/') {
            return Err(fault("path must start with `/`"));
        }
        if text.contains(['?', '#']) {
            return Err(fault(
                "path must not contain `?` or `#`; use a query argument",
            ));
        }
        let segments = split(text)?;
        let template = Self {
            text: text.to_owned(),
            segments,
        };
        template.check_repeats()?;
        Ok(template)
    }

    fn check_repeats(&self) -> Result<(), PathFault> {
        let mut seen = Vec::new();
        for name in self.variables() {
            if seen.contains(&name) {
                let variable = code(&format!("{{{name}}}"));
                return Err(fault(format!(
                    "{variable} is used twice in this path; rename one"
                )));
            }
            seen.push(name);
        }
        Ok(())
    }

    /// The template as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its pieces.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The names of its variables, in order, without `+`.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Variable(name) | Segment::Greedy(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn fault(message: impl Into<String>) -> PathFault {
    PathFault {
        message: message.into(),
    }
}

fn split(text: &str) -> Result<Vec<Segment>, PathFault> {
    let mut segments = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (segment, after) = if rest.starts_with('{') {
            variable(rest)?
        } else {
            literal(text, rest)?
        };
        segments.push(segment);
        rest = after;
    }
    check_neighbours(&segments)?;
    Ok(segments)
}

/// Reads the text at the start of `rest`, up to the next variable; `text` is the whole path.
fn literal<'a>(text: &str, rest: &'a str) -> Result<(Segment, &'a str), PathFault> {
    let (literal, after) = rest.split_at(rest.find(['{', '}']).unwrap_or(rest.len()));
    if after.starts_with('}') {
        let place = code(&text[..=text.len() - after.len()]);
        return Err(fault(format!(
            "unbalanced `}}` in path, at the end of {place}; a variable begins with `{{`"
        )));
    }
    Ok((Segment::Literal(encode(literal)), after))
}

/// Reads `{name}` or `{name+}` at the start of `rest`.
fn variable(rest: &str) -> Result<(Segment, &str), PathFault> {
    let closed = rest[1..].split_once('}');
    let Some((name, after)) = closed.filter(|(name, _)| !name.contains('{')) else {
        let place = code(rest);
        return Err(fault(format!(
            "unbalanced `{{` in path, at {place}; a variable ends with `}}`"
        )));
    };
    let (name, segment): (&str, fn(String) -> Segment) = match name.strip_suffix('+') {
        Some(name) => (name, Segment::Greedy),
        None => (name, Segment::Variable),
    };
    if name.is_empty() {
        return Err(fault("a path variable needs a name: `{name}`"));
    }
    Ok((segment(name.to_owned()), after))
}

fn check_neighbours(segments: &[Segment]) -> Result<(), PathFault> {
    let mut pairs = segments.windows(2);
    let fault_of = |pair: &[Segment]| match pair {
        [Segment::Greedy(_), _] => Some("a greedy variable must end the path"),
        [
            Segment::Variable(_),
            Segment::Variable(_) | Segment::Greedy(_),
        ] => Some("two path variables need a text between them"),
        _ => None,
    };
    let found = pairs.find_map(|pair| Some((fault_of(pair)?, pair)));
    found.map_or(Ok(()), |(message, pair)| {
        let place = code(&pair.iter().map(ToString::to_string).collect::<String>());
        Err(fault(format!("{message}, at {place}")))
    })
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Literal(text) => f.write_str(text),
            Segment::Variable(name) => write!(f, "{{{name}}}"),
            Segment::Greedy(name) => write!(f, "{{{name}+}}"),
        }
    }
}

/// Encodes what cannot stand in a path (RFC 3986, section 3.3); an escape that is there already stays.
fn encode(literal: &str) -> String {
    let mut out = String::with_capacity(literal.len());
    for byte in literal.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~%:@,$!*()'+&;=".contains(&byte) {
            out.push(byte.into());
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        PathTemplate::parse(text).unwrap_err().message
    }

    #[test]
    fn templates_are_split_into_literals_and_variables() {
        let template = PathTemplate::parse("/pets/{petId}/photos/{key+}").unwrap();
        let literal = |text: &str| Segment::Literal(text.to_owned());
        assert_eq!(
            template.segments(),
            [
                literal("/pets/"),
                Segment::Variable("petId".to_owned()),
                literal("/photos/"),
                Segment::Greedy("key".to_owned()),
            ]
        );
        assert_eq!(template.variables().collect::<Vec<_>>(), ["petId", "key"]);
    }

    #[test]
    fn literals_are_encoded_once() {
        let template = PathTemplate::parse("/a b/é%2F").unwrap();
        assert_eq!(
            template.segments(),
            [Segment::Literal("/a%20b/%C3%A9%2F".to_owned())]
        );
    }

    #[test]
    fn faulty_templates_say_what_is_wrong() {
        assert_eq!(message("pets"), "path must start with `/`");
        assert!(message("/pets?x=1").contains('?'));
        assert!(message("/x/{a/b").contains("unbalanced `{` in path, at `{a/b`"));
        assert!(message("/{a{b}").contains("unbalanced `{` in path, at `{a{b}`"));
        assert!(message("/x/{b}/a}").contains("unbalanced `}` in path, at the end of `/x/{b}/a}`"));
        assert!(message("/{}").contains("needs a name"));
        assert!(message("/x/{a}{b+}").contains("between them, at `{a}{b+}`"));
        assert!(message("/{a+}/b").contains("must end the path, at `{a+}/b`"));
        assert!(message("/{a}/{a}").contains("used twice"));
    }
}
