//! The table of what was called.

use std::fmt;

/// What became of the calls of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// The operations that were called.
    pub(crate) operations: usize,
    /// Calls with right credentials that passed.
    pub(crate) passed: usize,
    /// Calls without credentials that the guard held back.
    pub(crate) held: usize,
    /// Calls without credentials that the gateway refused.
    pub(crate) missing: usize,
    /// Calls with a wrong credential that the gateway refused.
    pub(crate) wrong: usize,
    /// What went wrong: the operation and why.
    pub(crate) failures: Vec<String>,
}

impl Tally {
    pub(crate) fn fail(&mut self, operation: &str, why: impl fmt::Display) {
        self.failures.push(format!("{operation}: {why}"));
    }

    fn add(mut self, other: &Tally) -> Self {
        self.operations += other.operations;
        self.passed += other.passed;
        self.held += other.held;
        self.missing += other.missing;
        self.wrong += other.wrong;
        self.failures.extend(other.failures.iter().cloned());
        self
    }

    fn cells(&self) -> String {
        let Tally {
            operations,
            passed,
            held,
            missing,
            wrong,
            failures,
        } = self;
        let failures = failures.len();
        format!("{operations:>10}  {passed:>6}  {held:>9}  {missing:>7}  {wrong:>5}  {failures:>8}")
    }
}

/// What became of all calls. It prints as a table: a line for each document, what went wrong below it, totals last.
#[derive(Clone, Debug)]
pub struct Report(pub(crate) Vec<(String, Tally)>);

impl Report {
    /// Whether every call ended as it has to.
    pub fn passed(&self) -> bool {
        self.0.iter().all(|(_, tally)| tally.failures.is_empty())
    }

    fn total(&self) -> Tally {
        let tallies = self.0.iter().map(|(_, tally)| tally);
        tallies.fold(Tally::default(), Tally::add)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = format!("{} documents", self.0.len());
        let names = self.0.iter().map(|(name, _)| name.chars().count());
        let width = names.chain([total.len()]).max().unwrap_or(0);
        let head = "operations  passed  held back  missing  wrong  failures";
        writeln!(f, "{:width$}  {head}", "document called")?;
        for (name, tally) in &self.0 {
            writeln!(f, "{name:width$}  {}", tally.cells())?;
            for failure in &tally.failures {
                writeln!(f, "    {failure}")?;
            }
        }
        writeln!(f, "{total:width$}  {}", self.total().cells())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_stand_below_their_document_and_totals_last() {
        let passed = Tally {
            operations: 2,
            passed: 2,
            held: 1,
            missing: 1,
            wrong: 3,
            failures: Vec::new(),
        };
        let mut failed = Tally {
            operations: 1,
            ..Tally::default()
        };
        failed.fail("GET /pets", "with right credentials: refused");
        let report = Report(vec![
            ("a-longer-name.json".to_owned(), passed),
            ("b.json".to_owned(), failed),
        ]);
        let expected = "\
document called     operations  passed  held back  missing  wrong  failures
a-longer-name.json           2       2          1        1      3         0
b.json                       1       0          0        0      0         1
    GET /pets: with right credentials: refused
2 documents                  3       2          1        1      3         1
";
        assert_eq!(report.to_string(), expected);
        assert!(!report.passed());
    }
}
