//! The one error format of the whole API: RFC 9457 `application/problem+json`.

/// The media type of a [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong, for a program (`kind`, `errors[].field`, `errors[].code`) and for a person (`title`, `detail`, `errors[].message`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// `/problems#…`: which kind of problem, a link to its description.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This very case, in words for people.
    pub detail: String,
    /// What is wrong with which field.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub errors: Vec<FieldError>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// The field's path in the body (`page.url`, `trail[2].title`) or the header's name.
    pub field: String,
    /// A word for programs: `missing`, `invalid`, `unknown_field`, `too_long`, `not_offered`, `not_allowed`, `closed`.
    pub code: String,
    /// Words for the person who filled it in.
    pub message: String,
}

crate::call::words! {
    /// The kinds of problem.
    ProblemKind {
        /// The body is not JSON.
        InvalidJson = "invalid-json",
        /// A parameter in the address is not acceptable.
        InvalidQuery = "invalid-query",
        /// A field is missing, of the wrong type, or not acceptable.
        InvalidField = "invalid-field",
        /// The body is over the limit.
        TooLarge = "body-too-large",
        /// Nobody by that name.
        NotFound = "not-found",
        /// This page may not ask here.
        WrongOrigin = "wrong-origin",
        /// The message is not signed as it should be.
        WrongSignature = "wrong-signature",
        /// Who are you?
        Unauthorized = "unauthorized",
        /// Who are you, still? This is for those who signed in a short time ago.
        SignInAgain = "sign-in-again",
        /// We know who you are, and this is not for you.
        Forbidden = "forbidden",
        /// This can't be done in the present state.
        Conflict = "conflict",
        /// The same idempotency key came with another body.
        KeyReused = "idempotency-key-reused",
        /// The method does not exist here.
        MethodNotAllowed = "method-not-allowed",
        /// This has to come with a proof.
        ChallengeRequired = "challenge-required",
        /// Too many attempts in a short time.
        TooMany = "too-many-attempts",
        /// Too many wait or ask at once.
        Overloaded = "overloaded",
        /// Our fault.
        Internal = "internal-error",
    }
}

impl ProblemKind {
    /// The HTTP status of this kind.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidJson | Self::InvalidQuery => 400,
            Self::Unauthorized | Self::SignInAgain => 401,
            Self::WrongOrigin | Self::WrongSignature | Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::InvalidField | Self::KeyReused => 422,
            Self::ChallengeRequired => 428,
            Self::TooMany => 429,
            Self::Overloaded => 503,
            Self::Internal => 500,
        }
    }

    /// The kind in a few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::InvalidJson => "The body is not valid JSON",
            Self::InvalidQuery => "A parameter in the address is not acceptable",
            Self::InvalidField => "A field is not acceptable",
            Self::TooLarge => "The body is too large",
            Self::NotFound => "There is nothing here",
            Self::WrongOrigin => "This page may not ask here",
            Self::WrongSignature => "The signature does not fit",
            Self::Unauthorized => "Sign-in needed",
            Self::SignInAgain => "A fresh sign-in is needed",
            Self::Forbidden => "Not yours to do",
            Self::Conflict => "Not possible now",
            Self::KeyReused => "The idempotency key was used for another request",
            Self::MethodNotAllowed => "This method does not exist here",
            Self::ChallengeRequired => "A proof is needed",
            Self::TooMany => "Too many attempts",
            Self::Overloaded => "Too busy",
            Self::Internal => "Something went wrong on our side",
        }
    }
}

impl Problem {
    /// Whether it is of this kind.
    pub fn is(&self, kind: ProblemKind) -> bool {
        self.kind.strip_prefix("/problems#") == Some(kind.as_str())
    }

    /// A problem of this kind.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems#{}", kind.as_str()),
            title: kind.title().into(),
            status: kind.status(),
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// One field that is not acceptable.
    pub fn field(field: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        let (field, message) = (field.into(), message.into());
        let mut problem = Self::new(ProblemKind::InvalidField, format!("{field}: {message}"));
        problem.errors.push(FieldError {
            field,
            code: code.into(),
            message,
        });
        problem
    }

    /// Several fields that are not acceptable.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let all: Vec<String> = errors
            .iter()
            .map(|error| format!("{}: {}", error.field, error.message))
            .collect();
        Self {
            errors,
            ..Self::new(ProblemKind::InvalidField, all.join(" "))
        }
    }

    /// This problem, blaming a field as well.
    #[must_use]
    pub fn at(mut self, field: &str, code: &str) -> Self {
        self.errors.push(FieldError {
            field: field.into(),
            code: code.into(),
            message: self.detail.clone(),
        });
        self
    }
}
