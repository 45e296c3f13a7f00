//! Sign-ins: how they begin, and how they go on with each response.

use std::collections::{HashMap, VecDeque};

use serde_json::{Value, json};

use super::super::response::{Outcome, Refusal, invalid, not_authorized, refuse};
use super::UserPool;
use super::secret_hash;
use super::srp::Verifier;
use super::stage::{self, Judge, Stage};
use super::user::{Factor, User};

/// Sign-ins under way, by session string.
#[derive(Default)]
pub(super) struct Attempts {
    open: HashMap<String, Attempt>,
    /// The last code that was sent.
    pub(super) sent: String,
    /// Counts responses, so that no two are alike.
    pub(super) number: u64,
}

/// What one user still has to pass.
#[derive(Clone)]
pub(super) struct Attempt {
    pub(super) user: String,
    pub(super) stages: VecDeque<Stage>,
    /// `USER_SRP_AUTH` has no session before the password is proved.
    is_plain_srp: bool,
}

impl UserPool {
    pub(super) fn initiate(&mut self, input: &Value) -> Outcome {
        self.client(input)?;
        let parameters = &input["AuthParameters"];
        if input["AuthFlow"] == "REFRESH_TOKEN_AUTH" {
            return self.refresh(parameters);
        }
        let name = parameters["USERNAME"].as_str().unwrap_or_default();
        secret_hash::check(&self.settings, name, parameters)?;
        let user = self.user(name)?;
        let flow = input["AuthFlow"].as_str().unwrap_or_default();
        let stages = begin(&user, flow, parameters, self.attempts.number)?;
        self.go_on(Attempt {
            user: user.id,
            stages: stages.into(),
            is_plain_srp: flow == "USER_SRP_AUTH",
        })
    }

    pub(super) fn respond(&mut self, input: &Value) -> Outcome {
        self.client(input)?;
        let responses = &input["ChallengeResponses"];
        let block = &responses["PASSWORD_CLAIM_SECRET_BLOCK"];
        let session = input["Session"].as_str().or(block.as_str());
        let session = session.unwrap_or_default();
        let mut attempt = self.attempts.get(session)?;
        let stage = attempt.first(input)?;
        self.check_name(&attempt, responses)?;
        let next = self.judge(&attempt, &stage, responses)?;
        self.attempts.close(session);
        attempt.is_plain_srp = false;
        attempt.stages.pop_front();
        for stage in next.into_iter().rev() {
            attempt.stages.push_front(stage);
        }
        self.go_on(attempt)
    }

    fn judge(
        &mut self,
        attempt: &Attempt,
        stage: &Stage,
        responses: &Value,
    ) -> Result<Vec<Stage>, Refusal> {
        let mut users = self.users.iter_mut();
        let Some(user) = users.find(|user| user.id == attempt.user) else {
            return not_authorized("User does not exist.");
        };
        stage.check(&mut Judge {
            user,
            responses,
            seconds: self.clock.seconds(),
            number: self.attempts.number,
        })
    }

    /// The name may be an alias, but the secret hash is over the user's id.
    fn check_name(&self, attempt: &Attempt, responses: &Value) -> Result<(), Refusal> {
        let name = responses["USERNAME"].as_str().unwrap_or_default();
        if self.user(name)?.id != attempt.user {
            return not_authorized("Invalid session for the user.");
        }
        secret_hash::check(&self.settings, &attempt.user, responses)
    }

    pub(super) fn user(&self, name: &str) -> Result<User, Refusal> {
        let user = self.users.iter().find(|user| user.is_called(name));
        let missing = || refuse("UserNotFoundException", "User does not exist.");
        user.cloned().map_or_else(missing, Ok)
    }

