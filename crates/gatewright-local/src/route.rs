//! Which operation a request is for.
//!
//! As API Gateway does it: a static segment goes before a variable one, and that before a greedy one. The best resource that has the
//! method is taken: of `POST /test` and `OPTIONS /{proxy+}`, the second responds to `OPTIONS /test` (recorded on AWS 2024-07-23 by
//! `LocalStack`'s `test_proxy_routing_with_hardcoded_resource_sibling`; a sentence of the developer guide about siblings says otherwise).
//! An HTTP API falls back on `$default` in the end.
//!
//! A REST API drops one slash at the end: `/pets/` is `/pets` (aws/chalice#65, powertools-lambda-python#1552). Of HTTP APIs reports
//! contradict each other; here that slash counts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use gatewright_document::{ApiKind, Method, Operation};
use percent_encoding::percent_decode_str;

/// The path under which an HTTP API exports its `$default` route.
const DEFAULT_ROUTE: &str = "/$default";

#[derive(Debug)]
pub(crate) struct Router {
    kind: ApiKind,
    /// The first segments of every path, such as `/prod`, or nothing.
    prefix: String,
    /// The most exact first.
    resources: Vec<Resource>,
}

#[derive(Debug)]
struct Resource {
    segments: Vec<Segment>,
    /// The methods, each with the index of its operation.
    methods: Vec<(Method, usize)>,
}

/// The order of the variants is the order in which they are tried.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Static(String),
    Variable,
    Greedy,
    /// `$default`: any path, the root too.
    Anything,
}

impl Router {
    /// `stage` is what stands before every path, without slashes around it; it may be empty.
    pub(crate) fn new(kind: ApiKind, stage: &str, operations: &[Operation]) -> Self {
        let mut router = Self {
            kind,
            prefix: if stage.is_empty() {
                String::new()
            } else {
                format!("/{stage}")
            },
            resources: Vec::new(),
        };
        for (index, operation) in operations.iter().enumerate() {
            let segments = template(kind, &operation.path);
            router
                .resource(segments)
                .methods
                .push((operation.method, index));
        }
        router.resources.sort_by(|a, b| a.segments.cmp(&b.segments));
        router
    }

    /// The index of the operation, or `None` if the stage, the path or the method is unknown.
    pub(crate) fn find(&self, method: &http::Method, path: &str) -> Option<usize> {
        let rest = path.strip_prefix(self.prefix.as_str())?;
        if !rest.is_empty() && !rest.starts_with('/') {
            return None;
        }
        let rest = match self.kind {
            ApiKind::Rest => rest.strip_suffix('/').unwrap_or(rest),
            ApiKind::Http => rest,
        };
        let segments = segments(rest);
        let mut matching = self
            .resources
            .iter()
            .filter(|resource| resource.matches(&segments));
        matching.find_map(|resource| resource.operation(method))
    }

    /// The path without the stage, with a slash at its start: what a service behind the gateway sees.
    pub(crate) fn behind<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let rest = path.strip_prefix(self.prefix.as_str()).unwrap_or(path);
        if rest.starts_with('/') {
            Cow::Borrowed(rest)
        } else {
            Cow::Owned(format!("/{rest}"))
        }
    }

    /// The values of the variables that a path template has in this path.
    pub(crate) fn variables(&self, template: &str, path: &str) -> BTreeMap<String, String> {
        let path = self.behind(path);
        let path = match self.kind {
            ApiKind::Rest => path.strip_suffix('/').unwrap_or(&path),
            ApiKind::Http => &path,
        };
        let mut given = segments(path).into_iter();
        let mut variables = BTreeMap::new();
        for part in template.trim_start_matches('/').split('/') {
            let name = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
            let greedy = name.and_then(|name| name.strip_suffix('+'));
            if let Some(name) = greedy {
                let rest: Vec<_> = given.by_ref().collect();
                variables.insert(name.to_owned(), rest.join("/"));
            } else {
                let value = given.next();
                let pair = name.zip(value);
                variables.extend(pair.map(|(name, value)| (name.to_owned(), value.into_owned())));
            }
        }
        variables
    }

    /// The resource of a template; templates that differ only in the names of their variables are one.
    fn resource(&mut self, segments: Vec<Segment>) -> &mut Resource {
        let known = self
            .resources
            .iter()
            .position(|resource| resource.segments == segments);
        let index = known.unwrap_or(self.resources.len());
        if known.is_none() {
            self.resources.push(Resource {
                segments,
                methods: Vec::new(),
            });
        }
        &mut self.resources[index]
    }
}

