//! The calls that are made of one operation, and what each has to come to.

use gatewright::{AuthorizeErrorKind, HttpService, transport};
use gatewright_document::{Document, Operation, ReadOptions};
use gatewright_local::{Received, Verdict};

use crate::demand::{self, Wrong};
use crate::report::Tally;
use crate::site::{Site, unguarded};
use crate::{Call, Caller, Calls, Outcome};

/// Calls every operation of a document.
pub(crate) async fn document(calls: &Calls) -> Tally {
    let mut tally = Tally::default();
    match read(calls) {
        Ok(document) => {
            for call in calls.calls {
                tally.operations += 1;
                if let Err(why) = operation(&document, call, &mut tally).await {
                    tally.fail(call.operation, why);
                }
            }
        }
        Err(why) => tally.fail(calls.name(), why),
    }
    tally
}

fn read(calls: &Calls) -> Result<Document, String> {
    let bytes = std::fs::read(calls.path()).map_err(|error| error.to_string())?;
    let mut options = ReadOptions::new();
    if let Some(id) = calls.resource() {
        options = options.resource(id);
    }
    let mut files = options.folder(calls.path());
    let document = options.read_with(calls.name(), &bytes, &mut files);
    document.map_err(|error| error.to_string())
}

/// Makes all calls of one operation, at a gateway of its own; the error is why none could be made.
async fn operation(document: &Document, call: &Call, tally: &mut Tally) -> Result<(), String> {
    let mut operations = document.operations.iter();
    let operation = operations
        .find(|operation| title(operation) == call.operation)
        .ok_or("the document has no such operation")?;
    let trials = Trials {
        call,
        document,
        operation,
        site: Site::start(document).await?,
    };
    trials.run(tally).await;
    Ok(())
}

fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

struct Trials<'a> {
    call: &'a Call,
    document: &'a Document,
    operation: &'a Operation,
    site: Site,
}

impl Trials<'_> {
    async fn run(&self, tally: &mut Tally) {
        let security = &self.operation.security;
        let right = demand::right(security, &self.site.gateway);
        let wrongs = demand::wrongs(security, self.document.kind, &right);
        let base = self.site.base.clone();
        let answered = self.make(Caller::Connected(base, right)).await;
        self.count(tally, "right credentials", passed(&answered), |tally| {
            &mut tally.passed
        });
        for wrong in wrongs {
            self.wrong(wrong, tally).await;
        }
        if let Some(refusal) = demand::missing(self.operation, self.document.kind) {
            self.missing(refusal, tally).await;
        }
    }

    async fn wrong(&self, wrong: Wrong, tally: &mut Tally) {
        let caller = Caller::Connected(self.site.base.clone(), wrong.given);
        let made = self.make(caller).await;
        let verdict = refused(&made, wrong.refusal);
        self.count(tally, &wrong.what, verdict, |tally| &mut tally.wrong);
    }

    async fn missing(&self, refusal: (gatewright::GatewayErrorKind, u16), tally: &mut Tally) {
        let base = || self.site.base.clone();
        if demand::is_held(self.operation) {
            let guarded = Caller::Bare(base(), transport::https().boxed());
            let held = held(&self.make(guarded).await);
            self.count(tally, "none, guarded", held, |tally| &mut tally.held);
        }
        let made = self.make(Caller::Bare(base(), unguarded())).await;
        let verdict = refused(&made, refusal);
        self.count(tally, "none, unguarded", verdict, |tally| {
            &mut tally.missing
        });
    }

    async fn make(&self, caller: Caller) -> Made {
        let outcome = (self.call.make)(caller).await;
        Made {
            operation: self.call.operation,
            outcome,
            arrived: self.site.arrived(),
        }
    }

    fn count(
        &self,
        tally: &mut Tally,
        with: &str,
        verdict: Result<(), String>,
        column: fn(&mut Tally) -> &mut usize,
    ) {
        match verdict {
            Ok(()) => *column(tally) += 1,
            Err(why) => tally.fail(self.call.operation, format!("with {with}: {why}")),
        }
    }
}

/// A call that was made.
struct Made {
    operation: &'static str,
    outcome: Outcome,
    /// What reached the gateway.
    arrived: Vec<Received>,
}

impl Made {
    /// The one request that reached the gateway, if it was routed to the operation.
    fn request(&self) -> Result<&Received, String> {
        let [request] = self.arrived.as_slice() else {
            let count = self.arrived.len();
            return Err(format!("{count} requests arrived; {}", self.outcome));
        };
        match request.operation.as_deref() {
            Some(operation) if operation == self.operation => Ok(request),
            other => Err(format!("went to {other:?}: {request}")),
        }
    }
}

/// Routed, let through and decoded, and known to the document: no value that its types have no name for.
fn passed(made: &Made) -> Result<(), String> {
    let request = made.request()?;
    if request.verdict != Verdict::Passed {
        return Err(format!("{request}"));
    }
    match &made.outcome {
        Outcome::Answered(value) if value.contains("Unknown(") => {
            Err(format!("decoded as unknown: {value}"))
        }
        Outcome::Answered(_) => Ok(()),
        other => Err(other.to_string()),
    }
}

fn refused(made: &Made, (kind, status): (gatewright::GatewayErrorKind, u16)) -> Result<(), String> {
    let request = made.request()?;
    if !matches!(request.verdict, Verdict::Refused { .. }) {
        return Err(format!("let through: {request}"));
    }
    let expected = Outcome::Refused(kind, status);
    if made.outcome == expected {
        return Ok(());
    }
    Err(format!("{} instead of {expected}; {request}", made.outcome))
}

/// Refused before anything was sent.
fn held(made: &Made) -> Result<(), String> {
    let expected = Outcome::Held(AuthorizeErrorKind::MissingCredential);
    if made.outcome == expected && made.arrived.is_empty() {
        return Ok(());
    }
    let count = made.arrived.len();
    Err(format!(
        "{} instead of {expected}; {count} requests arrived",
        made.outcome
    ))
}
