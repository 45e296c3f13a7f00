//! What a build script says of types, and of the code as a whole.

use super::Builder;
use crate::lower::{ParameterType, Select};

impl Builder {
    /// The type of a parameter. API Gateway exports every parameter as a string. For other schemas there is
    /// [`Builder::schema_format`].
    #[must_use]
    pub fn parameter(mut self, of: Select, name: impl Into<String>, ty: ParameterType) -> Self {
        self.choices.parameters.push((of, name.into(), ty));
        self
    }

    /// The `format` of the schema at a pointer into the document, whatever the document says of it. An integer that the API sends
    /// beyond the range that the document promises needs a wider one: `int8` to `int128` and `uint8` to `uint128` are types of
    /// Rust, and an `integer` without a format is an `i64` unless its bounds ask for more.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// gatewright_build::configure()
    ///     .schema_format("#/components/schemas/Order/properties/id", "uint64")
    ///     .compile("shop.json")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A pointer that leads to no schema is an error.
    #[must_use]
    pub fn schema_format(mut self, pointer: impl Into<String>, format: impl Into<String>) -> Self {
        self.choices.formats.push((pointer.into(), format.into()));
        self
    }

    /// The type of the successful responses of these operations, as a path that holds in the module of the client, such as
    /// `crate::Order`: for an export that models no responses, or a type that you have already. It implements serde's `Deserialize`, or is
    /// one of gatewright's such as `gatewright::RawResponse`. The last choice for an operation counts. Documented errors stay as they are.
    ///
    /// ```
    /// use gatewright_build::{Select, configure};
    ///
    /// let document = br#"{
    ///     "openapi": "3.0.1", "info": { "title": "orders", "version": "1" }, "paths": { "/orders": { "post": { "responses": {} } } }
    /// }"#;
    /// let orders = Select::operation("POST /orders");
    /// let builder = configure().request_type(orders.clone(), "crate::NewOrder").response_type(orders, "crate::Order");
    /// let code = builder.generate_from_slice("orders.json", document)?.code;
    /// assert!(code.contains("pub fn post_orders(&self, body: &crate::NewOrder) -> rt::Call<S, crate::Order>"));
    /// # Ok::<(), gatewright_build::Error>(())
    /// ```
    ///
    /// What is no type, and an operation whose response has no body, are errors.
    #[must_use]
    pub fn response_type(mut self, of: Select, ty: impl Into<String>) -> Self {
        self.choices.response_types.push((of, ty.into()));
        self
    }

    /// The type of the JSON body of these operations, which implements serde's `Serialize`; see [`response_type`](Self::response_type).
    /// The method takes it by reference.
    ///
    /// What is no type, and an operation whose request has no body (`GET`, `HEAD`), are errors.
    #[must_use]
    pub fn request_type(mut self, of: Select, ty: impl Into<String>) -> Self {
        self.choices.request_types.push((of, ty.into()));
        self
    }

