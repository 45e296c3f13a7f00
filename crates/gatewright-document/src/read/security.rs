//! What an operation demands of its caller.

mod list;
mod root;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use indexmap::{IndexMap, IndexSet};

use crate::display::quote;
use crate::node::{Field, Node};
use crate::read::scheme::{self, Meaning};
use crate::read::section;
use crate::value::Value;
use crate::{Alternative, ApiKind, Kind, Place, ReadOptions, Requirement, Security, Silent};
use list::Fault;
use root::Root;

/// The name that API Gateway gives the scheme of AWS Signature Version 4.
const SIGV4: &str = "sigv4";

/// What AWS SAM writes, without a declaration, for `Auth: { Authorizer: NONE }`.
const NONE: &str = "NONE";

/// How many schemes one `security` may name. API Gateway takes an authorizer and an API key.
const MAX_DEMANDS: usize = 32;

/// How many values all security schemes together may make a caller send; each may be a credential of its own, told from all
/// others. API Gateway takes ten authorizers for an API ("Quotas for configuring and running a REST API").
const MAX_CREDENTIALS: usize = 1_000;

/// What the whole document says about security.
pub(super) struct SecurityRules<'a> {
    schemes: Schemes<'a>,
    root: Root<'a>,
}

/// The security schemes of a document.
struct Schemes<'a> {
    options: &'a ReadOptions,
    declared: IndexMap<&'a str, Scheme<'a>>,
    /// The schemes that are named, not declared, and known all the same.
    undeclared: RefCell<IndexMap<String, Option<Kind>>>,
    /// Whether an authorizer gives the gateway the API key, so that the caller sends none.
    keys_from_authorizer: bool,
}

struct Scheme<'a> {
    meaning: Meaning,
    value: &'a Value,
}

/// The `security` of one place, and what is wrong with it.
#[derive(Default)]
struct Said {
    security: Security,
    faults: Vec<Fault>,
}

/// What `x-amazon-apigateway-auth` says.
enum AuthType<'a> {
    Iam(Node<'a>),
    None,
}

impl<'a> SecurityRules<'a> {
    pub(super) fn read(root: &Node<'a>, kind: ApiKind, options: &'a ReadOptions) -> Self {
        let key_source = root
            .text("x-amazon-apigateway-api-key-source")
            .unwrap_or_default();
        let schemes = Schemes {
            options,
            declared: declared(root, options),
            undeclared: RefCell::default(),
            keys_from_authorizer: key_source.eq_ignore_ascii_case("AUTHORIZER"),
        };
        let said = schemes.said_at(root);
        let root = Root::new(root, kind, options, said);
        Self { schemes, root }
    }

    /// The schemes that the document declares, and those that it only named so far.
    pub(super) fn schemes(&self) -> IndexMap<String, Option<Kind>> {
        let kind = |scheme: &Scheme<'_>| match &scheme.meaning {
            Meaning::Sends(kind) => Some(kind.clone()),
            Meaning::SendsNothing | Meaning::Silent | Meaning::Unknown(_) => None,
        };
        let declared = self.schemes.declared.iter();
        let declared = declared.map(|(name, scheme)| ((*name).to_owned(), kind(scheme)));
        let undeclared = self.schemes.undeclared.borrow();
        declared.chain(undeclared.clone()).collect()
    }

    /// The `security` of the whole document, once all operations are read.
    pub(super) fn into_root(self) -> Security {
        self.root.finish()
    }

    /// What an operation demands.
    pub(super) fn of(&self, operation: &Node<'a>) -> Security {
        let Said {
            mut security,
            faults,
        } = self.schemes.said_at(operation);
        list::refuse(&faults, operation.source());
        let auth = auth_type(operation);
        if !security.explicit && faults.is_empty() {
            security = self.root.inherited_by(operation, auth.is_some());
        }
        if let Some(auth) = auth {
            security.explicit = true;
            if let AuthType::Iam(node) = auth {
                add(&mut security, self.schemes.iam(&node));
            }
        }
        security
    }
}

