//! Processes that end with this one.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use super::{Result, sources};

/// A command and the processes it started; killed with this value, and also when this process is killed.
pub(super) struct Process {
    /// Ends when its standard input does, which is when this value, or this process, ends.
    keeper: Child,
}

impl Process {
    /// Starts `command` on our own output.
    pub(super) fn start(root: &Path, command: &Command) -> Result<Self> {
        Self::spawn(&mut kept(root, command))
    }

    /// Starts `command`, which writes to `log`.
    pub(super) fn start_logged(root: &Path, command: &Command, log: &File) -> Result<Self> {
        let mut keeper = kept(root, command);
        keeper.stdout(log.try_clone()?).stderr(log.try_clone()?);
        Self::spawn(&mut keeper)
    }

    fn spawn(keeper: &mut Command) -> Result<Self> {
        let keeper = keeper.stdin(Stdio::piped()).spawn();
        let keeper = keeper.map_err(|error| format!("python3 does not run: {error}"))?;
        Ok(Self { keeper })
    }

    /// Waits until the command ends by itself.
    pub(super) fn wait(&mut self) -> Result<ExitStatus> {
        // `Child::wait` closes the keeper's input.
        let _input = self.keeper.stdin.take();
        Ok(self.keeper.wait()?)
    }

    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.keeper.try_wait(), Ok(None))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Closes the keeper's input.
        let _ = self.keeper.wait();
    }
}

fn kept(root: &Path, command: &Command) -> Command {
    let mut keeper = Command::new("python3");
    keeper
        .arg(sources(root).join("keeper.py"))
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => keeper.env(name, value),
            None => keeper.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        keeper.current_dir(folder);
    }
    keeper
}
