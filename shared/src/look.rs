//! How a business's button and panel look: its colour, its words, its corner.

use crate::call::words;
use core::fmt;

/// The contrast that text needs (WCAG 2.2, 1.4.3).
pub const READABLE: f64 = 4.5;
/// Pixels that the button may be away from the edges at the most.
pub const MAX_INSET: u16 = 200;
/// The surfaces and inks of our screens (`design/tokens.css`), which a business's colour has to go with.
const WHITE: Colour = Colour([255; 3]);
const DARK: Colour = Colour([0x14, 0x1f, 0x1d]);
const DARK_INK: Colour = Colour([0x08, 0x12, 0x10]);
/// What stands out from the dark surface as much as our own colour does.
const BRIGHT: f64 = 7.0;

/// A colour, as `#0a5c55`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// The text is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoColour;

impl fmt::Display for NoColour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a colour such as #0a5c55")
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Colour {
    /// Reads `#0a5c55`.
    ///
    /// # Errors
    /// When it is written otherwise.
    pub fn parse(text: &str) -> Result<Self, NoColour> {
        let digits = text.strip_prefix('#').ok_or(NoColour)?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NoColour);
        }
        let [_, r, g, b] = u32::from_str_radix(digits, 16)
            .map_err(|_| NoColour)?
            .to_be_bytes();
        Ok(Self([r, g, b]))
    }

    /// This colour with a share (0 to 1) of another in it.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let [a, b] = [self.0, other.0];
        let mix = |(one, two): (u8, u8)| f64::from(one) * (1.0 - share) + f64::from(two) * share;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let byte = |n: usize| {
            a.get(n)
                .copied()
                .zip(b.get(n).copied())
                .map_or(0, |it| mix(it).round() as u8)
        };
        Self([byte(0), byte(1), byte(2)])
    }

    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// How far two colours stand apart, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// How readable white text is on it.
    pub fn under_white(self) -> f64 {
        self.contrast(WHITE)
    }

    /// This colour, mixed with as little of another as is needed to stand so far apart from a third.
    fn apart(self, with: Self, from: Self, contrast: f64) -> Self {
        let shares = (0..=50).map(|n| f64::from(n) / 50.0);
        let mut all = shares.map(|share| self.mixed(with, share));
        all.find(|it| it.contrast(from) >= contrast).unwrap_or(with)
    }

    /// The colour most like this one that white text is readable on.
    #[must_use]
    pub fn darkened(self) -> Self {
        self.apart(Self([0; 3]), WHITE, READABLE)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Colour {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

crate::schema::text!(Colour, "^#[0-9a-fA-F]{6}$");

/// What a screen makes of a business's colour: fills and text, a soft ground, text on the fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Fills, and text on the surface.
    pub accent: Colour,
    /// A ground below text in the accent.
    pub soft: Colour,
    /// Text on the accent.
    pub on: Colour,
}

impl Palette {
    /// On white. The colour must have passed the check of the document.
    pub fn light(accent: Colour) -> Self {
        Self::on_surface(accent, WHITE, WHITE)
    }

    /// On the dark surface: brighter, as far as it needs to be.
    pub fn dark(accent: Colour) -> Self {
        Self::on_surface(accent.apart(WHITE, DARK, BRIGHT), DARK, DARK_INK)
    }

    fn on_surface(accent: Colour, surface: Colour, on: Colour) -> Self {
        Self {
            accent,
            soft: accent.mixed(surface, 0.84).apart(surface, accent, READABLE),
            on,
        }
    }

    /// As the panel's sheet names them.
    pub fn properties(&self) -> [(&'static str, Colour); 3] {
        [
            ("--accent", self.accent),
            ("--accent-soft", self.soft),
            ("--on-accent", self.on),
        ]
    }
}

words! {
    /// A lower corner of the window.
    Corner {
        /// Where lines end: to the right, in writing from the left.
        End = "end",
        /// Where they begin.
        Start = "start",
    }
}

/// How button and panel look; what is absent is as we made it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Look {
    /// The name that shoppers see, where it is not the business's.
    pub name: Option<String>,
    /// The button's words, where the page has none of its own.
    pub label: Option<String>,
    /// The colour of the button and of the panel's own.
    pub accent: Option<Colour>,
    /// Where the button floats.
    pub corner: Option<Corner>,
    /// Pixels from the lower edge.
    pub inset_block: Option<u16>,
    /// Pixels from the side.
    pub inset_inline: Option<u16>,
}

/// The look as a page's button needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ButtonLook {
    /// One rule for the button's own sheet. What the page sets by its properties still comes first.
    pub css: String,
    /// The button's words.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub label: Option<String>,
}

