//! A subscriber that keeps every field of every span and event, at every level, of every crate.

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static TEXT: Mutex<String> = Mutex::new(String::new());

fn text() -> MutexGuard<'static, String> {
    TEXT.lock().unwrap()
}

struct Recorder(AtomicU64);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.0.fetch_add(1, Ordering::Relaxed);
        let mut text = text();
        write!(text, "\nspan {id} {}", span.metadata().name()).unwrap();
        span.record(&mut Line(&mut text));
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut text = text();
        write!(text, "\nin {}", span.into_u64()).unwrap();
        values.record(&mut Line(&mut text));
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = text();
        write!(text, "\n{}", event.metadata().target()).unwrap();
        event.record(&mut Line(&mut text));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Records from now on, in all threads.
pub(crate) fn start() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let recorder = Recorder(AtomicU64::new(1));
        tracing::subscriber::set_global_default(recorder).unwrap();
    });
}

/// Everything that was recorded so far.
pub(crate) fn recorded() -> String {
    text().clone()
}
