//! What a method returns.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{GenericArgument, Path, PathArguments, Type};

use crate::Problem;
use crate::model::{Method, Operation, Output};

/// Types that are read from a body and from no empty one, which is read as `null`. Whether a type of the user's own is made of it,
/// nobody can tell here; an `Option` and a `Value` are.
const READ: [&str; 22] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize", "BTreeMap", "BTreeSet", "HashMap", "HashSet", "String", "Vec",
];

/// A response to HEAD has no body (RFC 9110, section 9.3.2), so a type that is read from one would fail each call.
pub(super) fn of_head(operation: &Operation) -> Vec<Problem> {
    let Output::User(tokens) = &operation.output else {
        return Vec::new();
    };
    if !matches!(operation.method, Method::Fixed("HEAD")) {
        return Vec::new();
    }
    let returned = syn::parse2::<Type>(tokens.clone()).ok();
    let found = returned.as_ref().and_then(success).and_then(read);
    let problem = found.map(|(span, name)| {
        let message = format!(
            "a response to `HEAD` has no body, so there is no {name} in it; return `()`, or `gatewright::Response<()>` for its \
             headers"
        );
        Problem::at(span, message)
    });
    problem.into_iter().collect()
}

/// `T` of `Result<T>` or `Result<T, E>`, and within `Response<T>`.
fn success(returned: &Type) -> Option<&Type> {
    let ok = argument(path(returned, "Result")?)?;
    match path(ok, "Response") {
        Some(response) => argument(response),
        None => Some(ok),
    }
}

/// The path of a type whose last name is `name`.
fn path<'t>(ty: &'t Type, name: &str) -> Option<&'t Path> {
    let Type::Path(ty) = ty else {
        return None;
    };
    let last = ty.path.segments.last()?;
    (last.ident == name).then_some(&ty.path)
}

/// Its first argument.
fn argument(path: &Path) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Where a type stands that is surely read from a body, and what it is called.
fn read(ty: &Type) -> Option<(Span, String)> {
    match ty {
        Type::Path(ty) => {
            let last = &ty.path.segments.last()?.ident;
            let known = READ.iter().find(|name| last == **name)?;
            Some((last.span(), format!("`{known}`")))
        }
        Type::Tuple(tuple) if !tuple.elems.is_empty() => Some((ty.span(), "tuple".to_owned())),
        Type::Array(_) => Some((ty.span(), "list".to_owned())),
        _ => None,
    }
}
