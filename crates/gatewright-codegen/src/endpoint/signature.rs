//! The form of an endpoint: `async fn name<'a>(&self, …) -> Result`.

use proc_macro2::Span;
use syn::{GenericParam, ReceiverKind, ReturnType, Safety, Signature};

use crate::Problem;

const RULES: [fn(&Signature) -> Option<Problem>; 7] = [
    is_visible,
    is_async,
    is_plain,
    takes_self,
    has_no_type_parameters,
    has_no_where,
    returns,
];

/// All that is wrong with the form of an endpoint.
pub(super) fn problems(sig: &Signature) -> impl Iterator<Item = Problem> {
    RULES.iter().filter_map(|rule| rule(sig))
}

fn fault(sig: &Signature, span: Span, what: &str) -> Problem {
    Problem::at(span, format!("method `{}` {what}", sig.ident))
}

/// The client's own methods come first where one is called.
fn is_visible(sig: &Signature) -> Option<Problem> {
    let name = &sig.ident;
    let is_hidden = name == "rest" || name == "boxed";
    let what = format!("would be hidden by the client's own `{name}`; rename it");
    is_hidden.then(|| fault(sig, name.span(), &what))
}

fn is_async(sig: &Signature) -> Option<Problem> {
    let is_async = sig.asyncness.is_some();
    (!is_async).then(|| fault(sig, sig.fn_token.span, "must be `async`"))
}

fn is_plain(sig: &Signature) -> Option<Problem> {
    let span = match (&sig.constness, &sig.safety, &sig.abi) {
        (Some(constness), _, _) => constness.span,
        (_, Safety::Unsafe(token), _) => token.span,
        (_, Safety::Safe(token), _) => token.span,
        (_, _, Some(abi)) => abi.extern_token.span,
        _ => return None,
    };
    Some(fault(sig, span, "must be a plain `async fn`; remove this"))
}

fn takes_self(sig: &Signature) -> Option<Problem> {
    let (span, what) = match sig.receiver() {
        None => (sig.ident.span(), "must take `&self`"),
        Some(receiver) => match &receiver.kind {
            ReceiverKind::Reference(_, None, None) => return None,
            ReceiverKind::Reference(_, Some(lifetime), None) => {
                (lifetime.span(), "must take `&self`, without a lifetime")
            }
            _ => (receiver.self_token.span, "must take `&self`"),
        },
    };
    Some(fault(sig, span, what))
}

fn has_no_type_parameters(sig: &Signature) -> Option<Problem> {
    let is_type = |param: &&GenericParam| !matches!(param, GenericParam::Lifetime(_));
    let param = sig.generics.params.iter().find(is_type)?;
    let span = match param {
        GenericParam::Type(param) => param.ident.span(),
        GenericParam::Const(param) => param.ident.span(),
        GenericParam::Lifetime(param) => param.lifetime.span(),
    };
    let what = "cannot have type parameters; name the types";
    Some(fault(sig, span, what))
}

fn has_no_where(sig: &Signature) -> Option<Problem> {
    let clause = sig.generics.where_clause.as_ref()?;
    let what = "cannot have a `where` clause; bound a lifetime where it is declared";
    Some(fault(sig, clause.where_token.span, what))
}

fn returns(sig: &Signature) -> Option<Problem> {
    let returns_nothing = matches!(sig.output, ReturnType::Default);
    let what = "must return `gatewright::Result<T>` (or `Result<T, gatewright::Error<E>>`)";
    returns_nothing.then(|| fault(sig, sig.ident.span(), what))
}