    /// Derives one more trait for every generated type of JSON, by its path, such as `Eq` or `schemars::JsonSchema`. Types that have
    /// the trait already are left alone. That all others can have it is your affair: a type with a number of floating point is not `Eq`, and
    /// [`derive_for`](Self::derive_for) chooses one type.
    ///
    /// ```
    /// let document = br##"{
    ///     "openapi": "3.0.1", "info": { "title": "pets", "version": "1" },
    ///     "paths": { "/pet": { "get": { "responses": { "200": { "description": "", "content": { "application/json": {
    ///         "schema": { "$ref": "#/components/schemas/Pet" } } } } } } } },
    ///     "components": { "schemas": { "Pet": { "type": "object", "properties": { "name": { "type": "string" } } } } }
    /// }"##;
    /// let builder = gatewright_build::configure().derive("Eq").derive_for("Pet", "Hash");
    /// assert!(builder.generate_from_slice("pets.json", document)?.code.contains("#[derive(Eq, Hash)]"));
    /// # Ok::<(), gatewright_build::Error>(())
    /// ```
    ///
    /// What is no path, and a trait that every type has (`Clone`, `Debug`, `PartialEq`), are errors.
    #[must_use]
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.choices.derives.push((None, path.into()));
        self
    }

    /// Derives one more trait for the generated type of this name; see [`derive`](Self::derive). A type that the client does not have is an
    /// error.
    #[must_use]
    pub fn derive_for(mut self, ty: impl Into<String>, path: impl Into<String>) -> Self {
        self.choices.derives.push((Some(ty.into()), path.into()));
        self
    }

    /// The name of the type of a schema of the document, in `UpperCamelCase`. The types of its parts are still called after the schema.
    ///
    /// ```
    /// let document = br##"{
    ///     "openapi": "3.0.1", "info": { "title": "pets", "version": "1" },
    ///     "paths": { "/pet": { "get": { "responses": { "200": { "description": "", "content": { "application/json": {
    ///         "schema": { "$ref": "#/components/schemas/pet_v2" } } } } } } } },
    ///     "components": { "schemas": { "pet_v2": { "type": "object", "properties": { "name": { "type": "string" } } } } }
    /// }"##;
    /// let builder = gatewright_build::configure().rename_type("pet_v2", "Pet");
    /// assert!(builder.generate_from_slice("pets.json", document)?.code.contains("pub struct Pet {"));
    /// # Ok::<(), gatewright_build::Error>(())
    /// ```
    ///
    /// A schema that the document does not have, and a name that cannot be had, are errors.
    #[must_use]
    pub fn rename_type(mut self, schema: impl Into<String>, name: impl Into<String>) -> Self {
        self.choices.type_names.push((schema.into(), name.into()));
        self
    }

    /// Returns the response of these operations as a `gatewright::Response`, with its status and headers.
    #[must_use]
    pub fn return_headers(mut self, operations: Select) -> Self {
        self.choices.parts.push(operations);
        self
    }

    /// Makes every type one to read and to write. Default: a type of responses alone can only be read (it is `Deserialize`) and
    /// one of requests alone only be written (`Serialize`), which is half to compile. A test double of the API, or a program
    /// that stores responses, needs both.
    #[must_use]
    pub fn all_codecs(mut self) -> Self {
        self.choices.all_codecs = true;
        self
    }

    /// Leaves out `Client::connect`, the constructor that stacks the layers: for a crate that uses `gatewright` without
    /// the features `bearer`, `sigv4` and `transport`.
    #[must_use]
    pub fn without_connect(mut self) -> Self {
        self.choices.without_connect = true;
        self
    }

    /// Adds a trait `ClientApi` with the methods of the client, which the client implements. Code that takes any `impl ClientApi` is tested
    /// without HTTP: the test writes those methods that it needs, as `async fn`, and one that it does not write panics when it is called.
    ///
    /// ```
    /// # fn main() -> Result<(), gatewright_build::Error> {
    /// # let api = br#"{"openapi": "3.0.1", "info": {"title": "pets", "version": "1"}, "paths": {"/pets": {"get": {"operationId": "pets",
    /// #     "responses": {"200": {"description": "pets", "content": {"application/json": {"schema":
    /// #         {"type": "array", "items": {"type": "string"}}}}}}}}}}"#;
    /// let generated = gatewright_build::configure().client_trait().generate_from_slice("api.json", api)?;
    /// assert!(generated.code.contains("pub trait ClientApi: rt::Send + rt::Sync {"));
    /// # Ok(()) }
    /// ```
    ///
    /// ```ignore
    /// struct TwoPets;
    ///
    /// impl ClientApi for TwoPets {
    ///     async fn pets(&self) -> gatewright::Result<Vec<String>> {
    ///         Ok(vec!["Rex".to_owned(), "Tom".to_owned()])
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn client_trait(mut self) -> Self {
        self.choices.client_trait = true;
        self
    }

    /// The path of the crate `gatewright` where the client is compiled, for a dependency of another name. Default: `::gatewright`.
    ///
    /// ```toml
    /// [dependencies]
    /// gw = { package = "gatewright", version = "0.1" }
    /// ```
    ///
    /// ```no_run
    /// # fn main() -> Result<(), gatewright_build::Error> {
    /// // and `gw::include_client!("shop");` in the crate
    /// gatewright_build::configure().crate_path("::gw").compile("shop.json")
    /// # }
    /// ```
    ///
    /// What is no path is an error.
    #[must_use]
    pub fn crate_path(mut self, path: impl Into<String>) -> Self {
        self.choices.crate_path = Some(path.into());
        self
    }
}
