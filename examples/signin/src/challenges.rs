//! What Cognito asks, put to the user.

use gatewright::BoxError;
use gatewright_cognito::{
    Challenge, Code, CodeKind, Custom, Error, ErrorKind, Factor, FactorKind, NewPassword,
    SelectFactor, SelectMfa, SetUpTotp, Step,
};

use crate::terminal::Terminal;

type Outcome = Result<Step, BoxError>;

pub(crate) async fn respond(challenge: Challenge, terminal: &Terminal) -> Outcome {
    match challenge {
        Challenge::Code(code) => respond_with_code(&code, terminal).await,
        Challenge::NewPassword(new) => set_password(&new, terminal).await,
        Challenge::SelectMfa(select) => select_mfa(&select, terminal).await,
        Challenge::SetUpTotp(set_up) => set_up_totp(&set_up, terminal).await,
        Challenge::Custom(custom) => respond_to_custom(&custom, terminal).await,
        Challenge::SelectFactor(select) => select_factor(&select, terminal).await,
        other => Err(other.into_error().into()),
    }
}

async fn respond_with_code(code: &Code, terminal: &Terminal) -> Outcome {
    let question = match (code.kind(), code.destination()) {
        (CodeKind::Totp, _) => "Code of the authenticator app".to_owned(),
        (_, Some(destination)) => format!("Code that was sent to {destination}"),
        _ => "Code that was sent".to_owned(),
    };
    until_taken(async || Ok(code.respond(terminal.ask(&question)?).await)).await
}

async fn set_password(new: &NewPassword, terminal: &Terminal) -> Outcome {
    let mut attributes = Vec::new();
    for name in new.required_attributes() {
        attributes.push((name, terminal.ask(name)?));
    }
    until_taken(async || {
        let password = terminal.ask_hidden("New password")?;
        Ok(new.respond_with(password, attributes.clone()).await)
    })
    .await
}

async fn set_up_totp(set_up: &SetUpTotp, terminal: &Terminal) -> Outcome {
    eprintln!(
        "Add this key to an authenticator app: {}",
        set_up.key().expose()
    );
    eprintln!(
        "or this, as a QR code: {}",
        set_up.uri("gatewright").expose()
    );
    until_taken(async || Ok(set_up.respond(terminal.ask("Code that it shows")?).await)).await
}

async fn respond_to_custom(custom: &Custom, terminal: &Terminal) -> Outcome {
    for (name, value) in custom.parameters() {
        eprintln!("{name}: {value}");
    }
    Ok(custom.respond(terminal.ask_hidden("Answer")?).await?)
}

async fn select_mfa(select: &SelectMfa, terminal: &Terminal) -> Outcome {
    let kinds: Vec<CodeKind> = select.choices().collect();
    let kind = choose("Second factor", &kinds, terminal)?;
    Ok(select.choose(kind).await?)
}

async fn select_factor(select: &SelectFactor, terminal: &Terminal) -> Outcome {
    let kind = choose("Sign in by", select.factors(), terminal)?;
    let factor = match kind {
        FactorKind::Password => Factor::password(terminal.ask_hidden("Password")?),
        FactorKind::PasswordSrp => Factor::password_srp(terminal.ask_hidden("Password")?),
        FactorKind::EmailCode => Factor::email_code(),
        FactorKind::SmsCode => Factor::sms_code(),
        other => return Err(format!("{other:?} is newer than this program").into()),
    };
    Ok(select.choose(factor).await?)
}

/// By number, from one.
fn choose<T: Copy + std::fmt::Debug>(
    question: &str,
    choices: &[T],
    terminal: &Terminal,
) -> Result<T, BoxError> {
    for (index, choice) in choices.iter().enumerate() {
        eprintln!("{}: {choice:?}", index + 1);
    }
    let number: usize = terminal.ask(question)?.trim().parse()?;
    let choice = number.checked_sub(1).and_then(|index| choices.get(index));
    choice
        .copied()
        .ok_or_else(|| "there is no such number".into())
}

/// Asks again after a wrong code or a password that breaks the rules, until Cognito or the user has had enough.
async fn until_taken(
    mut ask: impl AsyncFnMut() -> Result<Result<Step, Error>, BoxError>,
) -> Outcome {
    loop {
        match ask().await? {
            Err(error) if is_to_be_repeated(&error) => eprintln!("{error}"),
            step => return Ok(step?),
        }
    }
}

fn is_to_be_repeated(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::CodeMismatch | ErrorKind::InvalidPassword
    )
}
