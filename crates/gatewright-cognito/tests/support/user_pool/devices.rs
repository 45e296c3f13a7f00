//! The devices that users signed in from.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::REGION;
use super::super::response::{Outcome, Refusal, invalid, not_authorized, refuse};
use super::srp;

/// All that ever were, by their keys.
#[derive(Default)]
pub(super) struct Devices(HashMap<String, Device>);

struct Device {
    user: String,
    group: String,
    confirmed: Option<Verifier>,
}

struct Verifier {
    salt: Vec<u8>,
    verifier: String,
}

impl Devices {
    /// The key of another device, and `NewDeviceMetadata`.
    pub(super) fn new_device(&mut self, user: &str) -> (String, Value) {
        let number = self.0.len() + 1;
        let key = format!("{REGION}_00000000-0000-4000-8000-{number:012}");
        let group = format!("-group{number}");
        let metadata = json!({"DeviceKey": key, "DeviceGroupKey": group});
        let device = Device {
            user: user.to_owned(),
            group,
            confirmed: None,
        };
        self.0.insert(key.clone(), device);
        (key, metadata)
    }

    pub(super) fn confirm(&mut self, user: &str, input: &Value) -> Outcome {
        let key = input["DeviceKey"].as_str().unwrap_or_default();
        let Some(device) = self.0.get_mut(key).filter(|device| device.user == user) else {
            return invalid("Invalid device key given.");
        };
        if device.confirmed.is_some() {
            return refuse("DeviceKeyExistsException", "Device already exists");
        }
        let config = &input["DeviceSecretVerifierConfig"];
        let text = |name: &str| config[name].as_str().unwrap_or_default();
        srp::positive(text("PasswordVerifier"))?;
        device.confirmed = Some(Verifier {
            salt: srp::positive(text("Salt"))?,
            verifier: text("PasswordVerifier").to_owned(),
        });
        Ok(json!({"UserConfirmationNecessary": false}))
    }

    /// Refuses a renewal of tokens that were issued to the device `bound`, unless it is confirmed and `given`.
    pub(super) fn admit(&self, bound: &str, given: &Value) -> Result<(), Refusal> {
        let is_confirmed = self.0[bound].confirmed.is_some();
        if is_confirmed && given == bound {
            Ok(())
        } else {
            not_authorized("Invalid Refresh Token")
        }
    }

    /// Whether a device is confirmed, and with the verifier of this password.
    pub(super) fn has_password(&self, key: &str, password: &str) -> bool {
        let Some(device) = self.0.get(key) else {
            return false;
        };
        device.confirmed.as_ref().is_some_and(|confirmed| {
            let expected = srp::verifier_of(&device.group, key, password, &confirmed.salt);
            confirmed.verifier == expected
        })
    }
}
