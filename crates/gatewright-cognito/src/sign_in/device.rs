//! The device of a sign-in, in a user pool that remembers devices.

use crate::api::{NewDevice, NewTokens};
use crate::srp::DeviceVerifier;
use crate::{Error, Secret, Session};

/// Confirms the device of these tokens, if there is one. The pool renews tokens only for a confirmed device
/// (`GetTokensFromRefreshToken`, Amazon Cognito user pools API reference). The tokens are valid without a
/// confirmation until they expire, so the user keeps the failure until then.
pub(super) async fn confirm(session: &Session, tokens: &mut NewTokens) {
    if let Some(device) = &mut tokens.device {
        device.unconfirmed = send(session, &tokens.access, device).await.err();
    }
}

async fn send(session: &Session, access: &Secret, device: &NewDevice) -> Result<(), Error> {
    let verifier = DeviceVerifier::new(&device.group_key, &device.key, session.random())?;
    let api = session.user_pool()?;
    api.confirm_device(access, &device.key, &verifier).await
}