/// `x-amazon-apigateway-auth`, which says apart from `security` whether AWS credentials are asked for.
fn auth_type<'a>(operation: &Node<'a>) -> Option<AuthType<'a>> {
    let auth = operation.child("x-amazon-apigateway-auth")?;
    let name = match auth.value().as_str() {
        Some(name) => {
            auth.repair("is a string, not an object; read as its `type`");
            name.to_owned()
        }
        None => auth.text("type").unwrap_or_default(),
    };
    match name.to_ascii_uppercase().as_str() {
        "AWS_IAM" => Some(AuthType::Iam(auth)),
        "NONE" => Some(AuthType::None),
        _ => {
            auth.repair("is of a type that is neither AWS_IAM nor NONE; left out");
            None
        }
    }
}

impl<'a> Schemes<'a> {
    /// The demand of AWS Signature Version 4 that `node` makes, apart from `security`.
    fn iam(&self, node: &Node<'_>) -> Requirement {
        let is_iam = |scheme: &&Scheme<'_>| matches!(scheme.meaning, Meaning::Sends(Kind::Iam));
        let mut declared = self.declared.iter();
        let declared = declared.find(|(_, scheme)| is_iam(scheme));
        Requirement {
            pointer: node.at().clone(),
            scheme: declared.map_or(SIGV4, |(name, _)| *name).to_owned(),
            kind: Kind::Iam,
            scopes: Vec::new(),
        }
    }

    /// The `security` of a node: all that its list names, for that is how API Gateway reads the list.
    fn said_at(&self, node: &Node<'a>) -> Said {
        let mut said = Said::default();
        let Some(list) = node.child("security") else {
            return said;
        };
        let entries = match list::entries(&list) {
            Ok(entries) => entries,
            Err(faults) => {
                said.faults = faults;
                return said;
            }
        };
        said.security.explicit = true;
        let names = entries.iter().map(|entry| entry.fields().count());
        if names.sum::<usize>() > MAX_DEMANDS {
            let text = format!("names more than {MAX_DEMANDS} security schemes");
            said.faults.push(Fault::at(node, text));
            return said;
        }
        for entry in &entries {
            entry
                .fields()
                .for_each(|field| self.add_requirement(&field, &mut said));
        }
        said
    }

    fn add_requirement(&self, field: &Field<'_, 'a>, said: &mut Said) {
        let node = field.node();
        let kind = match self.kind_of(field.key, &node) {
            Ok(Some(kind)) => kind,
            Ok(None) => return self.add_silent(field, &mut said.security),
            Err(text) => return said.faults.push(Fault::at(&node, text)),
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
            &mut said.security,
            Requirement {
                pointer: node.at().clone(),
                scheme: field.key.to_owned(),
                kind,
                scopes,
            },
        );
    }

    /// Notes an authorizer that does not say what it reads.
    fn add_silent(&self, field: &Field<'_, 'a>, security: &mut Security) {
        let declared = self.declared.get(field.key);
        if declared.is_some_and(|scheme| matches!(scheme.meaning, Meaning::Silent)) {
            security.silent.push(Silent {
                pointer: field.node().at().clone(),
                scheme: field.key.to_owned(),
            });
        }
    }

    /// What the scheme that `node` names makes a caller send, if anything; an error if that cannot be told.
    fn kind_of(&self, name: &str, node: &Node<'a>) -> Result<Option<Kind>, String> {
        let Some(scheme) = self.declared.get(name) else {
            let kind = match self.options.said_of(name) {
                Some(said) => said.clone(),
                None => guess(name, node)?,
            };
            let mut undeclared = self.undeclared.borrow_mut();
            undeclared.insert(name.to_owned(), kind.clone());
            return Ok(kind);
        };
        match &scheme.meaning {
            Meaning::Sends(kind) => {
                node.source().repeat(scheme.value)?;
                Ok(Some(kind.clone()))
            }
            Meaning::SendsNothing | Meaning::Silent => Ok(None),
            Meaning::Unknown(message) => Err(message.clone()),
        }
    }
}

