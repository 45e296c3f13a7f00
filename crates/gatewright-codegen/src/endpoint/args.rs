//! The arguments of the attribute itself: `#[rest_endpoint(client = Name, path = "/prefix", api = "name", dyn = Name, crate = ::path)]`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{LitStr, Path, Token};

use crate::Problem;
use crate::check::suggest;
use crate::model::{PathTemplate, Segment};

const NAMES: [&str; 5] = ["client", "path", "api", "dyn", "crate"];

/// The arguments, with their defaults filled in.
#[derive(Debug)]
pub(super) struct Args {
    /// The name of the client, if it is not the trait's and `Client`.
    pub(super) client: Option<Ident>,
    /// What every path begins with: empty, or a template.
    pub(super) prefix: String,
    /// The name of the API in an app's configuration.
    pub(super) api: Option<String>,
    /// The name of a twin of the trait that can be a `dyn`, if there is to be one.
    pub(super) twin: Option<Ident>,
    /// The path of the runtime.
    pub(super) runtime: TokenStream,
}

#[derive(Default)]
struct Given {
    client: Option<Ident>,
    path: Option<LitStr>,
    api: Option<LitStr>,
    twin: Option<Ident>,
    runtime: Option<Path>,
}

impl Args {
    /// Reads all arguments; one that is wrong is reported and left out.
    pub(super) fn parse(attr: TokenStream, problems: &mut Vec<Problem>) -> Self {
        let mut given = Given::default();
        for argument in at_commas(attr) {
            let read = |input: ParseStream<'_>| given.read(input);
            if let Err(error) = read.parse2(argument) {
                problems.push(Problem::at(error.span(), error.to_string()));
            }
        }
        let mut sound = |text: Option<LitStr>, check: fn(&LitStr) -> Result<String, Problem>| {
            let checked = check(&text?);
            checked.map_err(|fault| problems.push(fault)).ok()
        };
        Self {
            client: given.client,
            prefix: sound(given.path, prefix).unwrap_or_default(),
            api: sound(given.api, api),
            twin: given.twin,
            runtime: given
                .runtime
                .map_or_else(|| quote!(::gatewright), Path::into_token_stream),
        }
    }
}

impl Given {
    fn read(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let Ok(name) = Ident::parse_any(input) else {
            return Err(not_named(input));
        };
        match name.to_string().as_str() {
            "client" => set(
                &mut self.client,
                &name,
                Ident::parse,
                "a name: `client = PetStore`",
                input,
            ),
            "path" => set(
                &mut self.path,
                &name,
                <LitStr as Parse>::parse,
                "a text: `path = \"/v1\"`",
                input,
            ),
            "api" => set(
                &mut self.api,
                &name,
                <LitStr as Parse>::parse,
                "a text: `api = \"name\"`",
                input,
            ),
            "dyn" => set(
                &mut self.twin,
                &name,
                Ident::parse,
                "a name: `dyn = DynPets`",
                input,
            ),
            "crate" => set(
                &mut self.runtime,
                &name,
                Path::parse_mod_style,
                "a path: `crate = ::gatewright`",
                input,
            ),
            unknown => Err(unknown_argument(unknown, name.span(), input)),
        }
    }
}

/// Reads `= value` for the argument `name`.
fn set<T>(
    slot: &mut Option<T>,
    name: &Ident,
    value: fn(ParseStream<'_>) -> syn::Result<T>,
    wanted: &str,
    input: ParseStream<'_>,
) -> syn::Result<()> {
    let read = || {
        input.parse::<Token![=]>()?;
        let value = value(input)?;
        if input.is_empty() {
            Ok(value)
        } else {
            Err(input.error("more than one value"))
        }
    };
    let Ok(value) = read() else {
        skip(input)?;
        return Err(syn::Error::new(
            name.span(),
            format!("`{name}` takes {wanted}"),
        ));
    };
    if slot.replace(value).is_some() {
        return Err(syn::Error::new(
            name.span(),
            format!("`{name}` is given twice; keep one"),
        ));
    }
    Ok(())
}

fn unknown_argument(name: &str, span: Span, input: ParseStream<'_>) -> syn::Error {
    let text =
        format!("unknown argument `{name}`; expected `client`, `path`, `api`, `dyn` or `crate`");
    let text = suggest::ask(text, name, NAMES);
    skip(input)
        .err()
        .unwrap_or_else(|| syn::Error::new(span, text))
}

fn not_named(input: ParseStream<'_>) -> syn::Error {
    let error = input.error(
        "expected `client = Name`, `path = \"/prefix\"`, `api = \"name\"`, `dyn = Name` or `crate = ::path`",
    );
    skip(input).err().unwrap_or(error)
}

/// Takes what is left, so that the parser does not report it as a second mistake.
fn skip(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<TokenStream>().map(drop)
}

/// The arguments one by one, so that a broken one does not hide the next.
fn at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let pieces = tokens.split(is_comma).filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| piece.iter().cloned().collect())
        .collect()
}

fn prefix(literal: &LitStr) -> Result<String, Problem> {
    let fault = |message: String| Problem::at(literal.span(), message);
    let text = literal.value();
    let template = PathTemplate::parse(&text).map_err(|found| fault(found.message))?;
    if text.ends_with('/') {
        return Err(fault(
            "the prefix of paths must not end with `/`; each path begins with one".to_owned(),
        ));
    }
    if template
        .segments()
        .iter()
        .any(|segment| matches!(segment, Segment::Greedy(_)))
    {
        return Err(fault(
            "a greedy variable must end the path; it cannot stand in a prefix".to_owned(),
        ));
    }
    Ok(text)
}

fn api(literal: &LitStr) -> Result<String, Problem> {
    let name = literal.value();
    if name.trim().is_empty() {
        let message = "`api` needs the name that the app's configuration gives the API";
        return Err(Problem::at(literal.span(), message));
    }
    Ok(name)
}