impl Look {
    /// What pages are told; nothing when all of it is as we made it.
    pub fn button(&self) -> Option<ButtonLook> {
        let mut css = String::new();
        if let Some(accent) = self.accent {
            css += &format!("--a:var(--ringback-accent,{accent});");
        }
        if let Some(inset) = self.inset_block {
            css += &format!("--b:var(--ringback-inset-block,{inset}px);");
        }
        let aside = format!(
            "var(--ringback-inset-inline,{}px)",
            self.inset_inline.unwrap_or(20)
        );
        match self.corner {
            Some(Corner::Start) => css += &format!("--l:{aside};--i:auto;"),
            _ if self.inset_inline.is_some() => css += &format!("--i:{aside};"),
            _ => {}
        }
        let told = !css.is_empty() || self.label.is_some();
        told.then(|| ButtonLook {
            css: format!(":host{{{css}}}"),
            label: self.label.clone(),
        })
    }

    /// A sheet for the panel; nothing when its colour is ours.
    pub fn panel(&self) -> Option<String> {
        let rule = |palette: Palette| {
            let properties = palette
                .properties()
                .map(|(name, colour)| format!("{name}:{colour}"));
            format!(":root{{{}}}", properties.join(";"))
        };
        let accent = self.accent?;
        let (light, dark) = (rule(Palette::light(accent)), rule(Palette::dark(accent)));
        Some(format!("{light}@media(prefers-color-scheme:dark){{{dark}}}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_as_it_is_written() {
        assert_eq!(
            Colour::parse("#0a5c55").map(|it| it.to_string()).as_deref(),
            Ok("#0a5c55")
        );
        for bad in ["", "0a5c55", "#0a5c5", "#0a5c5g", "red", "#0a5c55;}", "#é5c55"] {
            assert_eq!(Colour::parse(bad), Err(NoColour), "{bad}");
        }
    }

    #[test]
    fn contrasts_are_those_of_the_guidelines() {
        let contrast = |text: &str| (Colour::parse(text).unwrap().under_white() * 100.0).round() / 100.0;
        assert_eq!(
            ["#000000", "#ffffff", "#767676", "#777777"].map(contrast),
            [21.0, 1.0, 4.54, 4.48]
        );
    }

    /// Whatever colour a business has: the one proposed is readable, and with a readable one every text of the panel is.
    #[test]
    fn every_text_stays_readable_in_every_colour() {
        let steps = || (0..=255_u8).step_by(17);
        for colour in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| Colour([r, g, b]))))
        {
            let accent = colour.darkened();
            assert!(accent.under_white() >= READABLE, "{colour}");
            assert_eq!(
                colour.under_white() >= READABLE,
                accent == colour,
                "{colour}: as little as is needed"
            );
            for (palette, surface) in [(Palette::light(accent), WHITE), (Palette::dark(accent), DARK)] {
                for (text, ground) in [
                    (palette.on, palette.accent),
                    (palette.accent, surface),
                    (palette.accent, palette.soft),
                ] {
                    assert!(text.contrast(ground) >= READABLE, "{colour}: {text} on {ground}");
                }
            }
        }
    }

    #[test]
    fn what_is_as_we_made_it_is_not_told() {
        assert_eq!((Look::default().button(), Look::default().panel()), (None, None));
        let look = Look {
            corner: Some(Corner::Start),
            accent: Colour::parse("#7a1f5c").ok(),
            ..Look::default()
        };
        assert_eq!(
            look.button().map(|it| it.css).as_deref(),
            Some(":host{--a:var(--ringback-accent,#7a1f5c);--l:var(--ringback-inset-inline,20px);--i:auto;}")
        );
        assert!(
            look.panel()
                .is_some_and(|css| css.starts_with(":root{--accent:#7a1f5c;--accent-soft:#"))
        );
    }
}