impl Resource {
    fn matches(&self, path: &[Cow<'_, str>]) -> bool {
        let mut path = path.iter();
        for segment in &self.segments {
            match segment {
                Segment::Anything => return true,
                Segment::Greedy => return path.any(|part| !part.is_empty()),
                Segment::Variable if path.next().is_some_and(|part| !part.is_empty()) => {}
                Segment::Static(name) if path.next().is_some_and(|part| part == name) => {}
                _ => return false,
            }
        }
        path.next().is_none()
    }

    fn operation(&self, method: &http::Method) -> Option<usize> {
        let named = |wanted: &str| {
            let found = self
                .methods
                .iter()
                .find(|(method, _)| method.as_str() == wanted);
            found.map(|(_, index)| *index)
        };
        named(method.as_str()).or_else(|| named(Method::Any.as_str()))
    }
}

fn template(kind: ApiKind, path: &str) -> Vec<Segment> {
    if kind == ApiKind::Http && path == DEFAULT_ROUTE {
        return vec![Segment::Anything];
    }
    let parse = |part: &Cow<'_, str>| match part.strip_prefix('{') {
        Some(name) if name.ends_with("+}") => Segment::Greedy,
        Some(name) if name.ends_with('}') => Segment::Variable,
        _ => Segment::Static(part.to_string()),
    };
    segments(path).iter().map(parse).collect()
}

/// The decoded segments. They are cut before they are decoded, so `%2F` does not cut; slashes at the start count once.
fn segments(path: &str) -> Vec<Cow<'_, str>> {
    let parts = path.trim_start_matches('/').split('/');
    parts
        .map(|part| percent_decode_str(part).decode_utf8_lossy())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::document;

    fn paths(
        kind: ApiKind,
        stage: &str,
        routes: &[(&str, &str)],
        ask: &[(&str, &str)],
    ) -> Vec<String> {
        let operations = document(kind, routes).operations;
        let router = Router::new(kind, stage, &operations);
        ask.iter()
            .map(|(method, path)| {
                let method = http::Method::from_bytes(method.as_bytes()).unwrap();
                let found = router.find(&method, path).map(|index| &operations[index]);
                found.map_or("-".to_owned(), |found| {
                    format!("{} {}", found.method.as_str(), found.path)
                })
            })
            .collect()
    }

    #[test]
    fn static_goes_before_variable_before_greedy() {
        let routes = [
            ("any", "/{proxy+}"),
            ("get", "/pets/{id}"),
            ("get", "/pets/mine"),
            ("get", "/pets/{id}/toys"),
            ("get", "/"),
        ];
        let ask = [
            "/pets/mine",
            "/pets/7",
            "/pets/7/toys",
            "/pets/7/food",
            "/",
            "/x",
        ];
        let ask: Vec<_> = ask.iter().map(|path| ("GET", *path)).collect();
        let want = [
            "GET /pets/mine",
            "GET /pets/{id}",
            "GET /pets/{id}/toys",
            "ANY /{proxy+}",
            "GET /",
            "ANY /{proxy+}",
        ];
        assert_eq!(paths(ApiKind::Rest, "", &routes, &ask), want);
    }

