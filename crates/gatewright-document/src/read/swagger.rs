//! What Swagger 2.0 says elsewhere or otherwise than OpenAPI 3.0: the address of the API in three members, bodies as
//! parameters, media types apart from bodies, and the type of a parameter in the parameter itself.

pub(super) mod address;
pub(super) mod body;
mod form;
mod media_types;
pub(super) mod parameter;
pub(super) mod response;
