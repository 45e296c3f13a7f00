//! A provider that the test controls, and a clock that follows Tokio's paused time.

use std::future::{Future, pending};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use gatewright::layers::bearer::CachedToken;
use gatewright::token::{ProvideToken, Token};
use gatewright::{BoxError, RefreshPolicy};
use tokio::time::Instant;

/// When every test begins.
pub(crate) const START: SystemTime = SystemTime::UNIX_EPOCH;
pub(crate) const HOUR: Duration = Duration::from_secs(3600);
/// An hour's token enters its advisory window here, without jitter, and its mandatory one at 59 minutes.
pub(crate) const ADVISORY: Duration = Duration::from_secs(46 * 60);
pub(crate) const MANDATORY: Duration = Duration::from_secs(59 * 60 + 30);

pub(crate) fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What a call of the provider does.
pub(crate) enum Step {
    /// Gives a token that lives this long.
    Give(Duration),
    /// The same, after this time.
    Slowly(Duration, Duration),
    GiveToken(Token),
    Fail(&'static str),
    Hang,
    Panic,
}

/// Counts its calls. The first one gives a token `t1`, the second `t2`.
pub(crate) struct Peer {
    calls: AtomicUsize,
    script: Box<dyn Fn(usize) -> Step + Send + Sync>,
    started: Instant,
}

impl Peer {
    pub(crate) fn new(script: impl Fn(usize) -> Step + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            calls: AtomicUsize::new(0),
            script: Box::new(script),
            started: Instant::now(),
        })
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    pub(crate) fn now(&self) -> SystemTime {
        START + self.started.elapsed()
    }

    fn token(&self, call: usize, life: Duration) -> Token {
        Token::new(format!("t{call}")).with_expiry(self.now() + life)
    }
}

impl ProvideToken for Peer {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        match (self.script)(call) {
            Step::Give(life) => Ok(self.token(call, life)),
            Step::Slowly(wait, life) => {
                tokio::time::sleep(wait).await;
                Ok(self.token(call, life))
            }
            Step::GiveToken(token) => Ok(token),
            Step::Fail(error) => Err(error.into()),
            Step::Hang => pending().await,
            Step::Panic => panic!("planted-panic"),
        }
    }
}

pub(crate) fn policy() -> RefreshPolicy {
    RefreshPolicy::default().jitter(|| 0.0)
}

/// A cache that reads the time from its peer.
pub(crate) fn cache(peer: &Arc<Peer>) -> CachedToken<Arc<Peer>> {
    let clock = Arc::clone(peer);
    CachedToken::with_policy(Arc::clone(peer), policy()).clock(move || clock.now())
}

/// The token, or the texts of the error and its sources.
pub(crate) async fn get(cache: &CachedToken<Arc<Peer>>) -> Result<String, String> {
    text(cache.provide_token().await)
}

/// As [`get`], and `None` if a caller would have to wait.
pub(crate) fn get_now(cache: &CachedToken<Arc<Peer>>) -> Option<Result<String, String>> {
    let mut asked = pin!(cache.provide_token());
    match asked.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(text(result)),
        Poll::Pending => None,
    }
}

/// The caller gets this token without a wait.
#[track_caller]
pub(crate) fn assert_served(cache: &CachedToken<Arc<Peer>>, token: &str) {
    assert_eq!(get_now(cache), Some(Ok(token.to_owned())));
}

fn text(result: Result<Token, BoxError>) -> Result<String, String> {
    result
        .map(|token| token.secret().to_owned())
        .map_err(|error| {
            let source = error.source().map(ToString::to_string);
            source.unwrap_or_else(|| error.to_string())
        })
}

/// Lets time pass, and what waits for it run.
pub(crate) async fn pass(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Lets the tasks run that are ready, without letting time pass.
pub(crate) async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}
