//! An incoming HTTP request as data: read once, bounded, and decoded into types that can't be wrong.

use crate::answer::{Stop, problem};
use crate::fault::{self, Faulty};
use crate::network;
use crate::setting::Settings;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use shared::limit::{MAX_BODY_BYTES, MAX_DOCUMENT_BYTES};
use shared::problem::{Problem, ProblemKind};
use std::net::IpAddr;
use worker::{Method, Request, Result, Url};

/// A request, read.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// The path's segments, decoded.
    pub(crate) path: Vec<String>,
    pub(crate) body: String,
    request: Request,
}

impl Call {
    /// Reads a request up to the limit for its path.
    pub(crate) async fn read(mut request: Request) -> std::result::Result<Self, Stop> {
        let url = request.url()?;
        let path: Vec<String> = url
            .path_segments()
            .map(|segments| segments.map(percent_decoded).collect())
            .unwrap_or_default();
        let limit = match path.get(1).map(String::as_str) {
            Some("businesses") => MAX_DOCUMENT_BYTES,
            _ => MAX_BODY_BYTES,
        };
        let method = request.method();
        let body = if matches!(method, Method::Get | Method::Head) {
            String::new()
        } else {
            read_body(&mut request, limit).await?
        };
        Ok(Self {
            method,
            url,
            path,
            body,
            request,
        })
    }

    /// The path as the routes match it.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Result<Option<String>> {
        self.request.headers().get(name)
    }

    /// The network that it comes from, where somebody tells it.
    pub(crate) fn network(&self, settings: &Settings) -> Result<Option<IpAddr>> {
        network::of(self.request.headers(), settings)
    }

    /// A query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        self.url
            .query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The token of `Authorization: Bearer …`.
    pub(crate) fn bearer(&self) -> Result<Option<String>> {
        let header = self.header("authorization")?;
        Ok(header.and_then(|header| {
            header
                .strip_prefix("Bearer ")
                .map(|token| token.trim().to_owned())
        }))
    }

    /// A cookie's value.
    pub(crate) fn cookie(&self, name: &str) -> Result<Option<String>> {
        let header = self.header("cookie")?.unwrap_or_default();
        Ok(cookie_in(&header, name).map(str::to_owned))
    }

    /// The body as a `T`. An error says which field, by its path, and why.
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> std::result::Result<T, Stop> {
        // serde would take an array for an object, field by field; nobody means that.
        if !self.body.trim_start().starts_with('{')
            && serde_json::from_str::<serde_json::Value>(&self.body).is_ok()
        {
            return Err(problem(
                ProblemKind::InvalidJson,
                "The body must be a JSON object.",
            ));
        }
        let mut reader = serde_json::Deserializer::from_str(&self.body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| explain(&error))?;
        reader
            .end()
            .map_err(|error| problem(ProblemKind::InvalidJson, &error.to_string()))?;
        Ok(value)
    }

    /// As [`Self::decode`]; a call without a body asks for what is usual.
    pub(crate) fn decode_or_default<T: DeserializeOwned + Default>(&self) -> std::result::Result<T, Stop> {
        if self.body.trim().is_empty() {
            return Ok(T::default());
        }
        self.decode()
    }

    /// As [`Self::decode`], with every fault where that finds the first.
    pub(crate) fn decode_all<T: DeserializeOwned>(
        &self,
    ) -> std::result::Result<std::result::Result<T, Faulty<T>>, Stop> {
        let first = match self.decode() {
            Ok(value) => return Ok(Ok(value)),
            Err(first) => first,
        };
        let Ok(document @ serde_json::Value::Object(_)) = serde_json::from_str(&self.body) else {
            return Err(first);
        };
        let faulty = fault::all(document);
        // What stands twice is seen in the text alone.
        if faulty.faults.is_empty() {
            Err(first)
        } else {
            Ok(Err(faulty))
        }
    }

    /// True for a request that asks to become a WebSocket, as RFC 6455 has it: the runtime refuses others in words of its own.
    pub(crate) fn is_upgrade(&self) -> Result<bool> {
        let says = |name: &str, wanted: &str| {
            let value = self.header(name)?;
            Ok::<_, worker::Error>(value.is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted)))
        };
        let keyed = self.header("sec-websocket-key")?.is_some();
        Ok(says("upgrade", "websocket")? && says("sec-websocket-version", "13")? && keyed)
    }
}

/// A cookie's value in a `Cookie` header.
pub(crate) fn cookie_in<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn percent_decoded(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment)
        .decode_utf8_lossy()
        .into_owned()
}

fn explain(error: &serde_path_to_error::Error<serde_json::Error>) -> Stop {
    match fault::explain(error) {
        Some(fault) => {
            let detail = format!("{}: {}", fault.field, fault.message);
            let mut problem = Problem::new(ProblemKind::InvalidField, detail);
            problem.errors.push(fault);
            problem.into()
        }
        None => problem(ProblemKind::InvalidJson, &error.inner().to_string()),
    }
}

async fn read_body(request: &mut Request, limit: usize) -> std::result::Result<String, Stop> {
    let too_large = || {
        problem(
            ProblemKind::TooLarge,
            &format!("The body may have {limit} bytes at the most."),
        )
    };
    let declared = request
        .headers()
        .get("content-length")?
        .and_then(|text| text.parse::<usize>().ok());
    if declared.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    // The runtime holds a body to the length that it declares. What declares none is read piece by piece, which costs more.
    if declared.is_some() {
        let bytes = request.bytes().await?;
        return text(bytes);
    }
    // An empty body is no stream.
    let Ok(mut stream) = request.stream() else {
        return Ok(String::new());
    };
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        bytes.extend(chunk?);
        if bytes.len() > limit {
            return Err(too_large());
        }
    }
    text(bytes)
}

fn text(bytes: Vec<u8>) -> std::result::Result<String, Stop> {
    String::from_utf8(bytes).map_err(|_| problem(ProblemKind::InvalidJson, "The body is not UTF-8 text."))
}
