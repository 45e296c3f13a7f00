//! Which credentials each operation of a document demands: a second reading, to hold the first one against.
//!
//! It looks at the plain JSON or YAML and knows nothing of `gatewright-document`. The two have to come to the same; where they do
//! not, one of them is wrong, or a rule of API Gateway is clear to one of them only.
//!
//! ```
//! let document = br#"{"openapi": "3.0.1", "paths": {"/a": {"get": {"security": [{"iam": []}, {"api_key": []}]}}}}"#;
//! let demands = corpus_oracle::demands(document)?;
//! assert_eq!(demands["GET /a"].iter().collect::<Vec<_>>(), ["api key", "signature"]);
//! # Ok::<(), String>(())
//! ```

mod declared;
mod meaning;
mod model;
mod operation;
mod security;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

pub use model::differences;

/// What a caller of one operation sends: `signature`, `api key`, `header x-ticket of gate`, `query seat of usher`.
pub type Demands = BTreeSet<String>;

/// What each operation demands, by method and path: `GET /pets/{petId}`.
///
/// # Errors
///
/// If the bytes are neither JSON nor YAML.
pub fn demands(document: &[u8]) -> Result<BTreeMap<String, Demands>, String> {
    let root = tree::read(document)?;
    let mut all = operation::all(&root);
    share_keys(&mut all);
    let all = all.into_iter();
    Ok(all
        .map(|(title, sent)| (title, sent.iter().map(ToString::to_string).collect()))
        .collect())
}

/// A caller has one value for `x-api-key`: if any operation wants a key of a usage plan there, that is the value.
fn share_keys(all: &mut BTreeMap<String, Vec<meaning::Sent>>) {
    let has_key = all.values().flatten().any(meaning::Sent::is_plan_key);
    if has_key {
        let sent = all.values_mut().flatten();
        sent.for_each(meaning::Sent::make_plan_key);
    }
}
