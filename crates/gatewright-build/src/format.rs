//! Emitted tokens to the text of a file. One item at a time is parsed and printed, because the syntax tree of a large client
//! takes many times the memory of its text.

use std::mem;

use gatewright_codegen::emit::CodeBlock;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::token::Brace;
use syn::{File, ImplItem, Item, ItemImpl, ItemMod, parse_quote};

/// The text of `pieces` after `header`, in a module with what comes after it, with blank lines where a person would leave them.
///
/// # Errors
/// If the tokens are not Rust.
pub(crate) fn code<'a>(
    header: String,
    outer: Option<(TokenStream, TokenStream)>,
    pieces: impl IntoIterator<Item = CodeBlock<'a>>,
) -> syn::Result<String> {
    let mut text = Text {
        out: header,
        depth: 0,
        last: None,
    };
    let Some((head, tail)) = outer else {
        text.pieces(pieces)?;
        return Ok(text.out);
    };
    text.open(syn::parse2(empty(head))?);
    text.pieces(pieces)?;
    text.close();
    text.items(tail)?;
    Ok(text.out)
}

/// A file as far as it is written.
struct Text {
    out: String,
    /// In how many blocks the next item stands.
    depth: usize,
    /// What stands before it in the same block.
    last: Option<Kind>,
}

/// What decides on a blank line before and after an item.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Import,
    /// A macro that is about the type before it.
    Macro,
    Other,
}

impl Text {
    fn pieces<'a>(&mut self, pieces: impl IntoIterator<Item = CodeBlock<'a>>) -> syn::Result<()> {
        for CodeBlock { head, items } in pieces {
            match head {
                Some(head) => self.block(head, items)?,
                None => items
                    .into_iter()
                    .try_for_each(|tokens| self.items(tokens))?,
            }
        }
        Ok(())
    }

    /// A module or an `impl` with its content.
    fn block(
        &mut self,
        head: TokenStream,
        mut content: impl Iterator<Item = TokenStream>,
    ) -> syn::Result<()> {
        let block: Item = syn::parse2(empty(head))?;
        let is_impl = matches!(block, Item::Impl(_));
        self.open(block);
        content.try_for_each(|tokens| {
            if is_impl {
                self.members(tokens)
            } else {
                self.items(tokens)
            }
        })?;
        self.close();
        Ok(())
    }

    fn items(&mut self, tokens: TokenStream) -> syn::Result<()> {
        let items = all.parse2(tokens)?;
        items.into_iter().for_each(|item| self.item(item));
        Ok(())
    }

    fn members(&mut self, tokens: TokenStream) -> syn::Result<()> {
        let members = all.parse2(tokens)?;
        members.into_iter().for_each(|member| self.member(member));
        Ok(())
    }

    fn item(&mut self, item: Item) {
        match item {
            Item::Impl(mut block) if !block.items.is_empty() => {
                let members = mem::take(&mut block.items);
                self.open(Item::Impl(block));
                members.into_iter().for_each(|member| self.member(member));
                self.close();
            }
            item => {
                self.separate(kind(&item));
                self.out += &within(item, self.depth, 0);
            }
        }
    }

    fn member(&mut self, member: ImplItem) {
        self.separate(Kind::Other);
        let mut block: ItemImpl = parse_quote!(impl T {});
        block.items.push(member);
        self.out += &within(Item::Impl(block), self.depth - 1, 1);
    }

    /// Begins a block, which is empty so far.
    fn open(&mut self, block: Item) {
        self.separate(Kind::Other);
        let text = within(block, self.depth, 0);
        self.out += text.trim_end().trim_end_matches('}');
        self.out.push('\n');
        self.depth += 1;
        self.last = None;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.last = Some(Kind::Other);
        self.out += &INDENT.repeat(self.depth);
        self.out += "}\n";
    }

    /// Leaves a blank line before an item of this kind, if there is one in the same block before it.
    fn separate(&mut self, kind: Kind) {
        let is_close = match self.last {
            None => true,
            Some(last) => kind == Kind::Macro || (last == Kind::Import && kind == Kind::Import),
        };
        if !is_close {
            self.out.push('\n');
        }
        self.last = Some(kind);
    }
}