/// The schemes that a document declares. What the user says of one wins over its declaration, be that readable or not.
fn declared<'a>(root: &Node<'a>, options: &ReadOptions) -> IndexMap<&'a str, Scheme<'a>> {
    let Some(schemes) = section::security_schemes(root) else {
        return IndexMap::new();
    };
    let meanings = schemes.fields().map(|field| {
        let (meaning, value) = match options.said_of(field.key) {
            Some(Some(kind)) => (Meaning::Sends(kind.clone()), field.value),
            Some(None) => (Meaning::SendsNothing, field.value),
            None => meaning(&field, root),
        };
        (field.key, Scheme { meaning, value })
    });
    let declared: IndexMap<_, _> = meanings.collect();
    if declared.values().map(credentials).sum::<usize>() > MAX_CREDENTIALS {
        schemes.problem(format!("ask for more than {MAX_CREDENTIALS} credentials"));
        return IndexMap::new();
    }
    declared
}

/// What a declared scheme means. One that cannot be found is no problem before an operation demands it.
fn meaning<'a>(field: &Field<'_, 'a>, root: &Node<'a>) -> (Meaning, &'a Value) {
    let node = field.node();
    match node.followed() {
        Ok(target) => (scheme::scheme(field.key, &target, root), target.value()),
        Err(message) => {
            let way_out = scheme::way_out(field.key);
            node.repair(format!("{message}; left out, as nothing demands it"));
            let (name, at) = (quote(field.key), node.at());
            let message = format!("the security scheme {name} ({at}): {message}, or {way_out}");
            (Meaning::Unknown(message), field.value)
        }
    }
}

/// How many values a scheme makes a caller send.
fn credentials(scheme: &Scheme<'_>) -> usize {
    match &scheme.meaning {
        Meaning::Sends(kind) => kind.places().len(),
        Meaning::SendsNothing | Meaning::Silent | Meaning::Unknown(_) => 0,
    }
}

/// A scheme that nobody declared, as in an export without extensions: by its name, or an error.
fn guess(name: &str, node: &Node<'_>) -> Result<Option<Kind>, String> {
    let shown = quote(name);
    if name.eq_ignore_ascii_case(NONE) {
        node.minor_repair(format!(
            "names {shown}, which is not declared: AWS SAM writes it for an operation without authorization"
        ));
        return Ok(None);
    }
    if let Some(kind) = scheme::guess(name) {
        node.repair(format!(
            "names the security scheme {shown}, which is not declared; guessed by its name"
        ));
        return Ok(Some(kind));
    }
    let section = section::security_schemes_name(node.source().version());
    let way_out = scheme::way_out(name);
    Err(format!(
        "names the security scheme {shown}, which is not declared: {way_out}, add it to {section}, or export the API with \
         extensions"
    ))
}

/// Adds a requirement. The same demand is one, and its scopes are then accepted as well; one whose place is taken can only
/// be an alternative, because API Gateway has one authorizer for a method.
fn add(security: &mut Security, requirement: Requirement) {
    let mut known = security.all_of.iter_mut();
    if let Some(known) = known.find(|known| is_same(known, &requirement)) {
        let scopes: IndexSet<_> = known.scopes.drain(..).chain(requirement.scopes).collect();
        return known.scopes.extend(scopes);
    }
    let mut known = security.all_of.iter();
    let taken = known.find_map(|known| Some((known, contested(&known.kind, &requirement.kind)?)));
    match taken {
        Some((known, place)) => security.alternatives.push(Alternative {
            taken: known.scheme.clone(),
            requirement,
            place,
        }),
        None => security.all_of.push(requirement),
    }
}

/// Whether two demands are one: the same scheme, or two names of what there is only one of.
fn is_same(one: &Requirement, other: &Requirement) -> bool {
    let is_token = matches!(one.kind, Kind::Token { .. });
    one.kind == other.kind && (one.scheme == other.scheme || !is_token)
}

/// The place that both need for a value of their own. An authorizer may read the API key of the usage plan: that is one value.
fn contested(one: &Kind, other: &Kind) -> Option<Place> {
    if *one == Kind::ApiKey || *other == Kind::ApiKey {
        return None;
    }
    let others = other.places();
    let mut places = one.places().into_iter();
    places.find(|place| others.iter().any(|other| other.is_same(place)))
}
