//! A provider in all moods.

use std::fmt;
use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use tokio::time::sleep;

use crate::caches::Value;
use crate::world::{Random, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Kind,
    Slow,
    /// Keeps its thread busy.
    Blocking,
    Failing,
    Panicking,
    /// Past the time limit.
    Hanging,
    /// Gives what has expired already.
    Late,
    /// Gives what expires soon.
    Dying,
}

impl Mood {
    pub(crate) const ALL: [Self; 8] = [
        Self::Kind,
        Self::Slow,
        Self::Blocking,
        Self::Failing,
        Self::Panicking,
        Self::Hanging,
        Self::Late,
        Self::Dying,
    ];
}

pub(crate) struct Provider {
    world: Arc<World>,
    random: Mutex<Random>,
    calls: [AtomicUsize; 8],
    hangs: AtomicBool,
}

impl Provider {
    pub(crate) fn new(world: Arc<World>, random: Random) -> Self {
        Self {
            world,
            random: Mutex::new(random),
            calls: Default::default(),
            hangs: AtomicBool::new(false),
        }
    }

    pub(crate) fn world(&self) -> Arc<World> {
        Arc::clone(&self.world)
    }

    pub(crate) fn calls(&self, mood: Mood) -> usize {
        self.calls[mood as usize].load(Ordering::SeqCst)
    }

    pub(crate) fn hang_from_now_on(&self) {
        self.hangs.store(true, Ordering::SeqCst);
    }

    /// One call.
    pub(crate) async fn provide(&self) -> Result<Value, &'static str> {
        let forgets = self.world.forgets_begun();
        let (mood, wait, life) = self.draw();
        match mood {
            Mood::Slow => sleep(wait).await,
            Mood::Blocking => keep_busy(),
            Mood::Failing => return Err("down"),
            // Without the message of a panic for each.
            Mood::Panicking => std::panic::resume_unwind(Box::new("planted")),
            Mood::Hanging => pending().await,
            Mood::Kind | Mood::Late | Mood::Dying => {}
        }
        let expires_at = match mood {
            Mood::Late => self.world.now() - wait,
            Mood::Dying => self.world.now() + life / 20,
            _ => self.world.now() + life,
        };
        Ok(Value {
            forgets,
            expires_at: whole_milliseconds(expires_at),
            is_late: mood == Mood::Late,
        })
    }

    /// The mood, how long it waits, and how long its value lives.
    fn draw(&self) -> (Mood, Duration, Duration) {
        let mut random = self.random.lock().unwrap();
        let drawn = usize::try_from(random.below(16)).unwrap();
        let mut mood = *Mood::ALL.get(drawn).unwrap_or(&Mood::Kind);
        if self.hangs.load(Ordering::SeqCst) {
            mood = Mood::Hanging;
        }
        self.calls[mood as usize].fetch_add(1, Ordering::SeqCst);
        let pace = self.world.pace;
        let wait = pace.of(random.within(Duration::from_secs(2)));
        let life = pace.of(Duration::from_secs(2) + random.within(Duration::from_secs(30)));
        (mood, wait, life)
    }
}

fn keep_busy() {
    for _ in 0..10_000 {
        std::hint::spin_loop();
    }
}

/// Rounded down, as a value writes it.
fn whole_milliseconds(time: SystemTime) -> SystemTime {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    time - Duration::from_nanos(u64::from(since.subsec_nanos() % 1_000_000))
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(Mood::ALL.map(|mood| (mood, self.calls(mood))))
            .finish()
    }
}
