//! Instructions of a thread by function, as callgrind counts them.

use std::fs;
use std::path::Path;
use std::process::Command;

use gatewright::BoxError;

use crate::process;

/// What one thread did.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Instructions {
    /// In functions of the hash.
    pub(crate) hash: u64,
    pub(crate) other: u64,
}

impl Instructions {
    /// So many times those of `bare`, without hashing.
    pub(crate) fn times(self, bare: Self) -> f64 {
        self.other as f64 / bare.other as f64
    }
}

/// What one call costs: this program is run twice, with a number of calls after its `arguments`, and the difference is that
/// of so many calls. What the start of the process costs is the same in both. The program trusts the certificates in `roots`,
/// or those of the system.
pub(crate) fn per_call(
    arguments: &[&str],
    runs: [u64; 2],
    roots: Option<&Path>,
) -> Result<Instructions, BoxError> {
    let [short, long] =
        runs.map(|calls| of_first_thread(&[arguments, &[&calls.to_string()]].concat(), roots));
    let (short, long) = (short?, long?);
    let each = |short: u64, long: u64| long.saturating_sub(short) / (runs[1] - runs[0]);
    Ok(Instructions {
        hash: each(short.hash, long.hash),
        other: each(short.other, long.other),
    })
}

/// Runs this program with `arguments` under callgrind and counts for its first thread.
fn of_first_thread(arguments: &[&str], roots: Option<&Path>) -> Result<Instructions, BoxError> {
    let folder = std::env::temp_dir().join(format!("gatewright-callgrind-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let counted = count(&folder, arguments, roots);
    fs::remove_dir_all(&folder)?;
    counted
}

fn count(
    folder: &Path,
    arguments: &[&str],
    roots: Option<&Path>,
) -> Result<Instructions, BoxError> {
    let out = folder.join("out");
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args([
            "--quiet",
            "--tool=callgrind",
            "--separate-threads=yes",
            "--compress-strings=no",
            "--compress-pos=no",
        ])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe()?);
    process::output(&mut valgrind, arguments, roots).map_err(|error| {
        format!(
            "valgrind does not run, or what it runs (Debian: `apt-get install valgrind`): {error}"
        )
    })?;
    Ok(read(&fs::read_to_string(out.with_file_name("out-01"))?))
}

/// Sums the lines of cost, which belong to the function of the last `fn=` line. The line after a `calls=` line is about
/// what was called, and counted there.
fn read(profile: &str) -> Instructions {
    let mut sum = Instructions::default();
    let mut is_hash = false;
    let mut is_callee = false;
    for line in profile.lines() {
        if let Some(function) = line.strip_prefix("fn=") {
            is_hash = function.contains("sha2::");
        } else if line.starts_with("calls=") {
            is_callee = true;
        } else if let Some(cost) = cost(line) {
            let part = if is_hash {
                &mut sum.hash
            } else {
                &mut sum.other
            };
            *part += if is_callee { 0 } else { cost };
            is_callee = false;
        }
    }
    sum
}

/// `<line of source> <instructions>`
fn cost(line: &str) -> Option<u64> {
    let (position, cost) = line.split_once(' ')?;
    position.parse::<u64>().ok()?;
    cost.parse().ok()
}
