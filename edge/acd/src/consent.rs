//! What customers agree to before they ask: the panel's own words, in the language that it shows to them.

use shared::Language;

/// The words beside the box that customers tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Their language.
    pub language: Language,
    /// Themselves, without the marks that keep names apart from the text around them.
    pub text: String,
}

impl Consent {
    /// What a business of this name shows to somebody who wishes for a language: in that, shortened until it is one of ours, else in
    /// English.
    pub fn shown(business: &str, wished: Option<&Language>) -> Self {
        let near = |language: &Language| {
            language.look_up(|tag| {
                let (tag, source) = LOCALES.iter().find(|(language, _)| *language == tag)?;
                // One line and one name: a test holds this against Fluent.
                let words = source.lines().find_map(|line| line.strip_prefix("consent = "))?;
                let text = words.replace("{ $name }", business);
                Some(Self {
                    language: Language::parse(tag).ok()?,
                    text,
                })
            })
        };
        let found = wished.and_then(near).or_else(|| near(&Language::default()));
        found.unwrap_or_else(|| Self {
            language: Language::default(),
            text: String::new(),
        })
    }
}

/// Our languages and the panel's words in them.
const LOCALES: [(&str, &str); 6] = [
    ("ar", include_str!("../../../locales/ar/panel.ftl")),
    ("de", include_str!("../../../locales/de/panel.ftl")),
    ("en", include_str!("../../../locales/en/panel.ftl")),
    ("es", include_str!("../../../locales/es/panel.ftl")),
    ("fr", include_str!("../../../locales/fr/panel.ftl")),
    ("ja", include_str!("../../../locales/ja/panel.ftl")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

    #[test]
    fn every_language_of_the_folder_is_as_fluent_writes_it() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales");
        for language in std::fs::read_dir(folder).unwrap() {
            let path = language.unwrap().path();
            let tag = path.file_name().unwrap().to_str().unwrap();
            let source = std::fs::read_to_string(path.join("panel.ftl")).unwrap();
            let mut bundle = FluentBundle::default();
            bundle.set_use_isolating(false);
            bundle
                .add_resource(FluentResource::try_new(source).unwrap())
                .unwrap();
            let mut about = FluentArgs::new();
            about.set("name", "Meridian");
            let pattern = bundle.get_message("consent").unwrap().value().unwrap();
            let written = bundle.format_pattern(pattern, Some(&about), &mut Vec::new());
            let shown = Consent::shown("Meridian", Some(&Language::parse(tag).unwrap()));
            assert_eq!((shown.language.as_str(), shown.text.as_str()), (tag, &*written));
        }
    }

    #[test]
    fn a_language_that_we_have_not_is_shown_as_english() {
        let shown = |tag: &str| Consent::shown("Meridian", Language::parse(tag).ok().as_ref()).language;
        assert_eq!(shown("de-AT").as_str(), "de");
        assert_eq!(shown("pt-BR").as_str(), "en");
        assert_eq!(Consent::shown("Meridian", None).language.as_str(), "en");
    }
}
