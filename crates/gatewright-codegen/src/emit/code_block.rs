//! A stretch of emitted code, made item by item.

use std::fmt;

use proc_macro2::TokenStream;
use quote::quote;

/// A stretch of the code of a client: items that stand in the file itself, or a block with its content.
pub struct CodeBlock<'a> {
    /// What stands before the braces of a block: `pub mod types`, `impl Client`.
    pub head: Option<TokenStream>,
    /// The items, or the content of the block, each made when it is asked for.
    pub items: Box<dyn Iterator<Item = TokenStream> + 'a>,
}

impl<'a> CodeBlock<'a> {
    /// Items of the file.
    pub(super) fn items(items: impl IntoIterator<Item = TokenStream> + 'a) -> Self {
        Self {
            head: None,
            items: Box::new(items.into_iter()),
        }
    }

    /// A block.
    pub(super) fn block(head: TokenStream, items: impl Iterator<Item = TokenStream> + 'a) -> Self {
        Self {
            head: Some(head),
            items: Box::new(items),
        }
    }

    /// All of it at once.
    pub(super) fn into_tokens(self) -> TokenStream {
        let items: TokenStream = self.items.collect();
        match self.head {
            Some(head) => quote!(#head { #items }),
            None => items,
        }
    }
}

impl fmt::Debug for CodeBlock<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head.as_ref().map(ToString::to_string);
        f.debug_struct("CodeBlock")
            .field("head", &head)
            .finish_non_exhaustive()
    }
}
