//! What the schemas of a document say. Questions only: no type is made here, and nothing but the work that may still be
//! done is changed.

pub(super) mod body_use;
mod choices;
mod discriminator;
pub(super) mod listed;
pub(super) mod meaning;
pub(super) mod merge;
pub(super) mod node;
pub(super) mod questions;
pub(super) mod scalar;
mod schemas;
pub(super) mod secret;
pub(super) mod shape;
pub(super) mod union;

pub(super) use discriminator::name as name_of;
pub(super) use schemas::Schemas;
