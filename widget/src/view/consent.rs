//! The agreement, in the business's words.

use super::Panel;
use super::element::El;
use super::part::{error, error_id, invalid, is_checked};
use crate::model::{Field, Msg};
use crate::word;

pub(super) fn consent(panel: Panel) -> El {
    let field = Field::Consent;
    let check = panel
        .el("input")
        .attr("type", "checkbox")
        .id(field.id())
        .attr("name", "consent")
        .attr("required", "")
        .attr("aria-describedby", &error_id(field))
        .attr_of("aria-invalid", invalid(field))
        .checked_if(|model| model.form.consent)
        .on("change", |event| Msg::Consent(is_checked(&event)));
    let words = panel
        .el("span")
        .class("small")
        .say_of(|model| model.site.as_ref().map(|site| word::consent(&site.name)));
    panel.el("div").inside(&[
        panel.el("label").class("choice").inside(&[check, words]),
        error(panel, field),
    ])
}