const INDENT: &str = "    ";

/// The text of an item within as many modules, which decide where its lines break; and without the first and the last line of as
/// many blocks of its own.
fn within(item: Item, modules: usize, own: usize) -> String {
    let nest = |item, _| Item::Mod(module(item));
    let item = (0..modules).fold(item, nest);
    let text = prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    let content = (0..modules + own).fold(text.as_str(), |text, _| content(text));
    content.to_owned()
}

/// What stands between the first and the last line.
fn content(text: &str) -> &str {
    let (_, rest) = text.split_once('\n').unwrap_or_default();
    let end = rest.trim_end().rfind('\n').map_or(0, |newline| newline + 1);
    &rest[..end]
}

fn module(item: Item) -> ItemMod {
    let mut module: ItemMod = parse_quote!(
        mod m {}
    );
    module.content = Some((Brace::default(), vec![item]));
    module
}

/// A block without content.
fn empty(head: TokenStream) -> TokenStream {
    let mut tokens = head;
    let braces = Group::new(Delimiter::Brace, TokenStream::new());
    tokens.extend([TokenTree::Group(braces)]);
    tokens
}

fn all<T: Parse>(input: ParseStream<'_>) -> syn::Result<Vec<T>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        all.push(input.parse()?);
    }
    Ok(all)
}

fn kind(item: &Item) -> Kind {
    match item {
        Item::Use(_) => Kind::Import,
        Item::Macro(_) => Kind::Macro,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(head: Option<&str>, items: &[&str]) -> CodeBlock<'static> {
        let tokens = |text: &str| text.parse::<TokenStream>().unwrap();
        let items: Vec<_> = items.iter().map(|item| tokens(item)).collect();
        CodeBlock {
            head: head.map(tokens),
            items: Box::new(items.into_iter()),
        }
    }

    fn text(pieces: impl IntoIterator<Item = CodeBlock<'static>>) -> String {
        code("// Header.\n\n".to_owned(), None, pieces).unwrap()
    }

    #[test]
    fn blank_lines_stand_between_items_but_not_before_the_macro_of_a_type() {
        let text = text([
            piece(
                None,
                &["use a; use b;", "struct A { b: C } m! { A }", "struct B;"],
            ),
            piece(Some("impl<T> A<T>"), &["fn a() { b(); c() }", "fn b() {}"]),
        ]);
        let expected = "// Header.\n\nuse a;\nuse b;\n\nstruct A {\n    b: C,\n}\nm! {\n    A\n}\n\nstruct B;\n\n\
            impl<T> A<T> {\n    fn a() {\n        b();\n        c()\n    }\n\n    fn b() {}\n}\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_method_within_a_module_is_indented_twice() {
        let text = text([piece(
            Some("pub mod m"),
            &[
                "use super::m;",
                "impl A { #[doc = \" Ends; \"] fn a() {} fn b() {} }",
            ],
        )]);
        let expected = "// Header.\n\npub mod m {\n    use super::m;\n\n    impl A {\n        /// Ends;\n        fn a() {}\n\n        \
            fn b() {}\n    }\n}\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_long_line_breaks_where_it_would_in_one_piece() {
        let arguments: Vec<_> = (0..9).map(|n| format!("argument{n}: Type")).collect();
        let method = format!("fn method(&self, {}) {{}}", arguments.join(", "));
        let whole = format!("mod m {{ impl A {{ {method} }} }}");
        let in_pieces = text([piece(Some("mod m"), &[&format!("impl A {{ {method} }}")])]);
        let whole = prettyplease::unparse(&syn::parse_str(&whole).unwrap());
        assert_eq!(in_pieces, format!("// Header.\n\n{whole}"));
    }

    #[test]
    fn what_is_not_rust_is_an_error() {
        for broken in [
            piece(None, &["struct"]),
            piece(Some("impl"), &[]),
            piece(Some("mod m"), &["1"]),
        ] {
            assert!(code(String::new(), None, [broken]).is_err());
        }
    }
}
