//! Who can sign in, and what is asked of them.

/// A user who has confirmed the account and signs in with a password alone.
#[derive(Clone, Debug)]
pub(crate) struct User {
    /// What the pool calls the user: `USER_ID_FOR_SRP`.
    pub(crate) id: String,
    pub(crate) aliases: Vec<&'static str>,
    pub(crate) password: String,
    pub(crate) status: Status,
    pub(crate) second_factors: Vec<Factor>,
    /// What `MFAS_CAN_SETUP` says to a user who has to set a second factor up.
    pub(crate) sets_up: Option<&'static str>,
    /// What `USER_AUTH` lets the user choose among.
    pub(crate) first_factors: Vec<&'static str>,
    pub(crate) rounds: Vec<Round>,
    /// A challenge by this name comes last, and nothing passes it.
    pub(crate) ends_with: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(crate) enum Status {
    Confirmed,
    /// The password is good for one sign-in; with the attributes that are missing.
    Temporary(&'static [&'static str]),
    Unconfirmed,
    ResetRequired,
}

/// Something that gives a user a code.
#[derive(Clone, Debug)]
pub(crate) enum Factor {
    /// To this number, as Cognito shows it.
    Sms(&'static str),
    /// To this address, as Cognito shows it.
    Email(&'static str),
    /// An authenticator app with this secret, in base 32.
    Totp(String),
}

/// A question of the pool's own, and the response that passes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    pub(crate) question: &'static str,
    pub(crate) response: &'static str,
}

impl User {
    pub(crate) fn new(id: &str, password: &str) -> Self {
        Self {
            id: id.to_owned(),
            aliases: Vec::new(),
            password: password.to_owned(),
            status: Status::Confirmed,
            second_factors: Vec::new(),
            sets_up: None,
            first_factors: Vec::new(),
            rounds: Vec::new(),
            ends_with: None,
        }
    }

    pub(crate) fn alias(mut self, alias: &'static str) -> Self {
        self.aliases.push(alias);
        self
    }

    pub(crate) fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn second_factor(mut self, factor: Factor) -> Self {
        self.second_factors.push(factor);
        self
    }

    pub(crate) fn sets_up(mut self, factors: &'static str) -> Self {
        self.sets_up = Some(factors);
        self
    }

    pub(crate) fn first_factors(mut self, names: &[&'static str]) -> Self {
        self.first_factors = names.to_vec();
        self
    }

    pub(crate) fn round(mut self, question: &'static str, response: &'static str) -> Self {
        self.rounds.push(Round { question, response });
        self
    }

    pub(crate) fn ends_with(mut self, challenge: &'static str) -> Self {
        self.ends_with = Some(challenge);
        self
    }

    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.id == name || self.aliases.contains(&name)
    }
}
