//! What an operation demands of its caller.

use std::cell::RefCell;

use indexmap::{IndexMap, IndexSet};

use crate::message::quote;
use crate::node::{Field, Node};
use crate::read::scheme::{self, Meaning};
use crate::read::section;
use crate::value::Value;
use crate::{ApiKind, Kind, ReadOptions, Requirement, Security};

#[cfg(test)]
mod tests;

/// The name that API Gateway gives the scheme of AWS Signature Version 4.
const SIGV4: &str = "sigv4";

/// How many schemes one `security` may name. API Gateway takes an authorizer and an API key.
const MAX_DEMANDS: usize = 32;

/// How many values all security schemes together may make a caller send; each may be a credential of its own, told from all
/// others. API Gateway takes ten authorizers for an API ("Quotas for configuring and running a REST API").
const MAX_CREDENTIALS: usize = 1_000;

/// What the whole document says about security.
pub(super) struct SecurityRules<'a> {
    options: &'a ReadOptions,
    schemes: IndexMap<&'a str, Scheme<'a>>,
    /// The schemes that are named, not declared, and known all the same.
    undeclared: RefCell<IndexMap<String, Option<Kind>>>,
    /// The name of the scheme of AWS Signature Version 4.
    iam_scheme: &'a str,
    /// Whether an authorizer gives the gateway the API key, so that the caller sends none.
    keys_from_authorizer: bool,
    root: Security,
    /// What operations without their own `security` inherit, if this kind of API does so.
    inherited: Option<&'a Value>,
}

struct Scheme<'a> {
    meaning: Meaning,
    value: &'a Value,
}

impl<'a> SecurityRules<'a> {
    pub(super) fn read(root: &Node<'a>, kind: ApiKind, options: &'a ReadOptions) -> Self {
        let key_source = root
            .text("x-amazon-apigateway-api-key-source")
            .unwrap_or_default();
        let schemes = schemes(root, options);
        let inherits = kind == ApiKind::Http || options.heeds_root_security();
        let iam = schemes
            .iter()
            .find(|(_, scheme)| matches!(scheme.meaning, Meaning::Sends(Kind::Iam)));
        let mut rules = Self {
            options,
            undeclared: RefCell::default(),
            iam_scheme: iam.map_or(SIGV4, |(name, _)| *name),
            schemes,
            keys_from_authorizer: key_source.eq_ignore_ascii_case("AUTHORIZER"),
            root: Security::default(),
            inherited: root.value().get("security").filter(|_| inherits),
        };
        rules.root = rules.declared(root);
        if !inherits && !rules.root.all_of.is_empty() {
            root.source().repair(
                root.at().key("security"),
                "API Gateway ignores the `security` of a whole REST API; choose what its operations ask for",
            );
        }
        rules
    }

    /// The schemes that the document declares, and those that it only named so far.
    pub(super) fn schemes(&self) -> IndexMap<String, Option<Kind>> {
        let kind = |scheme: &Scheme<'_>| match &scheme.meaning {
            Meaning::Sends(kind) => Some(kind.clone()),
            Meaning::SendsNothing | Meaning::Unknown(_) => None,
        };
        let declared = self.schemes.iter();
        let declared = declared.map(|(name, scheme)| ((*name).to_owned(), kind(scheme)));
        declared.chain(self.undeclared.borrow().clone()).collect()
    }

    /// The `security` of the whole document.
    pub(super) fn into_root(self) -> Security {
        self.root
    }

    /// What an operation demands.
    pub(super) fn of(&self, operation: &Node<'a>) -> Security {
        let mut security = self.declared(operation);
        if let Some(inherited) = self.inherited.filter(|_| !security.explicit) {
            match operation.source().repeat(inherited) {
                Ok(()) => security.clone_from(&self.root),
                Err(message) => operation.problem(message),
            }
        }
        self.add_auth_extension(operation, &mut security);
        security
    }

    /// `x-amazon-apigateway-auth`, which asks for AWS credentials apart from `security`.
    fn add_auth_extension(&self, operation: &Node<'a>, security: &mut Security) {
        let Some(auth) = operation.object("x-amazon-apigateway-auth") else {
            return;
        };
        match auth
            .text("type")
            .map(|kind| kind.to_ascii_uppercase())
            .as_deref()
        {
            Some("AWS_IAM") => {
                security.explicit = true;
                let scheme = self.iam_scheme.to_owned();
                let pointer = auth.at().clone();
                add(
                    security,
                    Requirement {
                        pointer,
                        scheme,
                        kind: Kind::Iam,
                        scopes: Vec::new(),
                    },
                );
            }
            Some("NONE") => security.explicit = true,
            _ => auth.repair("is of a type that is neither AWS_IAM nor NONE; left out"),
        }
    }

    /// The `security` of a node: all that its list names, for that is how API Gateway reads the list.
    fn declared(&self, node: &Node<'a>) -> Security {
        let mut security = Security::default();
        let Some(list) = node.child("security") else {
            return security;
        };
        let entries = entries(list);
        security.explicit = entries.is_some();
        if entries
            .iter()
            .flatten()
            .map(|entry| entry.fields().count())
            .sum::<usize>()
            > MAX_DEMANDS
        {
            node.problem(format!("names more than {MAX_DEMANDS} security schemes"));
            return security;
        }
        for entry in entries.iter().flatten() {
            entry
                .fields()
                .for_each(|field| self.add_requirement(&field, &mut security));
        }
        security
    }

    fn add_requirement(&self, field: &Field<'_, 'a>, security: &mut Security) {
        let node = field.node();
        let Some(kind) = self.kind_of(field.key, &node) else {
            return;
        };
        let is_said = self.options.said_of(field.key).is_some();
        if kind == Kind::ApiKey && self.keys_from_authorizer && !is_said {
            return;
        }
        let scopes = if field.value.is_null() {
            Vec::new()
        } else {
            field.texts()
        };
        add(
            security,
            Requirement {
                pointer: node.at().clone(),
                scheme: field.key.to_owned(),
                kind,
                scopes,
            },
        );
    }

    /// What the scheme that `node` names makes a caller send, if anything; a problem if that cannot be told.
    fn kind_of(&self, name: &str, node: &Node<'a>) -> Option<Kind> {
        let Some(scheme) = self.schemes.get(name) else {
            let said = self.options.said_of(name).cloned();
            let kind = said.unwrap_or_else(|| guess(name, node));
            let mut undeclared = self.undeclared.borrow_mut();
            undeclared.insert(name.to_owned(), kind.clone());
            return kind;
        };
        let told = match &scheme.meaning {
            Meaning::Sends(kind) => node.source().repeat(scheme.value).map(|()| Some(kind)),
            Meaning::SendsNothing => Ok(None),
            Meaning::Unknown(message) => Err(message.as_str()),
        };
        match told {
            Ok(kind) => kind.cloned(),
            Err(message) => {
                node.problem(message);
                None
            }
        }
    }
}

