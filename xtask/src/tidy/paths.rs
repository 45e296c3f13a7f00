//! The paths that a list of tokens names, with `use a::{b, c::d}` taken apart.

use super::tokens::Token;

/// `a::b::c` as it is written somewhere; at least two names, or one that `use` brings in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) names: Vec<String>,
    pub(super) line: usize,
    /// Whether it begins with `::`.
    pub(super) is_global: bool,
}

impl Named {
    /// The first name: a crate, or `crate`, `self`, `super`.
    pub(super) fn first(&self) -> &str {
        &self.names[0]
    }

    /// Whether `wanted` stands somewhere in it, in a row.
    pub(super) fn contains(&self, wanted: &[&str]) -> bool {
        self.names
            .windows(wanted.len())
            .any(|names| names == wanted)
    }

    /// Whether it leads to `module` of this crate.
    pub(super) fn leads_to(&self, module: &str) -> bool {
        matches!(self.first(), "crate" | "super" | "self")
            && self.names.iter().any(|name| name == module)
    }
}

/// Every path in `tokens`.
pub(super) fn paths<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> Vec<Named> {
    let mut reader = Reader::default();
    for token in tokens {
        reader.token(token);
    }
    reader.end_path();
    reader.found
}

#[derive(Default)]
struct Reader {
    found: Vec<Named>,
    /// The path so far.
    names: Vec<String>,
    line: usize,
    is_global: bool,
    /// Whether a `::` came last.
    is_open: bool,
    /// Whether the next name is a new one, after `as` in a group.
    is_renaming: bool,
    /// What stands before each brace that is open: the path of a `use` group, or nothing for any other brace.
    prefixes: Vec<Vec<String>>,
}

impl Reader {
    fn token(&mut self, token: &Token) {
        match token.text.as_str() {
            "::" => self.separator(),
            "{" => self.open_brace(),
            "}" => self.close_brace(),
            name if token.is_ident() => self.name(name, token.line),
            _ => self.end_path(),
        }
    }

    fn separator(&mut self) {
        self.is_global |= self.names.is_empty();
        self.is_open = true;
    }

    fn name(&mut self, name: &str, line: usize) {
        if std::mem::take(&mut self.is_renaming) {
            return;
        }
        if !self.is_open {
            self.end_path();
        }
        if name == "as" && !self.prefixes.concat().is_empty() {
            self.is_renaming = true;
            return;
        }
        self.is_open = false;
        self.line = line;
        self.names.push(name.to_owned());
    }

    fn open_brace(&mut self) {
        let is_group = self.is_open && !self.names.is_empty();
        let prefix = if is_group {
            std::mem::take(&mut self.names)
        } else {
            Vec::new()
        };
        self.end_path();
        self.prefixes.push(prefix);
    }

    fn close_brace(&mut self) {
        self.end_path();
        self.prefixes.pop();
    }

    /// Keeps what was read, and begins the next path with the group's prefix.
    fn end_path(&mut self) {
        let prefix = self.prefixes.concat();
        if self.names.len() > usize::from(prefix.is_empty()) {
            let names = [prefix, std::mem::take(&mut self.names)].concat();
            let (line, is_global) = (self.line, self.is_global);
            self.found.push(Named {
                names,
                line,
                is_global,
            });
        }
        self.names.clear();
        self.is_global = false;
        self.is_open = false;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let named = paths(&tokens(text)).into_iter();
        named.map(|path| path.names.join("::")).collect()
    }

    #[test]
    fn a_use_group_is_taken_apart() {
        assert_eq!(
            shown("use a::{b, c::{d, self}, e::f as g};\nuse h::i;"),
            ["a::b", "a::c::d", "a::c::self", "a::e::f", "h::i"]
        );
    }

    #[test]
    fn paths_in_code_are_found_and_plain_names_are_not() {
        assert_eq!(
            shown("fn f(x: a::B) -> C { if y { d::e(x) } else { g.h() } }"),
            ["a::B", "d::e"]
        );
    }

    #[test]
    fn a_global_path_is_told_from_a_local_one() {
        let named = paths(&tokens("::a::b(c::d)"));
        assert_eq!(
            named.iter().map(|path| path.is_global).collect::<Vec<_>>(),
            [true, false]
        );
    }
}