    /// The next challenge, or the tokens.
    fn go_on(&mut self, mut attempt: Attempt) -> Outcome {
        let Some(stage) = attempt.stages.front_mut() else {
            let result = self.sign_in(&attempt.user);
            return Ok(json!({"AuthenticationResult": result, "ChallengeParameters": {}}));
        };
        self.attempts.send_code(stage);
        let user = self.user(&attempt.user)?;
        let mut response = challenge(stage, &user);
        let session = self.attempts.open(attempt.clone());
        if !attempt.is_plain_srp {
            response["Session"] = json!(session);
        }
        Ok(response)
    }
}

impl Attempts {
    /// A session string that was not there before.
    pub(super) fn open(&mut self, attempt: Attempt) -> String {
        self.number += 1;
        let session = match attempt.stages.front() {
            Some(Stage::Password(verifier)) if attempt.is_plain_srp => {
                verifier.secret_block.clone()
            }
            _ => format!("planted-session-{}", self.number),
        };
        self.open.insert(session.clone(), attempt);
        session
    }

    /// The sign-in of this session, which stays open until it is [closed](Self::close).
    pub(super) fn get(&self, session: &str) -> Result<Attempt, Refusal> {
        let attempt = self.open.get(session).cloned();
        attempt.map_or_else(|| not_authorized("Invalid session for the user."), Ok)
    }

    pub(super) fn close(&mut self, session: &str) {
        self.open.remove(session);
    }

    fn send_code(&mut self, stage: &mut Stage) {
        if let Stage::Code(code) = stage
            && !matches!(code.factor, Factor::Totp(_))
        {
            self.sent = format!("{:06}", 471_100 + self.number);
            code.sent = Some(self.sent.clone());
        }
    }
}

impl Attempt {
    /// The challenge of now.
    fn first(&self, input: &Value) -> Result<Stage, Refusal> {
        match self.stages.front() {
            Some(stage) if input["ChallengeName"] == stage.name() => Ok(stage.clone()),
            _ => invalid("Challenge response does not match current challenge"),
        }
    }
}

fn begin(user: &User, flow: &str, parameters: &Value, number: u64) -> Result<Vec<Stage>, Refusal> {
    match flow {
        "USER_SRP_AUTH" => {
            let proof = proof(user, parameters, number)?;
            Ok([vec![proof], stage::after_password(user)].concat())
        }
        "USER_PASSWORD_AUTH" => {
            stage::password(user, parameters)?;
            Ok(stage::after_password(user))
        }
        "CUSTOM_AUTH" => custom(user, parameters, number),
        "USER_AUTH" => choice(user, parameters, number),
        _ => invalid("Unknown AuthFlow"),
    }
}

fn proof(user: &User, parameters: &Value, number: u64) -> Result<Stage, Refusal> {
    let Some(public) = parameters["SRP_A"].as_str() else {
        return invalid("Missing required parameter SRP_A");
    };
    Verifier::new(user, public, number).map(Stage::Password)
}

fn custom(user: &User, parameters: &Value, number: u64) -> Result<Vec<Stage>, Refusal> {
    let rounds = user.rounds.iter().copied().map(Stage::Custom);
    let last = user.ends_with.map(Stage::Unsupported);
    let own = rounds.chain(last);
    if parameters["CHALLENGE_NAME"] == "SRP_A" {
        let proof = proof(user, parameters, number)?;
        Ok([proof].into_iter().chain(own).collect())
    } else {
        Ok(own.collect())
    }
}

fn choice(user: &User, parameters: &Value, number: u64) -> Result<Vec<Stage>, Refusal> {
    let preferred = parameters["PREFERRED_CHALLENGE"].as_str();
    match preferred.filter(|name| user.first_factors.contains(name)) {
        Some(name) => stage::first_factor(user, name, parameters, number),
        None => Ok(vec![Stage::SelectFirst]),
    }
}

fn challenge(stage: &Stage, user: &User) -> Value {
    let mut response = json!({
        "ChallengeName": stage.name(),
        "ChallengeParameters": stage.parameters(user),
    });
    if matches!(stage, Stage::SelectFirst) {
        response["AvailableChallenges"] = json!(user.first_factors);
    }
    response
}
