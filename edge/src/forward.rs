//! Hands a request to the object that it is for, and what that answers to whoever asked, as it came.
//!
//! The runtime's own bindings take an answer apart into its headers and its body and put it together again, which costs more than
//! all else that the worker does with it. These few lines declare the same methods.

use crate::answer::Stop;
use shared::SiteId;
use wasm_bindgen::prelude::*;
use worker::js_sys::{Promise, Reflect};
use worker::wasm_bindgen_futures::JsFuture;
use worker::{Env, Error, IntoResponse, Request, Response, Result, web_sys};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = js_sys::Object)]
    type JsNamespace;
    #[wasm_bindgen(method, catch, js_name = getByName)]
    fn by_name(this: &JsNamespace, name: &str) -> Result<JsStub, JsValue>;

    #[wasm_bindgen(extends = js_sys::Object)]
    type JsStub;
    #[wasm_bindgen(method, catch)]
    fn fetch(this: &JsStub, request: &web_sys::Request) -> Result<Promise, JsValue>;
}

/// What is answered.
pub(crate) enum Routed {
    /// Made here.
    Here(Response),
    /// An object's, which has made it whole.
    Passed(web_sys::Response),
}

impl IntoResponse for Routed {
    fn into_raw(self) -> std::result::Result<web_sys::Response, impl Into<Box<dyn std::error::Error>>> {
        Ok::<_, Error>(match self {
            Self::Here(response) => response.into(),
            Self::Passed(response) => response,
        })
    }
}

/// Asks the object of this business that is bound as `binding`.
pub(crate) async fn forward(
    request: &Request,
    env: &Env,
    binding: &str,
    site: &SiteId,
) -> std::result::Result<web_sys::Response, Stop> {
    let namespace = Reflect::get(env, &binding.into()).map_err(Error::from)?;
    let stub = namespace
        .unchecked_into::<JsNamespace>()
        .by_name(site.as_str())
        .map_err(Error::from)?;
    let asked = stub.fetch(request.inner()).map_err(Error::from)?;
    let answer = JsFuture::from(asked).await.map_err(Error::from)?;
    Ok(answer.unchecked_into())
}
