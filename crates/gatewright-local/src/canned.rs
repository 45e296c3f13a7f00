//! Responses that the user orders for an operation.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use gatewright_document::similar::nearest;
use gatewright_document::{Document, Operation};

use crate::Error;
use crate::reply::{Checked, Reply};

/// The replies of an operation, one after the other; the last one stays. There is at least one.
#[derive(Debug)]
pub(crate) struct Turns {
    replies: Vec<Checked>,
    given: AtomicUsize,
}

impl Turns {
    /// The next reply. Concurrent requests have a turn each.
    pub(crate) fn next(&self) -> Option<&Checked> {
        let last = self.replies.len().checked_sub(1)?;
        let advance = |given: usize| (given < last).then_some(given + 1);
        let given = self
            .given
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, advance);
        self.replies.get(given.unwrap_or(last))
    }
}

/// The orders by the index of their operation; the last one for an operation counts.
pub(crate) fn orders(
    document: &Document,
    canned: Vec<(String, Vec<Reply>)>,
) -> Result<HashMap<usize, Turns>, Error> {
    let check = |(name, replies): (String, Vec<Reply>)| {
        let index = index(document, &name)?;
        let replies = replies.into_iter().map(Reply::check);
        let replies: Result<Vec<_>, _> = replies.collect();
        let replies = replies.map_err(|(what, error)| Error::response(&name, what, error))?;
        let turns = Turns {
            replies,
            given: AtomicUsize::new(0),
        };
        Ok((index, turns))
    };
    canned.into_iter().map(check).collect()
}

/// `GET /pets/{petId}`.
pub(crate) fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

/// The operation of a name: its `operationId`, or method and path.
pub(crate) fn index(document: &Document, name: &str) -> Result<usize, Error> {
    let mut operations = document.operations.iter();
    let found = operations
        .position(|operation| operation.id.as_deref() == Some(name) || title(operation) == name);
    found.ok_or_else(|| {
        let titles: Vec<_> = document.operations.iter().map(title).collect();
        let ids = document.operations.iter().map(|it| it.id.as_deref());
        let words = titles
            .iter()
            .map(String::as_str)
            .chain(ids.clone().flatten());
        let meant = nearest(name, words);
        let known = titles.iter().zip(ids).map(|(title, id)| match id {
            Some(id) => format!("{title} (`{id}`)"),
            None => title.clone(),
        });
        Error::operation(name, meant, &known.collect::<Vec<_>>())
    })
}