fn schemes<'a>(root: &Node<'a>, options: &ReadOptions) -> IndexMap<&'a str, Scheme<'a>> {
    let Some(schemes) = section::security_schemes(root) else {
        return IndexMap::new();
    };
    let meanings = schemes.fields().filter_map(|field| {
        let node = field.node().follow()?;
        let meaning = match options.said_of(field.key) {
            Some(Some(kind)) => Meaning::Sends(kind.clone()),
            Some(None) => Meaning::SendsNothing,
            None => scheme::scheme(field.key, &node, root),
        };
        Some((
            field.key,
            Scheme {
                meaning,
                value: node.value(),
            },
        ))
    });
    let declared: IndexMap<_, _> = meanings.collect();
    if declared.values().map(credentials).sum::<usize>() > MAX_CREDENTIALS {
        schemes.problem(format!("ask for more than {MAX_CREDENTIALS} credentials"));
        return IndexMap::new();
    }
    declared
}

/// How many values a scheme makes a caller send.
fn credentials(scheme: &Scheme<'_>) -> usize {
    match &scheme.meaning {
        Meaning::Sends(Kind::Token { places, .. }) => places.len(),
        Meaning::Sends(Kind::Iam | Kind::ApiKey) => 1,
        Meaning::SendsNothing | Meaning::Unknown(_) => 0,
    }
}

/// A scheme that nobody declared, as in an export without extensions: by its name, or a problem.
fn guess(name: &str, node: &Node<'_>) -> Option<Kind> {
    let guess = scheme::guess(name);
    let shown = quote(name);
    let section = section::security_schemes_name(node.source().version());
    if guess.is_some() {
        node.repair(format!(
            "names the security scheme {shown}, which is not declared; guessed by its name"
        ));
    } else {
        node.problem(format!(
            "names the security scheme {shown}, which is not declared: say what it is, add it to {section}, or export \
             the API with extensions"
        ));
    }
    guess
}

/// The entries of a `security`; `None` if it does not say what is demanded.
fn entries(list: Node<'_>) -> Option<Vec<Node<'_>>> {
    if list.value().is_object() && !is_function(&list) {
        list.repair("is not a list; read as a list of this one entry");
        return Some(vec![list]);
    }
    let entries = list.items().collect();
    list.value().is_array().then_some(entries)
}

/// Whether this is a `CloudFormation` function, such as `Fn::If`, whose outcome nobody can know here.
fn is_function(node: &Node<'_>) -> bool {
    node.fields()
        .any(|field| field.key.starts_with("Fn::") || field.key == "Ref")
}

/// Adds a requirement unless the same is demanded already; its scopes are then accepted as well.
fn add(security: &mut Security, requirement: Requirement) {
    let known = security
        .all_of
        .iter_mut()
        .find(|known| known.kind == requirement.kind);
    let Some(known) = known else {
        return security.all_of.push(requirement);
    };
    let scopes: IndexSet<_> = known.scopes.drain(..).chain(requirement.scopes).collect();
    known.scopes.extend(scopes);
}
