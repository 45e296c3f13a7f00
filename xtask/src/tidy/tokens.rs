//! A Rust file as a flat list of tokens: no comments, no documentation, and tests marked as such.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree, token_stream::IntoIter};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// An identifier, a literal as written, `::`, a bracket, or one character of punctuation.
    pub(super) text: String,
    /// Counted from 1.
    pub(super) line: usize,
    /// How many brackets are open around it; a pair of brackets has the depth of what is outside.
    pub(super) depth: usize,
    /// Whether it belongs to an item under `#[cfg(test)]`.
    pub(super) is_test: bool,
}

impl Token {
    pub(super) fn is_ident(&self) -> bool {
        self.text
            .starts_with(|c: char| c.is_alphabetic() || c == '_')
            && !self.is_string()
    }

    pub(super) fn is_string(&self) -> bool {
        self.text.contains('"')
    }
}

/// The tokens of a file. Text that is no Rust gives none: the compiler says so better.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut flat = Flat::default();
    if let Ok(stream) = text.parse() {
        flat.stream(stream, false);
    }
    flat.list
}

#[derive(Default)]
struct Flat {
    list: Vec<Token>,
    depth: usize,
}

impl Flat {
    fn stream(&mut self, stream: TokenStream, is_test: bool) {
        let mut item_is_test = is_test;
        let mut trees = stream.into_iter().peekable();
        while let Some(tree) = trees.next() {
            if let Some(attribute) = attribute(&tree, &mut trees) {
                item_is_test |= is_cfg_test(&attribute);
                self.attribute(&attribute, item_is_test);
                continue;
            }
            let ends_item = is_punct(&tree, ';') || is_group(&tree, Delimiter::Brace);
            self.tree(&tree, &mut trees, item_is_test);
            item_is_test = if ends_item { is_test } else { item_is_test };
        }
    }

    fn attribute(&mut self, attribute: &Group, is_test: bool) {
        if !has_word(attribute.stream(), "doc") {
            self.group(attribute, is_test);
        }
    }

    fn tree(&mut self, tree: &TokenTree, rest: &mut Peekable<IntoIter>, is_test: bool) {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => self.group(group, is_test),
            TokenTree::Punct(punct)
                if punct.as_char() == ':'
                    && punct.spacing() == Spacing::Joint
                    && rest.next_if(|next| is_punct(next, ':')).is_some() =>
            {
                self.push("::", line, is_test);
            }
            other => self.push(&other.to_string(), line, is_test),
        }
    }

    fn group(&mut self, group: &Group, is_test: bool) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        self.push(open, group.span_open().start().line, is_test);
        self.depth += 1;
        self.stream(group.stream(), is_test);
        self.depth -= 1;
        self.push(close, group.span_close().start().line, is_test);
    }

    fn push(&mut self, text: &str, line: usize, is_test: bool) {
        self.list.push(Token {
            text: text.to_owned(),
            line,
            depth: self.depth,
            is_test,
        });
    }
}

/// The brackets of `#[..]` or `#![..]`, when `tree` is the `#` before them.
fn attribute(tree: &TokenTree, rest: &mut Peekable<IntoIter>) -> Option<Group> {
    if !is_punct(tree, '#') {
        return None;
    }
    rest.next_if(|next| is_punct(next, '!'));
    match rest.next_if(|next| is_group(next, Delimiter::Bracket))? {
        TokenTree::Group(group) => Some(group),
        _ => None,
    }
}

/// `cfg(test)` or `cfg(all(test, ..))`; under `any` and `not` the code ships as well.
fn is_cfg_test(attribute: &Group) -> bool {
    let has = |word| has_word(attribute.stream(), word);
    has("cfg") && has("test") && !has("any") && !has("not")
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_group(tree: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == delimiter)
}

fn has_word(stream: TokenStream, word: &str) -> bool {
    stream.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => has_word(group.stream(), word),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, is_test: bool) -> Vec<String> {
        let tokens = tokens(text).into_iter();
        tokens
            .filter(|token| token.is_test == is_test)
            .map(|token| token.text)
            .collect()
    }

    #[test]
    fn comments_and_documentation_are_no_tokens() {
        let text = "//! a::b\n/// c::d\n#[doc = \"e\"]\nfn f() {} // g\n/* h */";
        assert_eq!(words(text, false), ["fn", "f", "(", ")", "{", "}"]);
    }

    #[test]
    fn an_item_for_tests_is_marked_and_the_next_one_is_not() {
        let text = "#[cfg(test)]\nmod tests { use a; }\n#[cfg(not(test))]\nuse b;";
        assert!(words(text, true).contains(&"a".to_owned()));
        assert!(words(text, false).contains(&"b".to_owned()));
        assert!(!words(text, false).contains(&"a".to_owned()));
    }

    #[test]
    fn path_separators_are_one_token_and_lines_are_counted_from_one() {
        let tokens = tokens("a\n::b: ::c");
        let shown: Vec<_> = tokens
            .iter()
            .map(|token| (token.text.as_str(), token.line))
            .collect();
        assert_eq!(
            shown,
            [("a", 1), ("::", 2), ("b", 2), (":", 2), ("::", 2), ("c", 2)]
        );
    }
}