    #[test]
    fn the_stage_stands_before_every_path() {
        let routes = [("get", "/pets"), ("get", "/")];
        let ask = [
            ("GET", "/prod/pets"),
            ("GET", "/prod"),
            ("GET", "/prod//pets"),
            ("GET", "/pets"),
            ("GET", "/production/pets"),
        ];
        let want = ["GET /pets", "GET /", "GET /pets", "-", "-"];
        assert_eq!(paths(ApiKind::Rest, "prod", &routes, &ask), want);
    }

    #[test]
    fn segments_are_cut_before_they_are_decoded() {
        let routes = [("get", "/pets/{id}")];
        let ask = [
            ("GET", "/pets/a%2Fb"),
            ("GET", "/p%65ts/%C3%A4"),
            ("GET", "/pets/"),
            ("GET", "/pets/1/2"),
        ];
        let want = ["GET /pets/{id}", "GET /pets/{id}", "-", "-"];
        assert_eq!(paths(ApiKind::Rest, "", &routes, &ask), want);
    }

    #[test]
    fn a_rest_api_drops_one_slash_at_the_end() {
        let routes = [("get", "/pets"), ("get", "/pets/{id}"), ("get", "/")];
        let ask = ["/prod/pets/", "/prod/pets/1/", "/prod/pets/1//", "/prod/"];
        let ask = ask.map(|path| ("GET", path));
        let want = ["GET /pets", "GET /pets/{id}", "-", "GET /"];
        assert_eq!(paths(ApiKind::Rest, "prod", &routes, &ask), want);
        let want = ["-", "-", "-", "GET /"];
        assert_eq!(paths(ApiKind::Http, "prod", &routes, &ask), want);
    }

    #[test]
    fn a_service_sees_the_path_without_the_stage_and_the_variables_decoded() {
        let router = Router::new(ApiKind::Rest, "prod", &[]);
        for (path, behind) in [("/prod/pets/1", "/pets/1"), ("/prod", "/"), ("/prod/", "/")] {
            assert_eq!(router.behind(path), behind);
        }
        for (template, path, expected) in [
            ("/pets/{id}", "/prod/pets/a%2Fb/", "id=a/b"),
            ("/files/{path+}", "/prod/files/a/%C3%A4", "path=a/ä"),
            ("/{a}/b/{c}", "/prod/1/b/2", "a=1 c=2"),
            ("/pets", "/prod/pets", ""),
        ] {
            let found = router.variables(template, path).into_iter();
            let found: Vec<_> = found
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            assert_eq!(found.join(" "), expected);
        }
    }

    #[test]
    fn a_greedy_variable_takes_slashes_but_not_nothing() {
        let routes = [("any", "/files/{path+}")];
        let ask = [
            ("PUT", "/files/a/b/c"),
            ("PUT", "/files/a/"),
            ("PUT", "/files/"),
            ("PUT", "/files"),
        ];
        let want = ["ANY /files/{path+}", "ANY /files/{path+}", "-", "-"];
        assert_eq!(paths(ApiKind::Rest, "", &routes, &ask), want);
    }

    #[test]
    fn a_method_that_the_best_resource_lacks_is_looked_for_in_the_next_one() {
        let routes = [("post", "/test"), ("options", "/{proxy+}")];
        let ask = [("OPTIONS", "/test"), ("POST", "/test"), ("GET", "/test")];
        let want = ["OPTIONS /{proxy+}", "POST /test", "-"];
        for kind in [ApiKind::Rest, ApiKind::Http] {
            assert_eq!(paths(kind, "", &routes, &ask), want);
        }
    }

    #[test]
    fn an_http_api_falls_back_on_its_default_route() {
        let routes = [("get", "/pets"), ("any", "/$default")];
        let ask = [("GET", "/pets"), ("POST", "/pets"), ("GET", "/")];
        assert_eq!(
            paths(ApiKind::Http, "", &routes, &ask),
            ["GET /pets", "ANY /$default", "ANY /$default"]
        );
    }
}
