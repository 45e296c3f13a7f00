//! Variables of paths as other libraries write them: `/pets/:id` of axum 0.7 and Express, `/pets/<id>` of Rocket and Flask. Here they
//! would be texts that are sent as they are, and the argument a parameter of the query.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{FnArg, Pat, Signature};

use crate::Problem;
use crate::model::PathTemplate;
use crate::text::code;

/// A problem for each segment that looks like a variable and is none.
pub(super) fn problems(path: &PathTemplate, span: Span, sig: &Signature) -> Vec<Problem> {
    let segments = path.as_str().split('/');
    let problems = segments.filter_map(|segment| {
        let (name, is_greedy) = variable(segment, sig)?;
        let sign = if is_greedy { "+" } else { "" };
        let meant = code(&format!("{{{name}{sign}}}"));
        let segment = code(segment);
        let message = format!(
            "{segment} is sent as it is written; a variable of a path is in braces: {meant}"
        );
        Some(Problem::at(span, message))
    });
    problems.collect()
}

/// The name of the variable that a segment is elsewhere, and whether it takes the rest of the path. A colon, a star or a dollar sign may
/// be meant, so these are only variables if an argument has their name; angle brackets are in no path of API Gateway.
fn variable<'s>(segment: &'s str, sig: &Signature) -> Option<(&'s str, bool)> {
    if let Some(inner) = segment
        .strip_prefix('<')
        .and_then(|it| it.strip_suffix('>'))
    {
        let is_greedy = inner.ends_with("..") || inner.starts_with("path:");
        let name = inner.trim_end_matches("..");
        let name = name.split(':').next_back().unwrap_or(name).trim();
        return is_name(name).then_some((name, is_greedy));
    }
    let is_greedy = segment.starts_with('*');
    let name = segment.strip_prefix([':', '*', '$'])?;
    (is_name(name) && has_argument(name, sig)).then_some((name, is_greedy))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn has_argument(name: &str, sig: &Signature) -> bool {
    let key = |text: &str| text.replace(['_', '-'], "").to_ascii_lowercase();
    sig.inputs.iter().any(|input| match input {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(pat) => key(&pat.ident.unraw().to_string()) == key(name),
            _ => false,
        },
        FnArg::Receiver(_) => false,
    })
}
